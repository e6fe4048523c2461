// The host with one function that answers a constant body of so many bytes, as a process of its own. Argument: the number.
import { functionOf, hostTemplate, restApi } from '../template.ts';
import { serveUntilAbandoned } from './serve.ts';

const source = `const body = JSON.stringify('x'.repeat(${Number(process.argv[2])} - 2));
export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body });`;

const { url, stop } = await hostTemplate(
  { Constant: functionOf(source), ...restApi('Constant') },
  { eventsPerEnvironment: 16, warm: true },
);
serveUntilAbandoned(`${url}/live/`, stop);
