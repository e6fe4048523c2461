// The page's icon in the browser's tab, as data addresses, so that a page can change it without another request.

const drawn = (shapes: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${shapes}</svg>`)}`;

export const defaultIcon = drawn(
  '<rect width="20" height="20" rx="3" fill="#23211d"/><path d="M4 6h12M7 10h9M4 14h8" stroke="#f7f4ed" stroke-width="2"/>',
);

export type Condition = 'up' | 'down' | 'unknown';

/** Shape as well as colour: a tab is small, and not everybody sees the colours. */
export const conditionIcons: Record<Condition, string> = {
  up: drawn('<circle cx="10" cy="10" r="8" fill="#2c6b4b"/>'),
  down: drawn('<path d="M10 1l9.5 17H.5z" fill="#b23a1e"/><path d="M10 7v5M10 14v2" stroke="#fff" stroke-width="2"/>'),
  unknown: drawn('<circle cx="10" cy="10" r="7" fill="none" stroke="#8a8478" stroke-width="3" stroke-dasharray="3 2.5"/>'),
};

export function showIcon(address: string): void {
  document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute('href', address);
}
