// What LocalStack's DNS server does for a container: its own names lead to it, also with a host prefix
// (`sync-127.0.0.1` of StartSyncExecution, `sqs.us-east-1.localhost`).
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const ofLocalStack = /(^|[.-])(localhost|127\.0\.0\.1|localhost\.localstack\.cloud)$/;

/** With the properties of the original: `promisify` asks for one. */
function redirected(lookup) {
  const replacement = (name, ...rest) => lookup(ofLocalStack.test(name) ? '127.0.0.1' : name, ...rest);
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(lookup));
}

dns.lookup = redirected(dns.lookup);
dns.promises.lookup = redirected(dns.promises.lookup);
syncBuiltinESMExports();
