// Outputs by which one stack reads another: `Fn::GetStackOutput`.
import type { Stack } from './manifest.ts';

/** Throws, in the name of the stack that reads it, where there is none. */
export function outputOf(stacks: readonly Stack[], stackName: string, outputName: string, reader: Stack): { of: Stack; value: unknown } {
  const of = stacks.find(({ name }) => name === stackName);
  const output = of?.template.Outputs?.[outputName];
  if (!of || !output) throw new Error(`${reader.name} reads the output ${outputName} of ${stackName}, which does not exist`);
  return { of, value: output.Value };
}
