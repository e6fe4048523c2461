export function withoutServices<Result>(work: () => Promise<Result>, policy?: string): Promise<Result>;
export function clearStalePolicy(policy?: string): void;
export function installDebianPackages(packages: readonly (readonly string[])[]): Promise<void>;
