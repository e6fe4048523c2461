// Vite plugin: gives each page's HTML its head and header, and puts the built files where the site's addresses expect them.
import type { Plugin } from 'vite';
import { headerHtml, headHtml, scriptNeeded } from '../frame/header.ts';
import { type Page, pages } from '../frame/pages.ts';

const sourceOf = (page: Page) => `pages/${page.folder}/index.html`;

/** Build entries, by the name that a page's script and style get in `assets/`. */
export function pageEntries(root: string): Record<string, string> {
  return Object.fromEntries(pages.map((page) => [page.folder, `${root}/${sourceOf(page)}`]));
}

export function staticPages(): Plugin {
  return {
    name: 'stackyard:static-pages',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        const page = pages.find((candidate) => path === `/${sourceOf(candidate)}`);
        if (page === undefined) throw new Error(`${path} has no row in web/frame/pages.ts: add one, so that it gets an address.`);
        return (
          html
            .replace('<!--head-->', headHtml)
            .replace('<!--header-->', () => headerHtml(page))
            .replace('<!--noscript-->', scriptNeeded)
            // Beside the source, not beside the address that the development server shows it under.
            .replace('src="./', `src="/pages/${page.folder}/`)
        );
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const page of pages) {
          const built = bundle[sourceOf(page)];
          if (built !== undefined) built.fileName = page.file;
        }
      },
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '/', query] = (request.url ?? '/').split('?');
        const page = pages.find((candidate) => candidate.path === (path.replace(/\/+$/, '') || '/'));
        if (page !== undefined) request.url = `/${sourceOf(page)}${query === undefined ? '' : `?${query}`}`;
        next();
      });
    },
  };
}
