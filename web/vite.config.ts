// Builds the console: one page a folder under pages/, output in web/dist (see frame/pages.ts for what goes where).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pageEntries, staticPages } from './build/static-pages.ts';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const stackyard = process.env.STACKYARD_URL ?? 'http://localhost:8000';

export default defineConfig({
  root,
  appType: 'mpa',
  plugins: [staticPages()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: `${root}/dist`,
    emptyOutDir: true,
    // light-dark() as it is written: rewriting it for older browsers would triple the theme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // Swagger UI comes as one bundle of 1.7 MB; only its own page loads it.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: pageEntries(root) },
  },
  server: {
    host: '127.0.0.1',
    // The pages' own addresses are rewritten before these rules see them.
    proxy: {
      '^/(api|status|endpoint|orders|stock|payment)(/|$)': stackyard,
      '^/ws$': { target: stackyard, ws: true },
    },
  },
});
