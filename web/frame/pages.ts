// The table of pages: the build takes its entries, the header its navigation, the development server its addresses from here.

export interface Page {
  /** Folder below `web/pages/`; also the name of the page's script in `assets/`. */
  readonly folder: string;
  /** Where people find it. */
  readonly path: string;
  /** The built file below `web/dist/`. */
  readonly file: string;
  /** Word in the navigation; a page without one is reached from another page. */
  readonly navigation?: string;
  /** Folder of the page whose navigation word is marked while this one is open. */
  readonly partOf?: string;
}

export const pages: readonly Page[] = [
  { folder: 'upload', path: '/', file: 'index.html', navigation: 'Pictures' },
  { folder: 'result', path: '/result', file: 'result/index.html', partOf: 'upload' },
  { folder: 'shop', path: '/shop', file: 'shop/index.html', navigation: 'Shop' },
  { folder: 'cats', path: '/cats', file: 'cats/index.html', navigation: 'Cats' },
  { folder: 'workers', path: '/workers', file: 'workers/index.html', navigation: 'Workers' },
  { folder: 'live', path: '/live', file: 'live/index.html', navigation: 'Live' },
  { folder: 'lazaros', path: '/lazaros', file: 'lazaros/index.html', navigation: 'Status' },
  { folder: 'swagger', path: '/api/swagger', file: 'api/swagger/index.html', navigation: 'API' },
  { folder: 'not-found', path: '/404.html', file: '404.html' },
];
