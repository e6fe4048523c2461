/** What is wrong with what was typed; undefined where it is JSON. What kind of JSON a message may be, the server says. */
export function jsonError(text: string): string | undefined {
  if (text.trim() === '') return 'Write a JSON object or array that is not empty.';
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`;
  }
}
