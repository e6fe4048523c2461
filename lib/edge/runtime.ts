// The language of CloudFront Functions, cloudfront-js-2.0: ES 5.1 and a few later things. It refuses the rest when the function runs, not when it is
// deployed: every page would be an error.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
import { transformSync } from 'esbuild';

const MAX_BYTES = 10 * 1024;

const beyondES5 = {
  arrow: true,
  'async-await': true,
  'const-and-let': true,
  'exponent-operator': true,
  'rest-argument': true,
  'template-literal': true,
};

/** Code as the runtime takes it; throws where that cannot be said in its language, or is too long. */
export function runnable(code: string): string {
  const { code: written } = transformSync(code, { target: 'es5', supported: { ...beyondES5, 'array-spread': false }, logLevel: 'silent' });
  const bytes = Buffer.byteLength(written);
  if (bytes > MAX_BYTES) throw new Error(`A CloudFront function may have ${MAX_BYTES} bytes; this one has ${bytes}`);
  return written;
}
