// Reads what is published. Every answer is read in one snapshot with its version: no reader ever sees half of a run.
import type { RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import type { Breed, BreedName, Category, CategoryName, Image } from './routes.ts';

// LOCATE compares byte by byte, where `=` would ignore spaces at the end.
const WITH_TEMPERAMENT = `
  LOCATE(CONCAT(', ', ?, ', '), CONCAT(', ', temperament, ', ')) > 0 AND (LOCATE(',', ?) = 0 OR CHAR_LENGTH(temperament) = CHAR_LENGTH(?))`;
const WITH_ORIGIN = 'origin = ? AND CHAR_LENGTH(origin) = CHAR_LENGTH(?)';
const breedNames = (condition: string) => `SELECT id, name FROM breeds WHERE ${condition} ORDER BY name, id`;
const BREED = 'SELECT id, name, description, origin, temperament FROM breeds WHERE id = ?';
const BREED_IMAGES = 'SELECT id, url FROM breed_images WHERE breed_id = ? ORDER BY position, id';
const CATEGORY_NAMES = 'SELECT id, name FROM categories ORDER BY name, id';
const CATEGORY = 'SELECT id, name FROM categories WHERE id = ?';
const CATEGORY_IMAGES = 'SELECT id, url FROM category_images WHERE category_id = ? ORDER BY position, id';
const VERSION = 'SELECT version FROM synchroniser';

export type BreedFilter = { readonly temperament: string } | { readonly origin: string } | undefined;

export interface ImageFilter {
  readonly breed: string | undefined;
  readonly category: string | undefined;
  readonly limit: number;
  readonly page: number;
}

export interface Versioned<Value> {
  readonly version: number;
  readonly value: Value;
}

/** Ids of the upstream hold no space; the collation ignores those at the end. */
const isId = (id: string): boolean => /^\S+$/.test(id);
const isNumber = (id: string): boolean => /^(0|[1-9]\d{0,8})$/.test(id);

export type CatalogueRepository = ReturnType<typeof catalogueRepository>;

export function catalogueRepository(cats: Database) {
  const snapshot = <Value>(read: (rows: Rows) => Promise<Value>): Promise<Versioned<Value>> =>
    cats.transaction(async (connection) => {
      const rows = rowsOn(connection);
      const [state] = await rows<{ version: number }>(VERSION);
      return { version: state?.version ?? 0, value: await read(rows) };
    });

  return {
    breeds: (filter: BreedFilter) =>
      snapshot((rows) => {
        if (filter === undefined) return rows<BreedName>(breedNames('TRUE'));
        if ('origin' in filter) return rows<BreedName>(breedNames(WITH_ORIGIN), [filter.origin, filter.origin]);
        return rows<BreedName>(breedNames(WITH_TEMPERAMENT), Array(3).fill(filter.temperament));
      }),

    breed: (id: string) => snapshot((rows) => breed(rows, id)),
    categories: () => snapshot((rows) => rows<CategoryName>(CATEGORY_NAMES)),
    category: (id: string) => snapshot((rows) => category(rows, id)),

    /** Undefined where there is no such breed or category. */
    images: ({ breed: breedId, category: categoryId, limit, page }: ImageFilter) =>
      snapshot(async (rows) => {
        if (breedId !== undefined && !(await breed(rows, breedId))) return undefined;
        if (categoryId !== undefined && !(await category(rows, categoryId))) return undefined;
        const { sql, values } = imageSelection(breedId, categoryId);
        const [counted] = await rows<{ count: number }>(`SELECT COUNT(*) AS count FROM (${sql}) AS selected`, values);
        const images = await rows<Image>(`${sql} ORDER BY id LIMIT ? OFFSET ?`, [...values, limit, page * limit]);
        return { images, count: counted?.count ?? 0 };
      }),
  };
}

type Rows = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

const rowsOn =
  (connection: Connection): Rows =>
  async <Row>(sql: string, values: readonly unknown[] = []) => {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return rows as Row[];
  };

async function breed(rows: Rows, id: string): Promise<Breed | undefined> {
  if (!isId(id)) return undefined;
  const [row] = await rows<Omit<Breed, 'images'>>(BREED, [id]);
  return row && { ...row, images: await rows<Image>(BREED_IMAGES, [id]) };
}

async function category(rows: Rows, id: string): Promise<Category | undefined> {
  if (!isNumber(id)) return undefined;
  const [row] = await rows<CategoryName>(CATEGORY, [id]);
  return row && { ...row, images: await rows<Image>(CATEGORY_IMAGES, [id]) };
}

/** An image may belong to a breed and to a category: it is told once. */
function imageSelection(breedId: string | undefined, categoryId: string | undefined): { sql: string; values: string[] } {
  const ofBreeds = `SELECT id, url FROM breed_images${breedId === undefined ? '' : ' WHERE breed_id = ?'}`;
  const ofCategories = `SELECT id, url FROM category_images${categoryId === undefined ? '' : ' WHERE category_id = ?'}`;
  if (breedId !== undefined && categoryId !== undefined)
    return { sql: `${ofBreeds} AND id IN (SELECT id FROM category_images WHERE category_id = ?)`, values: [breedId, categoryId] };
  if (breedId !== undefined) return { sql: ofBreeds, values: [breedId] };
  if (categoryId !== undefined) return { sql: ofCategories, values: [categoryId] };
  return { sql: `SELECT id, MIN(url) AS url FROM (${ofBreeds} UNION ALL ${ofCategories}) AS every_image GROUP BY id`, values: [] };
}
