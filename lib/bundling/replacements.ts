// What keeps bundles small: other files in the place of packages that are pulled in for cases that do not occur here.
import { join } from 'node:path';

const replacement = (name: string) => join(import.meta.dirname, name);
const installed = (path: string) => join(import.meta.dirname, '../../node_modules', path);

export const replacements: Readonly<Record<string, string>> = {
  // The Kafka client reads its WebAssembly from a file beside it; this variant carries it inside.
  '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled',
  // Half a megabyte of character sets that no connection of ours uses.
  'iconv-lite': replacement('cesu8-iconv.cjs'),
  // Validators and Avro, for schema registries.
  avsc: replacement('absent.cjs'),
  'ajv-draft-04': replacement('absent.cjs'),
  'ajv/dist/2020.js': replacement('unvalidated.cjs'),
  // The default chain of the AWS SDK carries a client a way to log in; a function has its credentials in its environment.
  '@aws-sdk/credential-provider-ini': replacement('no-credentials.cjs'),
  '@aws-sdk/credential-provider-process': replacement('no-credentials.cjs'),
  '@aws-sdk/credential-provider-sso': replacement('no-credentials.cjs'),
  '@aws-sdk/credential-provider-web-identity': replacement('no-credentials.cjs'),
  // Of all the providers that it could ask, the MSK signer asks that chain.
  '@aws-sdk/credential-providers': installed('@aws-sdk/credential-providers/dist-es/fromNodeProviderChain.js'),
  // The MSK signer asks STS who it is, in its debug mode.
  '@aws-sdk/client-sts': replacement('absent.cjs'),
  // The signer's own SHA-256.
  '@aws-crypto/sha256-js': replacement('native-sha256.cjs'),
  // Tracing of the Redis and Kafka clients.
  debug: replacement('silent-debug.cjs'),
  // Names of browsers.
  bowser: replacement('absent.cjs'),
};
