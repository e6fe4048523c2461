// What the pattern of a coat draws on the face.
import type { Look } from '../breeds/facts.ts';
import type { Colours } from './colours.ts';
import { ellipse, fill, line, mirrored } from './shapes.ts';

const WHITE = '#faf7f1';

export function faceMarkings(look: Look, { mark, patch, chest }: Colours): string {
  switch (look.pattern) {
    case 'tabby':
      // The M that every tabby has on its forehead.
      return (
        line('M-34-48L-28-76L0-54L28-76L34-48', mark, 9, { opacity: 0.8 }) +
        line('M0-96V-70', mark, 9, { opacity: 0.8 }) +
        cheekStripes(mark)
      );
    case 'striped':
      return line('M0-92V-50M-22-90L-17-56M22-90L17-56', mark, 9, { opacity: 0.85 }) + cheekStripes(mark);
    case 'spotted':
      return (
        line('M-14-88L-10-62M14-88L10-62M-34-84L-27-62M34-84L27-62', mark, 8, { opacity: 0.75 }) +
        mirrored(ellipse(-84, 30, 8, 6, mark) + ellipse(-70, 52, 7, 6, mark) + ellipse(-92, 8, 6, 7, mark))
      );
    case 'ticked':
      return (
        fill('M-60-100H60Q34-40 14-30H-14Q-34-40-60-100Z', mark, { opacity: 0.35 }) +
        line('M-16-74L-13-60M16-74L13-60M0-80V-62', mark, 5, { opacity: 0.7 }) +
        mirrored(ellipse(-46, 16, 26, 12, chest, { opacity: 0.7 }))
      );
    case 'pointed':
      return mask(mark);
    case 'mitted':
      return mask(mark) + fill('M0-64C8-30 12-4 40 34L48 100H-48L-40 34C-12-4-8-30 0-64Z', WHITE);
    case 'patched':
      return fill('M-120-100H-8C2-60-4-20-22 8C-50 34-84 34-120 20Z', patch) + fill('M120-100H40C44-74 70-56 120-60Z', mark);
    case 'van':
      return mirrored(fill('M-120-100H-10C-10-62-30-38-60-34C-84-32-100-40-120-44Z', patch));
    case 'smoke':
      return ellipse(0, 30, 62, 58, mark, { opacity: 0.28 });
    default:
      return look.hair === 'none' ? wrinkles(mark) : '';
  }
}

const cheekStripes = (mark: string) =>
  mirrored(line('M-112 10Q-92 8-78 16M-108 36Q-90 32-76 36M-62-22Q-84-30-104-26', mark, 7, { opacity: 0.75 }));

/** Darkest around the nose, as on every cat with points. */
const mask = (mark: string) =>
  ellipse(0, 18, 84, 76, mark, { opacity: 0.3 }) + ellipse(0, 24, 66, 66, mark, { opacity: 0.55 }) + ellipse(0, 34, 48, 52, mark);

const wrinkles = (mark: string) =>
  line('M-40-58Q-20-68 0-58T40-58M-32-44Q-16-52 0-44T32-44M-22-72Q-10-78 0-72T22-72', mark, 4) +
  mirrored(line('M-96 30Q-84 44-70 46', mark, 4));
