// A host with nothing but its backends, to be killed from outside: `node backends-host.ts <dataDir> <toolsDir>` prints their pids as JSON.
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';

const [dataDir = '', toolsDir = ''] = process.argv.slice(2);
const host = backends({ dataDir, toolsDir, kafka: true, log: createLog('error') });
const [mysql, redis, kafka] = await Promise.all([host.mysql(), host.redis(), host.kafka()]);
const servers = { mysql: { ...mysql, pid: mysql.pid }, redis: { ...redis, pid: redis.pid }, kafka: { ...kafka, pid: kafka.pid } };
process.stdout.write(`${JSON.stringify(servers)}\n`);
setInterval(() => {}, 60_000);
