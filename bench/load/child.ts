// The bare programs: each in a process of its own, as wrk is, that prints its figures as JSON.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export async function figuresOf<Figures>(program: string, args: readonly (string | number)[]): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args.map(String)]);
  return JSON.parse(stdout) as Figures;
}
