// The few SVG elements that the drawings are made of.

type Attributes = Readonly<Record<string, string | number>>;

export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
};

export const fill = (d: string, colour: string, more: Attributes = {}): string => element('path', { d, fill: colour, ...more });

/** Its ends and corners are round, as the drawing says for all lines. */
export const line = (d: string, colour: string, width: number, more: Attributes = {}): string =>
  element('path', { d, fill: 'none', stroke: colour, 'stroke-width': width, ...more });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, colour: string, more: Attributes = {}): string =>
  element('ellipse', { cx, cy, rx, ry, fill: colour, ...more });

export const rectangle = (x: number, y: number, width: number, height: number, rx: number, colour: string): string =>
  element('rect', { x, y, width, height, rx, fill: colour });

export const moved = (x: number, y: number, scale: number, ...children: readonly string[]): string =>
  element('g', { transform: `translate(${x} ${y}) scale(${scale})` }, ...children);

/** The shape and its mirror image on the other side of the vertical through `x`. */
export const mirrored = (shape: string, x = 0): string =>
  shape + element('g', { transform: x === 0 ? 'scale(-1 1)' : `translate(${2 * x} 0) scale(-1 1)` }, shape);

/** Shows of `children` only what lies within the outline. */
export const within = (id: string, outline: string, ...children: readonly string[]): string =>
  children.join('') === ''
    ? ''
    : element('clipPath', { id }, element('path', { d: outline })) + element('g', { 'clip-path': `url(#${id})` }, ...children);
