// No reference between stacks locks one of them (ADR 16): stages on AWS hand nothing over by export. LocalStack's stage does, which has no other way.
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import type { Stage } from '../../lib/config.ts';
import { besideEmulator, synthesized } from './stage.ts';

/** `stack: name of what it exports or imports` */
const locked = (templates: Readonly<Record<string, Template>>): string[] =>
  Object.entries(templates).flatMap(([stack, template]) => {
    const { Outputs = {}, Resources } = template.toJSON() as {
      Outputs?: Record<string, { Export?: { Name: unknown } }>;
      Resources: object;
    };
    const exports = Object.values(Outputs).flatMap(({ Export }) => (Export ? [JSON.stringify(Export.Name)] : []));
    const imports = [...JSON.stringify({ Outputs, Resources }).matchAll(/\{"Fn::ImportValue":(.*?)\}/g)].map(([, name]) => name);
    return [...exports, ...imports].map((name) => `${stack}: ${name}`);
  });

test.each<Stage>(['dev', 'prod', 'minimal'])('in the stage %s nothing is exported, and nothing imported', (stage) => {
  expect(locked(synthesized(stage))).toEqual([]);
});

test("exports and imports would be found, as LocalStack's are", () => {
  expect(locked(synthesized('localstack'))).toContainEqual(expect.stringMatching(/^systems: "stackyard-localstack-/));
  expect(locked(besideEmulator('localstack'))).toContainEqual(expect.stringMatching(/^sidecar: "stackyard-localstack-/));
});
