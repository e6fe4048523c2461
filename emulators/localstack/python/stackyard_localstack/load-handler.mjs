// Finds the handler that a function names, in the order and with the error types of Lambda's Node.js 24 runtime.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errors.mjs';

const OUTSIDE = 'is not a valid handler name. Use absolute paths when specifying root directories in handler names.';
const CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** `name` is `folder/file.export` or `file.outer.inner`. */
export async function loadHandler(root, name) {
  if (name.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', `'${name}' ${OUTSIDE}`);
  const last = path.basename(name);
  const [, file, exported] = /^([^.]*)\.(.*)$/.exec(last) ?? [];
  if (!exported) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await loadModule(root, name.slice(0, -last.length), file);
  const found = property(module, exported) ?? property(module.default, exported);
  if (!found) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (found.length >= 3) throw new RuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACKS);
  return found;
}

async function loadModule(root, folder, file) {
  const base = path.resolve(root, folder, file);
  const found = ['', '.js', '.mjs', '.cjs'].map((extension) => base + extension).find((candidate) => existsSync(candidate));
  try {
    if (found) return await import(pathToFileURL(found).href);
    const require = createRequire(path.join(root, 'index.js'));
    return require(require.resolve(file, { paths: [root, path.join(root, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error.stack);
    if (error?.code === 'MODULE_NOT_FOUND') throw new RuntimeError('Runtime.ImportModuleError', String(error), error.stack);
    throw error;
  }
}

const property = (value, names) => names.split('.').reduce((inner, name) => inner?.[name], value);
