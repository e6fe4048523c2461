// A template without what changes from one machine or version to the next, so that a snapshot shows only what a person has changed.

const replacements: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{64}(?=\.zip|\.json)/g, '<asset>'],
  [/(ApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1'],
  // Of the code that a version is of.
  [/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1'],
  // Of styles that pages carry within.
  [/'sha256-[^']+'/g, "'sha256-<hash>'"],
  // The fingerprint of the migrations.
  [/"Version":"[0-9a-f]{64}"/g, '"Version":"<fingerprint>"'],
  [/sharp \d+\.\d+\.\d+ for linux-(arm64|x64)/g, 'sharp'],
  // The stage local has this machine's.
  [/"(arm64|x86_64)"/g, '"<architecture>"'],
];

/** Deep copy; edge functions lose their code, which lists the console's files. */
export function normalised(template: Record<string, unknown>): unknown {
  // What CDK adds to every template alike.
  const { Parameters: _, Rules: __, ...own } = template;
  const text = JSON.stringify(own, (name, value: unknown) => (name === 'FunctionCode' ? '<code>' : value));
  return JSON.parse(replacements.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text));
}
