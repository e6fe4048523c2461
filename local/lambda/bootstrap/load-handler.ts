// Finds the handler that a function names, in the order and with the error types of Lambda's Node.js 24 runtime (L6).
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InvocationContext } from './context.ts';
import { RuntimeError } from './error-document.ts';

export type Handler = (event: unknown, context: InvocationContext) => unknown;

/** `undefined` stands for no extension. `.js` is CommonJS or ESM by the nearest package.json. */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];

const CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** `handler` is `folder/file.export` or `file.outer.inner`. */
export async function loadHandler(codeDir: string, handler: string): Promise<Handler> {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const name = basename(handler);
  const [, file, exported] = /^([^.]*)\.(.*)$/.exec(name) ?? [];
  if (file === undefined || exported === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');

  const loaded = await loadModule(codeDir, handler.slice(0, handler.length - name.length), file);
  const found = property(loaded, exported) ?? property((loaded as { default?: unknown }).default, exported);
  if (!found) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  if (found.length >= 3) throw new RuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACKS);
  return found as Handler;
}

async function loadModule(codeDir: string, folder: string, file: string): Promise<unknown> {
  const path = resolve(codeDir, folder, file);
  try {
    const found = EXTENSIONS.map((extension) => path + extension).find((candidate) => existsSync(candidate));
    if (found !== undefined) return await import(pathToFileURL(found).href);
    const require = createRequire(join(codeDir, 'index.js'));
    return require(require.resolve(file, { paths: [codeDir, join(codeDir, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error.stack);
    // Only CommonJS's code: a package that an ES module misses is reported as a plain Error, on AWS too.
    if ((error as NodeJS.ErrnoException | null)?.code === 'MODULE_NOT_FOUND')
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    throw error;
  }
}

const property = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce(
      (inner: unknown, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
      value,
    );
