// thecatapi.com v1 as far as it is read here: what is asked in, the answer out.
import { bundledCatalogue, type Catalogue } from './catalogue.ts';
import { page, paginationHeaders, wholeNumber } from './listing.ts';
import { drawn } from './picture/drawing.ts';
import { imageRow, search } from './search.ts';

export interface Question {
  readonly method: string;
  readonly path: string;
  /** As in the address, without its question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Where the stub was asked, without a trailing slash: pictures have their addresses there. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PICTURE = /^\/images\/([^/]+)\.svg$/;
const API = /^\/v1\/(breeds|categories|images)(?:\/([^/]+))?$/;

/** @param random from 0 up to 1, for pictures in random order */
export function answer(question: Question, catalogue: Catalogue = bundledCatalogue, random: () => number = Math.random): Answer {
  const { method, path, origin } = question;
  if (method !== 'GET' && method !== 'HEAD') return unknown(method, path);
  const drawing = PICTURE.exec(path)?.[1];
  if (drawing !== undefined) return picture(drawing, catalogue);

  const query = new URLSearchParams(question.query);
  const [, kind, id] = API.exec(path) ?? [];
  if (kind === 'breeds') return id === undefined ? listed(withImages(catalogue, origin), query) : breed(id, catalogue);
  if (kind === 'categories' && id === undefined) return listed(catalogue.categories, query);
  if (kind === 'images' && id === 'search') {
    const authenticated = Boolean(question.headers['x-api-key'] ?? query.get('api_key'));
    const { rows, headers } = search(catalogue, { query, authenticated, origin, random });
    return json(rows, headers);
  }
  return kind === 'images' && id !== undefined ? image(id, catalogue, origin) : unknown(method, path);
}

/** `/v1/breeds` has each breed's picture in its row; other places have only its id. */
const withImages = (catalogue: Catalogue, origin: string) =>
  catalogue.breeds.map((row) => {
    const found = catalogue.images.find(({ id }) => id === row.reference_image_id);
    if (!found) return row;
    const { id, width, height, url } = imageRow(found, catalogue, origin);
    return { ...row, image: { id, width, height, url } };
  });

function listed(rows: readonly unknown[], query: URLSearchParams): Answer {
  const paging = { limit: wholeNumber(query.get('limit')) || rows.length, page: wholeNumber(query.get('page')) ?? 0 };
  return json(page(rows, paging), paginationHeaders(rows.length, paging));
}

function breed(id: string, { breeds }: Catalogue): Answer {
  const found = breeds.find((candidate) => candidate.id === id);
  return found ? json(found) : text(400, 'INVALID_DATA');
}

function image(id: string, catalogue: Catalogue, origin: string): Answer {
  const found = catalogue.images.find((candidate) => candidate.id === id);
  return found ? json(imageRow(found, catalogue, origin)) : text(400, `Couldn't find an image matching the passed 'id' of ${id}`);
}

function picture(id: string, { images }: Catalogue): Answer {
  const found = images.find((candidate) => candidate.id === id);
  if (!found) return text(404, 'Not Found');
  const headers = { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400', 'x-content-type-options': 'nosniff' };
  return { status: 200, headers, body: drawn(found.drawing) };
}

const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

/** thecatapi tells its own errors as plain text. */
const text = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });

const unknown = (method: string, path: string): Answer => ({
  status: 404,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' }),
});
