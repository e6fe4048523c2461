export const SERVERS: { readonly mysql: readonly string[]; readonly redis: readonly string[] };
export function findExecutable(names: readonly string[], environment?: NodeJS.ProcessEnv): string | undefined;
export function findJava(environment?: NodeJS.ProcessEnv): string | undefined;
