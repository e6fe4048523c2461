import * as z from 'zod';
import type { AnswerShape, RouteTable } from '../shared/http/route.ts';
import { wholeNumber } from '../shared/http/whole-number.ts';

const Message = z.object({ message: z.string() });
const notFound: AnswerShape = { description: '`{"message":"not found"}`', body: Message };
const badRequest: AnswerShape = { description: '`{"message":"bad request"}`: no such query parameter, or not that value', body: Message };

export const Image = z.object({ id: z.string(), url: z.url() });
export type Image = z.infer<typeof Image>;

export const Breed = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  origin: z.string(),
  /** `A, B`. */
  temperament: z.string(),
  images: z.array(Image),
});
export type Breed = z.infer<typeof Breed>;

export const BreedName = Breed.pick({ id: true, name: true });
export type BreedName = z.infer<typeof BreedName>;

export const CategoryName = z.object({ id: z.int(), name: z.string() });
export type CategoryName = z.infer<typeof CategoryName>;
export const Category = CategoryName.extend({ images: z.array(Image) });
export type Category = z.infer<typeof Category>;

/** What the upstream has several of, and what a run counts. */
export const jobs = ['breeds', 'breedImages', 'categories', 'categoryImages'] as const;
export type Job = (typeof jobs)[number];

/** Of one job's rows. */
const JobCounts = z.object({
  fetched: z.int().min(0),
  /** Broken rows: each was left out, and what is known of it stays as it was. */
  refused: z.int().min(0),
  added: z.int().min(0),
  changed: z.int().min(0),
  removed: z.int().min(0),
});
export const Counts = z.object({ breeds: JobCounts, breedImages: JobCounts, categories: JobCounts, categoryImages: JobCounts });
export type Counts = z.infer<typeof Counts>;

/** Which upstream: thecatapi.com, one that was configured, or the stub. */
export const UpstreamKind = z.enum(['thecatapi', 'configured', 'stub']);
export type UpstreamKind = z.infer<typeof UpstreamKind>;

export const Run = z.object({
  id: z.int(),
  cause: z.enum(['schedule', 'request']),
  state: z.enum(['requested', 'running', 'succeeded', 'failed']),
  upstream: UpstreamKind.nullable(),
  requestedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Null until the run knows them. */
  counts: Counts.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
});
export type Run = z.infer<typeof Run>;

export const SyncStatus = z.object({
  /** Whether the schedule fires. */
  enabled: z.boolean(),
  running: z.boolean(),
  /** The latest run, finished or not. */
  lastRun: Run.nullable(),
  /** Null while the schedule is stopped. */
  nextRun: z.iso.datetime().nullable(),
  everySeconds: z.int().min(60),
  /** Where the published data came from; null before the first good run. */
  upstream: UpstreamKind.nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

/** Page of a list: how many, and which one, counted from 0. */
const paging = (most: number, usual: number) => ({
  limit: wholeNumber(1, most).default(usual),
  page: wholeNumber(0, 1_000_000).default(0),
});

const MOST_IMAGES = 100;
const MOST_RUNS = 100;

export const catsRoutes = {
  breeds: {
    method: 'GET',
    path: '/api/v1/breeds',
    summary: 'All breeds by name, or those of a temperament or an origin',
    request: {
      query: z.strictObject({ temperament: z.string().optional(), origin: z.string().optional(), err: z.string().optional() }),
    },
    answers: {
      200: { description: 'At least one. `temperament` and `origin` are exact; `temperament` wins', body: z.array(BreedName) },
      400: badRequest,
      404: notFound,
      500: {
        description: '`{"message":"error request: X"}` for `err=X`; `error while processing request` where something failed',
        body: Message,
      },
    },
  },
  breed: {
    method: 'GET',
    path: '/api/v1/breeds/{id}',
    summary: 'One breed with its pictures',
    request: { path: z.object({ id: z.string() }) },
    answers: { 200: { description: 'Found', body: Breed }, 404: notFound },
  },
  categories: {
    method: 'GET',
    path: '/api/v1/categories',
    summary: 'All categories by name',
    request: { query: z.strictObject({}) },
    answers: { 200: { description: 'At least one', body: z.array(CategoryName) }, 400: badRequest, 404: notFound },
  },
  category: {
    method: 'GET',
    path: '/api/v1/categories/{id}',
    summary: 'One category with its pictures',
    request: { path: z.object({ id: z.string() }) },
    answers: { 200: { description: 'Found', body: Category }, 404: notFound },
  },
  images: {
    method: 'GET',
    path: '/api/v1/images',
    summary: 'Pictures, page by page: all, those of a breed, of a category, or of both',
    request: { query: z.strictObject({ breed: z.string().optional(), category: z.string().optional(), ...paging(MOST_IMAGES, 20) }) },
    answers: {
      200: {
        description: 'A page, empty after the last one',
        body: z.array(Image),
        headers: {
          'pagination-count': 'Of all pages',
          'pagination-page': 'From 0',
          'pagination-limit': 'Of a page',
          Link: 'rel="next", where there is one',
        },
      },
      400: badRequest,
      404: { description: 'No such breed or category', body: Message },
    },
  },
  sync: {
    method: 'GET',
    path: '/api/v1/sync',
    summary: 'Whether the synchroniser is on, what it did last and when it runs next',
    request: {},
    answers: { 200: { description: 'Now', body: SyncStatus } },
  },
  runs: {
    method: 'GET',
    path: '/api/v1/sync/runs',
    summary: 'Runs of the synchroniser, latest first',
    request: {
      query: z.strictObject({
        limit: wholeNumber(1, MOST_RUNS).default(20),
        /** Only runs before this id. */
        before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
      }),
    },
    answers: { 200: { description: 'A page', body: z.array(Run), headers: { Link: 'rel="next", where there is one' } }, 400: badRequest },
  },
  start: {
    method: 'POST',
    path: '/api/v1/sync/start',
    summary: 'Lets the schedule fire',
    request: {},
    key: true,
    idempotent: true,
    answers: { 200: { description: 'It fires', body: z.object({ enabled: z.literal(true) }) } },
  },
  stop: {
    method: 'POST',
    path: '/api/v1/sync/stop',
    summary: 'Stops the schedule; a run that has begun goes on to its end',
    request: {},
    key: true,
    idempotent: true,
    answers: { 200: { description: 'It does not fire any more', body: z.object({ enabled: z.literal(false) }) } },
  },
  run: {
    method: 'POST',
    path: '/api/v1/sync/run',
    summary: 'Synchronises now, once, whether the schedule is on or not',
    request: {},
    key: true,
    idempotent: true,
    answers: {
      202: { description: 'Begun: `run` is its id in the list of runs', body: z.object({ run: z.int() }) },
      409: { description: 'A run is going on already, or the first request with this Idempotency-Key is', body: Message },
    },
  },
} as const satisfies RouteTable;
