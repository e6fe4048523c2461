/** A variable that the CDK app sets. Fails at init, with the name, rather than at the first request. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`Environment variable ${name} is not set`);
  return value;
}
