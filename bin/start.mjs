// npm start: prepares the machine, then runs the embedded host. Must itself run on an old Node with nothing installed.
import { fileURLToPath } from 'node:url';
import { execute } from './prepare/execute.mjs';
import { prepare } from './prepare/prepare.mjs';
import { tuning } from './prepare/tuning.mjs';

const HELP = `Runs Stackyard on this machine: npm start -- [options]

  --port N                     port of the one address for everything (8000)
  --data DIR                   folder of what must outlive a restart (.stackyard/data)
  --fresh                      forget all data first
  --no-kafka                   do without Kafka: pictures go by SQS
  --watch                      rebuild functions on change
  --verbose                    one line a request
  --events-per-environment N   1 as on classic Lambda, more as on Lambda Managed Instances
  --otlp URL                   send traces to this OTLP/HTTP collector, e.g. http://127.0.0.1:4318
  --help                       this text

A running server is used instead of an own one by MYSQL_URL, REDIS_URL, KAFKA_BROKERS.
OTEL_EXPORTER_OTLP_ENDPOINT does what --otlp does; further OTEL_* variables go to the functions with it.
CAT_API_URL and CAT_API_KEY say where the cats come from; they are remembered until they are given anew, or empty.
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

if (args.includes('--help') || args.includes('-h')) process.stdout.write(HELP);
else {
  try {
    const { node, flags } = await prepareForStart();
    execute(node, fileURLToPath(new URL('../local/main.ts', import.meta.url)), [...args, ...flags], {
      cwd: root,
      environment: tuning(root),
    });
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Where everything but Kafka can be had, the application runs without it, and says so. */
async function prepareForStart() {
  const kafka = !args.includes('--no-kafka');
  try {
    return { node: await prepare({ root, kafka, tests: false }), flags: [] };
  } catch (withKafka) {
    if (!kafka) throw withKafka;
    const node = await prepare({ root, kafka: false, tests: false }).catch(() => {
      throw withKafka;
    });
    process.stderr.write(`\nKafka cannot be had here, so pictures go by SQS. ${withKafka.message}\n\n`);
    return { node, flags: ['--no-kafka'] };
  }
}
