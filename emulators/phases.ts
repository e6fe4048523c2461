// Steps that take a while, each told with its time.

export interface Phases {
  run<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** In order. */
  readonly done: readonly { readonly name: string; readonly seconds: number }[];
}

/** `say` gets one line when a step has ended. */
export function phases(say: (line: string) => void): Phases {
  const done: { name: string; seconds: number }[] = [];
  return {
    done,
    async run(name, work) {
      const began = performance.now();
      const result = await work();
      const seconds = (performance.now() - began) / 1000;
      done.push({ name, seconds });
      say(`  ${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s`);
      return result;
    },
  };
}
