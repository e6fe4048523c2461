// What this host uses of dynalite, which has no types of its own.
declare module 'dynalite/db/index.js' {
  // biome-ignore lint/suspicious/noExplicitAny: JSON, of tables and of what this host puts beside them
  type Stored = any;
  export interface Store {
    /** One database of all tables, its keys prefixed by `table~`, `item-{table}~`, `index-…`. */
    readonly db: {
      put(key: string, value: Stored): Promise<void>;
      get(key: string): Promise<Stored>;
      iterator(range: { gte: string; lt: string }): AsyncIterable<[string, Stored]>;
      close(): Promise<void>;
    };
    /** Where ARNs come from. */
    readonly tableDb: { awsAccountId: string; awsRegion: string };
  }
  const db: { create(options: { path: string; createTableMs: number }): Store };
  export default db;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  type Types = Readonly<Record<string, unknown>>;
  const validations: {
    checkTypes(input: object, types: Types): object;
    checkValidations(input: object, types: Types, custom: unknown, store: Store): void;
  };
  export default validations;
}
