// Templates as documents read them.

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON; each document knows its own part of it
  readonly Properties?: any;
}

/** By the stack's name. */
export type Templates = Readonly<Record<string, { readonly Resources?: Readonly<Record<string, Resource>> }>>;

export interface Found {
  readonly stack: string;
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly properties: any;
}

export const resourcesOf = (templates: Templates, type: string): Found[] =>
  Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => ({ stack, id, properties: Properties ?? {} })),
  );

/** Logical id that a `Ref`, a `Fn::GetAtt` or a text around one points to. */
export function target(value: unknown): string | undefined {
  const found = /"(?:Ref|Fn::GetAtt)":\s*(?:\[\s*)?"([A-Za-z0-9]+)"/.exec(JSON.stringify(value ?? null));
  return found?.[1];
}

/** Without the fingerprint that CDK puts behind a logical id. */
export const readable = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`),
];
