// A template without what changes from one machine or version to the next, so that a snapshot shows only what a person has changed.
import type { Stage } from '../../lib/config.ts';

const replacements: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{64}(?=\.zip|\.json)/g, '<asset>'],
  [/(ApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1'],
  // Of the code that a version is of.
  [/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1'],
  // Of styles that pages carry within.
  [/'sha256-[^']+'/g, "'sha256-<hash>'"],
  // The fingerprint of the migrations.
  [/"Version":"[0-9a-f]{64}"/g, '"Version":"<fingerprint>"'],
  [/sharp \d+\.\d+\.\d+ (?=for linux-)/g, 'sharp '],
];

/** The stage local has the processor of this machine. */
const ofThisMachine: typeof replacements = [
  [/"(arm64|x86_64)"/g, '"<architecture>"'],
  [/(sharp for linux-)(arm64|x64)/g, '$1<architecture>'],
];

/** Deep copy; edge functions lose their code, which lists the console's files. */
export function normalised(template: Record<string, unknown>, stage: Stage): unknown {
  // What CDK adds to every template alike.
  const { Parameters: _, Rules: __, ...own } = template;
  const text = JSON.stringify(own, (name, value: unknown) => (name === 'FunctionCode' ? '<code>' : value));
  const all = stage === 'local' ? [...replacements, ...ofThisMachine] : replacements;
  return JSON.parse(all.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text));
}
