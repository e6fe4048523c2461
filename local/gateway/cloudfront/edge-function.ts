// CloudFront Functions (cloudfront-js-2.0): their code in a context of its own, JSON in and JSON out.
import { createContext, Script } from 'node:vm';
import type { Log } from '../../log.ts';
import type { FunctionEvent, FunctionResult } from './function-event.ts';

/** Milliseconds; CloudFront allows about one of pure compute, a busy machine pauses for longer than that. */
const TIME_LIMIT = 1000;
/** What the runtime offers by import is not hosted. */
const IMPORT = /^\s*(?:import\s|(?:const|let|var)\s[^=]*=\s*require\()/m;

export interface EdgeFunction {
  /** Throws what the function throws, or that it ran out of time. */
  run(event: FunctionEvent): FunctionResult;
}

/** One sentence where the code needs what is not hosted. */
export const refusedCode = (code: string): string[] =>
  IMPORT.test(code) ? ['imports of CloudFront Functions (key value stores, crypto, querystring): write the function without them.'] : [];

/** Throws where the code cannot be parsed or defines no `handler`. */
export function edgeFunction(name: string, code: string, log: Log): EdgeFunction {
  // After evaluation the context's own microtasks run within the time limit, so an async handler has settled when `runInContext` returns.
  const context = createContext(Object.create(null), {
    name,
    microtaskMode: 'afterEvaluate',
    codeGeneration: { strings: false, wasm: false },
  });
  new Script(`'use strict';${PRELUDE}`).runInContext(context, { timeout: TIME_LIMIT });
  new Script(code, { filename: `${name}.js` }).runInContext(context, { timeout: TIME_LIMIT });
  if (new Script('typeof handler').runInContext(context) !== 'function')
    throw new Error(`the CloudFront function ${name} defines no function named handler`);
  const invoke = new Script('stackyard.invoke(handler)');
  const outcome = new Script('stackyard.outcome()');
  return {
    run(event) {
      context.event = JSON.stringify(event);
      invoke.runInContext(context, { timeout: TIME_LIMIT });
      const { lines, error, result } = JSON.parse(outcome.runInContext(context)) as Outcome;
      for (const line of lines) log('info', name, line);
      if (error !== undefined) throw new Error(`the CloudFront function ${name} failed: ${error}`);
      if (result === undefined) throw new Error(`the CloudFront function ${name} gave nothing back: return the request or a response`);
      return result;
    },
  };
}

interface Outcome {
  readonly lines: readonly string[];
  readonly error?: string;
  readonly result?: FunctionResult;
}

const PRELUDE = `
var stackyard = (function () {
  var state = {};
  return {
    log: function () { state.lines.push(Array.prototype.map.call(arguments, function (a) { return typeof a === 'string' ? a : JSON.stringify(a); }).join(' ')); },
    invoke: function (handler) {
      state = { lines: [], error: 'it did not settle' };
      new Promise(function (resolve) { resolve(handler(JSON.parse(event))); }).then(
        function (result) { state = { lines: state.lines, result: result }; },
        function (error) { state.error = String(error && error.stack || error); }
      );
    },
    outcome: function () { return JSON.stringify(state); }
  };
})();
var console = { log: stackyard.log, error: stackyard.log };`;
