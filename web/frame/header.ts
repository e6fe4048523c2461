// What every page's HTML begins with: head lines, skip link, name and navigation. Written at build time, so it needs no script.
import { defaultIcon } from './icon.ts';
import { type Page, pages } from './pages.ts';

export function headHtml(): string {
  return [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<link rel="icon" href="${defaultIcon}">`,
  ].join('\n');
}

export function headerHtml(current: Page): string {
  const marked = current.partOf ?? current.folder;
  const links = pages
    .filter((page) => page.navigation !== undefined)
    .map((page) => `<a href="${page.path}"${page.folder === marked ? ' aria-current="page"' : ''}>${page.navigation}</a>`);
  return `<a class="skip" href="#main">Skip to content</a>
<header class="masthead">
  <a class="name" href="/"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M1 4h18M4 10h15M1 16h12"/></svg>Stackyard</a>
  <nav aria-label="Pages">${links.join('')}</nav>
</header>`;
}

export const scriptNeeded =
  '<noscript><p class="problem">This page draws itself with JavaScript. Allow scripts for this address, then load it again.</p></noscript>';
