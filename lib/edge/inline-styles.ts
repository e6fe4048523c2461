// Hashes of the styles that built pages carry in themselves, for their content security policy. Scripts in pages are refused: they would need as much.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `'sha256-…'`, each once. Throws where a page has a script or an event handler of its own. */
export function inlineStyleHashes(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
  return [...new Set(pages.sort().flatMap((name) => stylesOf(name, readFileSync(join(site, name), 'utf8'))))];
}

function stylesOf(name: string, html: string): string[] {
  const inline = /<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*["']/i.exec(html);
  if (inline) throw new Error(`${name} has a script of its own, which its content security policy forbids: ${inline[0].trim()}`);
  return [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
}
