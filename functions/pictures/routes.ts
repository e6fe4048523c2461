import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';
import { wholeNumber } from '../shared/http/whole-number.ts';
import { Base64Picture } from './picture.ts';

/** 5.5 MiB: with the event around it, the most that fits into a Lambda invocation's 6 MB. */
const BODY_LIMIT = 5.5 * 1024 * 1024;

const MISSING = 'Missing data for required field.';
const OUT_OF_RANGE = 'Value must be greater than 0 and less than 2000 px';

const required = (issue: { input: unknown }, message: string) => (issue.input === undefined ? MISSING : message);

/** An integer or its text, 2 to 1999. */
const Pixels = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ],
    { error: (issue) => required(issue, OUT_OF_RANGE) },
  )
  .refine((value) => Number.isInteger(value) && value >= 2 && value <= 1999, { error: OUT_OF_RANGE });

export const Fit = z.enum(['fill', 'cover', 'contain', 'inside', 'outside'], {
  error: 'Must be one of: fill, cover, contain, inside, outside.',
});
export const Format = z.enum(['png', 'jpeg', 'webp', 'avif'], { error: 'Must be one of: png, jpeg, webp, avif.' });

/** Fields in the order in which their errors are told. */
export const ResizeRequest = z.object(
  {
    image: z.string({ error: (issue) => required(issue, 'Not a valid picture.') }).pipe(Base64Picture),
    width: Pixels,
    height: Pixels,
    fit: Fit.default('fill'),
    format: Format.default('png'),
  },
  { error: 'Invalid input type.' },
);

const Id = z.object({ id: z.string().min(1).max(64) });
const Empty = z.object({});
const Job = z.object({
  identifier: z.string(),
  state: z.string(),
  error: z.string().nullable(),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
const Waiting = z.object({ status: z.enum(['not found', 'queued', 'processing']) });
const Failed = z.object({ status: z.literal('failed'), error: z.string() });

/** Known states of a picture that is not done, for both ways to ask for it. */
const notDone = {
  202: { description: 'Unknown, or not done yet', body: Waiting },
  422: { description: 'The picture cannot be resized', body: Failed },
};

export const picturesRoutes = {
  resize: {
    method: 'POST',
    path: '/api',
    summary: 'Queue a picture for resizing',
    request: { body: ResizeRequest },
    bodyLimit: BODY_LIMIT,
    idempotent: true,
    answers: {
      201: {
        description: 'Accepted: the job will be done',
        body: Empty,
        headers: { location: '/api/{id}', identifier: '40 hex characters' },
      },
      400: {
        description: 'Invalid',
        body: z.union([Empty, z.object({ message: z.string() })]),
        headers: { status: 'The errors by field, as Python-style dict text' },
      },
    },
  },
  find: {
    method: 'GET',
    path: '/api/{id}',
    summary: 'State of a picture, and the result once it is done',
    request: { path: Id },
    answers: {
      200: { description: 'Done', body: z.object({ height: z.int(), identifier: z.string(), image: z.string(), width: z.int() }) },
      303: { description: 'Done, but too large for JSON', body: Empty, headers: { location: '/api/{id}/image' } },
      ...notDone,
    },
  },
  image: {
    method: 'GET',
    path: '/api/{id}/image',
    summary: 'The result itself',
    request: { path: Id },
    answers: {
      200: { description: 'The picture', body: z.string(), contentType: 'image/*' },
      302: {
        description: 'The picture is too large to pass through a function',
        body: Empty,
        headers: { location: '/results/{id}, which the edge serves' },
      },
      ...notDone,
    },
  },
  jobs: {
    method: 'GET',
    path: '/api/jobs',
    summary: 'Jobs in a state, the latest first',
    request: {
      query: z.object({
        state: z.enum(['queued', 'processing', 'done', 'failed']).default('failed'),
        limit: wholeNumber(1, 1000).default(100),
      }),
    },
    key: true,
    answers: { 200: { description: 'Jobs', body: z.array(Job) } },
  },
  replay: {
    method: 'POST',
    path: '/api/jobs/{id}/replay',
    summary: 'Queue a failed job again',
    request: { path: Id },
    key: true,
    idempotent: true,
    answers: {
      200: { description: 'Queued again', body: z.object({ status: z.literal('queued') }) },
      404: { description: 'No such job', body: z.object({ message: z.string() }) },
      409: {
        description: 'The job has not failed, or the first request with this Idempotency-Key is still running',
        body: z.object({ message: z.string() }),
      },
    },
  },
} as const satisfies RouteTable;
