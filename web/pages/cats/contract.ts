// What `/api/v1/` answers, as far as this page uses it.

export interface BreedName {
  readonly id: string;
  readonly name: string;
}

export interface Image {
  readonly id: string;
  readonly url: string;
}

export interface Breed extends BreedName {
  readonly description: string;
  readonly origin: string;
  /** `A, B`. */
  readonly temperament: string;
  readonly images: readonly Image[];
}

export interface CategoryName {
  readonly id: number;
  readonly name: string;
}

/** What the upstream has several of, in the order in which a run fetches it. */
export const jobs = {
  breeds: 'Breeds',
  breedImages: 'Pictures of breeds',
  categories: 'Categories',
  categoryImages: 'Pictures of categories',
};
export const figures = ['fetched', 'added', 'changed', 'removed', 'refused'] as const;
export type JobCounts = Readonly<Record<(typeof figures)[number], number>>;
export type Counts = Readonly<Record<keyof typeof jobs, JobCounts>>;

export type Upstream = 'thecatapi' | 'configured' | 'stub';

export interface Run {
  readonly id: number;
  readonly cause: 'schedule' | 'request';
  readonly state: 'requested' | 'running' | 'succeeded' | 'failed';
  readonly upstream: Upstream | null;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly counts: Counts | null;
  readonly error: string | null;
}

export interface SyncStatus {
  readonly enabled: boolean;
  readonly running: boolean;
  readonly lastRun: Run | null;
  readonly nextRun: string | null;
  readonly everySeconds: number;
  /** Where the breeds that are served came from; null before the first good run. */
  readonly upstream: Upstream | null;
}

export type Command = 'start' | 'stop' | 'run';
