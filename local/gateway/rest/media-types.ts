// Which bodies are binary for an API (R11).

/** Whether a `Content-Type`, or the first type of an `Accept`, is one of the API's binary media types. */
export function isBinary(value: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.length === 0) return false;
  if (binaryMediaTypes.includes('*/*')) return true;
  const type = value?.split(/[,;]/, 1)[0]?.trim().toLowerCase();
  return type !== undefined && binaryMediaTypes.includes(type);
}
