// An upstream that tells another version of its data to each run, and every row says which: half of a run would show.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledCatalogue } from '../../../functions/cats/upstream-stub/catalogue.ts';
import { createUpstream } from '../../support/upstream/upstream.ts';

/** Of names, descriptions and the addresses of pictures. */
const MARK = /\bv(\d+)\b/g;

/** The versions that a text shows. */
export const versionsIn = (text: string): ReadonlySet<number> => new Set(Array.from(text.matchAll(MARK), ([, digits]) => Number(digits)));

export async function versionedUpstream() {
  const upstream = createUpstream();
  let version = 0;
  let asked = 0;
  let holdAt = Number.POSITIVE_INFINITY;
  let held: (() => void) | undefined;

  function nextVersion(): void {
    version += 1;
    asked = 0;
    const mark = `v${version}`;
    upstream.change('breeds', () =>
      bundledCatalogue.breeds.map((row) => ({ ...row, name: `${row.name} ${mark}`, description: `${mark} of it` })),
    );
    // Pictures are asked for by these two names.
    upstream.change('categories', () =>
      bundledCatalogue.categories.map((row) => (/^(hats|sunglasses)$/.test(row.name) ? row : { ...row, name: `${row.name} ${mark}` })),
    );
  }

  function listener(request: IncomingMessage, response: ServerResponse): void {
    // Only a test sends a key: it may ask what a run was told.
    const isRun = request.headers['x-api-key'] === undefined;
    if (isRun && request.url?.startsWith('/v1/breeds')) nextVersion();
    if (isRun) asked += 1;
    // Pictures have their addresses at the host that was asked.
    request.headers.host = `v${version}.cats.example`;
    const answer = () => upstream.listener(request, response);
    if (isRun && asked === holdAt) {
      holdAt = Number.POSITIVE_INFINITY;
      held = answer;
    } else answer();
  }

  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Told to the run that began last. */
    get version(): number {
      return version;
    },
    /** Requests of that run so far. */
    get asked(): number {
      return asked;
    },
    /** The next request of this number in a run waits. */
    hold(number: number): void {
      holdAt = number;
    },
    get holds(): boolean {
      return held !== undefined;
    },
    /** Of a run that meets no fault: breeds, the pictures of each, categories, the pictures of two. */
    requestsOfARun: bundledCatalogue.breeds.length + 4,
    /** Answers what waits, if anybody listens still. */
    release(): void {
      holdAt = Number.POSITIVE_INFINITY;
      held?.();
      held = undefined;
    },
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export type VersionedUpstream = Awaited<ReturnType<typeof versionedUpstream>>;
