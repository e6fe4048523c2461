// The pictures: three of each breed and eight of each category, with what is drawn on them.
import { breedFacts } from './breeds/all.ts';
import { categories } from './categories.ts';
import { type Drawing, POSES, SIZES } from './picture/drawing.ts';

export interface Image {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly breedIds: readonly string[];
  readonly categoryIds: readonly number[];
  readonly drawing: Drawing;
}

const PER_CATEGORY = 8;

const ofBreeds = breedFacts.flatMap(({ id, look }, place) =>
  POSES.map((pose, turn) =>
    image(`${id}-${turn + 1}`, [id], [], { look, coat: look.coats[turn] ?? look.coats[0], pose, number: place + turn * 3 }),
  ),
);

/** Models for the categories: short-haired cats with ears that carry a hat, some way apart so that they differ. */
const models = breedFacts.filter(({ look }) => look.hair !== 'none' && look.ears !== 'folded');

const ofCategories = categories.flatMap(({ id, name }, place) =>
  Array.from({ length: PER_CATEGORY }, (_, turn) => {
    const look = models[(place * 5 + turn * 7) % models.length]?.look;
    if (!look) throw new Error('no breed is left to model');
    const coat = look.coats[turn % look.coats.length] ?? look.coats[0];
    const drawing = { look, coat, pose: 'portrait' as const, number: place + turn, dress: { category: name, kind: turn } };
    return image(`${name}-${turn + 1}`, [], [id], drawing);
  }),
);

export const images: readonly Image[] = [...ofBreeds, ...ofCategories];

function image(id: string, breedIds: string[], categoryIds: number[], drawing: Drawing): Image {
  return { id, ...SIZES[drawing.pose], breedIds, categoryIds, drawing };
}
