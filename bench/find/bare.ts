// The limit: the one statement of a find through the application's own repository and mysql2, and nothing around it.
// Arguments: data folder, number of items, seconds. Prints its figures as JSON, in the form of wrk's script.
import { randomInt } from 'node:crypto';
import { stockRepository } from '../../functions/stock/repository.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { schema } from '../load/schema.ts';

const [dataDir = '', items = '', seconds = ''] = process.argv.slice(2);

const stock = schema(dataDir, 'stock');
const repository = stockRepository(stock);

async function find(): Promise<void> {
  const id = String(randomInt(Number(items)));
  if (!(await repository.find(id))) throw new Error(`there is no item ${id}`);
}

const load = await closedLoop(Number(seconds), find);
await stock.end();
process.stdout.write(JSON.stringify(load));
