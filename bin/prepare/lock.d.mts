export function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  options?: { readonly say?: (text: string) => void },
): Promise<Result>;
