// Every breed, by name as thecatapi.com lists them.
import { africa } from './africa.ts';
import { asia } from './asia.ts';
import { britishIsles } from './british-isles.ts';
import { europe } from './europe.ts';
import type { BreedFacts } from './facts.ts';
import { newWorldAToB } from './new-world-a-to-b.ts';
import { newWorldCToE } from './new-world-c-to-e.ts';
import { newWorldHToP } from './new-world-h-to-p.ts';
import { newWorldRToY } from './new-world-r-to-y.ts';

export const breedFacts: readonly BreedFacts[] = [
  ...africa,
  ...asia,
  ...britishIsles,
  ...europe,
  ...newWorldAToB,
  ...newWorldCToE,
  ...newWorldHToP,
  ...newWorldRToY,
].sort((one, other) => (one.name < other.name ? -1 : 1));
