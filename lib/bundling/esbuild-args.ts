// What keeps bundles small: packages that are pulled in for cases that do not occur here.
import { join } from 'node:path';

const replacement = (name: string) => join(import.meta.dirname, name);
const installed = (path: string) => join(import.meta.dirname, '../../node_modules', path);

export const esbuildArgs: Readonly<Record<string, string>> = {
  // The Kafka client reads its WebAssembly from a file beside it; this variant carries it inside.
  '--alias:@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled',
  // Half a megabyte of character sets that no connection of ours uses.
  '--alias:iconv-lite': replacement('cesu8-iconv.cjs'),
  // Validators and Avro, for schema registries.
  '--alias:avsc': replacement('absent.cjs'),
  '--alias:ajv-draft-04': replacement('absent.cjs'),
  '--alias:ajv/dist/2020.js': replacement('unvalidated.cjs'),
  // The default chain of the AWS SDK carries a client a way to log in; a function has its credentials in its environment.
  '--alias:@aws-sdk/credential-provider-ini': replacement('no-credentials.cjs'),
  '--alias:@aws-sdk/credential-provider-process': replacement('no-credentials.cjs'),
  '--alias:@aws-sdk/credential-provider-sso': replacement('no-credentials.cjs'),
  '--alias:@aws-sdk/credential-provider-web-identity': replacement('no-credentials.cjs'),
  // Of all the providers that it could ask, the MSK signer asks that chain.
  '--alias:@aws-sdk/credential-providers': installed('@aws-sdk/credential-providers/dist-es/fromNodeProviderChain.js'),
  // The MSK signer asks STS who it is, in its debug mode.
  '--alias:@aws-sdk/client-sts': replacement('absent.cjs'),
  // Tracing of the Redis and Kafka clients.
  '--alias:debug': replacement('silent-debug.cjs'),
  // Names of browsers.
  '--alias:bowser': replacement('absent.cjs'),
};
