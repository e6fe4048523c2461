// The way imports go, and what keeps handlers from knowing where they run.
import { expect, test } from 'vitest';
import { cycleIn, importsOf, type SourceFile, sourceFiles } from '../support/imports.ts';

const folders = ['functions', 'lib', 'local', 'web', 'bin', 'scripts', 'bench', 'test'] as const;
const everything = sourceFiles(...folders);
const below = (folder: string) => everything.filter(({ path }) => path.startsWith(`${folder}/`));

/** `file → import` for every import of `files` that leaves its own folder for one of ours and is not allowed to. */
const strayed = (files: readonly SourceFile[], home: string, allowed: (path: string) => boolean = () => false): string[] =>
  files.flatMap(({ path, imports }) =>
    imports
      .filter((name) => folders.some((folder) => name.startsWith(`${folder}/`)) && !name.startsWith(`${home}/`) && !allowed(name))
      .map((name) => `${path} → ${name}`),
  );

test('the reader of imports sees every way to import', () => {
  const text = `import a from './a.ts';\nimport type { B } from '../b.ts';\nimport {\n  c,\n} from 'c';\nexport * from './d.ts';\nimport './e.ts';\nawait import('./f.ts');`;
  expect(importsOf('lib/x/y.ts', text)).toEqual(['lib/x/a.ts', 'lib/b.ts', 'c', 'lib/x/d.ts', 'lib/x/e.ts', 'lib/x/f.ts']);
});

test('no files load each other in a circle', () => {
  expect(cycleIn(everything)).toBeUndefined();
});

test('functions import nothing of ours but functions', () => {
  expect(strayed(below('functions'), 'functions')).toEqual([]);
});

test('the CDK app imports route tables and what describes them, and the probes of releases, and nothing else of functions', () => {
  const described = (path: string) =>
    [/^functions\/(\w+\/)?routes\.ts$/, /^functions\/shared\/http\/\w+\.ts$/, /^functions\/operations\/release\/probes\.ts$/].some(
      (pattern) => pattern.test(path),
    );
  expect(strayed(below('lib'), 'lib', described)).toEqual([]);
});

test('the embedded host knows only the assembly: neither functions nor lib nor web', () => {
  const ofTheStart = (path: string) => path.startsWith('bin/prepare/');
  expect(strayed(below('local'), 'local', ofTheStart)).toEqual([]);
});

test('systems do not import each other', () => {
  const systems = [...new Set(below('functions').flatMap(({ path }) => path.split('/').slice(1, -1)[0] ?? []))].filter(
    (name) => name !== 'shared',
  );
  expect(systems).toEqual(expect.arrayContaining(['pictures', 'status']));
  for (const system of systems) {
    const allowed = (path: string) => path.startsWith('functions/shared/');
    expect(strayed(below(`functions/${system}`), `functions/${system}`, allowed), system).toEqual([]);
  }
});

test('what systems share does not know the systems', () => {
  expect(strayed(below('functions/shared'), 'functions/shared')).toEqual([]);
});

test.each([
  ['the stage', /(process\.env\.|env\(['"])\w*(STAGE|NODE_ENV)/i],
  ['an address of this machine', /localhost|127\.0\.0\.1/],
  ['an emulator', /localstack|IS_LOCAL|AWS_SAM_LOCAL|stackyard-local/i],
])('no function asks for %s', (_, pattern) => {
  expect(below('functions').flatMap(({ path, text }) => (pattern.test(text) ? [path] : []))).toEqual([]);
});

test('rules are pure: no service or rule file takes clock, chance or environment by itself', () => {
  const impure = /Date\.now|new Date\(\)|performance\.now\(|Math\.random|randomUUID|randomBytes|process\.env|\benv\(/;
  const rules = below('functions').filter(({ path }) =>
    /\/(service|processing|relay|repository|picture|invalid|job|routes)\.ts$/.test(path),
  );
  expect(rules.length).toBeGreaterThan(8);
  expect(rules.flatMap(({ path, text }) => (impure.test(text) ? [path] : []))).toEqual([]);
});

test('files are small: none over 300 lines, half of them under 80', () => {
  const code = everything.filter(({ path }) => !path.startsWith('test/'));
  expect(everything.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  const sorted = code.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
});
