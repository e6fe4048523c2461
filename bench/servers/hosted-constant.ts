// The host with one function that answers a constant, as a process of its own. Argument: events per environment.
import { functionOf, hostTemplate, restApi } from '../template.ts';
import { BODY } from './constant.ts';
import { serveUntilAbandoned } from './serve.ts';

const source = `const answer = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(BODY)} };
export const handler = async () => answer;`;

const { url, stop } = await hostTemplate(
  { Constant: functionOf(source), ...restApi('Constant') },
  { eventsPerEnvironment: Number(process.argv[2]), warm: true },
);
serveUntilAbandoned(`${url}/live/`, stop);
