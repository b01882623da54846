import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SINK_KINDS } from '../../../src/sinks/registry.ts';
import { readDoc } from '../../docs-text.ts';
import type { Inline } from '../features/docs/doc.ts';
import { DOCUMENTATION, documentationOf } from './documentation.ts';
import { MORE_OF_CLIENT, MORE_OF_WORKSPACE } from './more-pages.ts';
import { CLIENT_NAVIGATION, WORKSPACE_NAVIGATION } from './navigation.ts';

const DOCS = new URL('../../../docs/', import.meta.url);

/** Paths of the pages behind sign-in that need no id, as the routes write them. */
const paths = globSync('web/src/features/*/routes.tsx').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/getParentRoute: \(\) => (\w+),\s+path: '([^']+)'/g)].flatMap(
    ([, parent, path = '']) => {
      if (path.includes('$')) return [];
      if (parent === 'signedInRoute') return [path];
      return parent === 'clientRoute' ? [`/c/$client${path}`.replace(/\/$/, '')] : [];
    },
  ),
);

test('every page is in the menu or among the other pages of the palette', () => {
  expect(paths.length).toBeGreaterThan(40);
  const found = [
    ...[...CLIENT_NAVIGATION, ...WORKSPACE_NAVIGATION].flatMap(({ entries }) => entries.map(({ to }) => to)),
    ...[...MORE_OF_CLIENT, ...MORE_OF_WORKSPACE].map(({ to }) => to),
    // In the palette by themselves: a person's own account, and each page of the documentation.
    '/me',
    '/docs',
  ];
  expect(paths.filter((path) => !found.includes(path))).toEqual([]);
});

test('the palette finds the page of sinks by each system that there is', () => {
  const words = MORE_OF_CLIENT.find(({ to }) => to.endsWith('/connections/sinks'))?.words?.split(' ') ?? [];
  expect(SINK_KINDS.map(({ id }) => id).filter((id) => !words.includes(id))).toEqual([]);
});

test('every page has its documentation, which exists', () => {
  const names = Object.values(DOCUMENTATION);
  expect(names.filter((name) => !existsSync(new URL(`${name}.md`, DOCS)) && name !== 'files-list')).toEqual(
    [],
  );
  expect(paths.filter((path) => path !== '/docs' && documentationOf(path) === '/docs')).toEqual([]);
  expect(documentationOf('/c/$client/controls/$control')).toBe('/docs/verdicts');
});

test('the README names every page of the documentation', () => {
  const readme = readFileSync(new URL('../README.md', DOCS), 'utf8');
  const pages = globSync('docs/*.md');
  expect(pages.length).toBeGreaterThan(30);
  expect(pages.filter((page) => !readme.includes(`](${page})`))).toEqual([]);
});

test('documentation becomes data without HTML: headings, tables, lists, code and links', () => {
  const { title, blocks } = readDoc(
    [
      '<!-- generated -->',
      '# Drift',
      '',
      'What **departs** from the [charter](charter.md#what-it-says), see `x`.',
      '## What is compared',
      '| what | how |',
      '| --- | --- |',
      '| a \\| b | <script> |',
      '1. First',
      '   - nested',
      '2. Second',
      '```sh',
      '# no heading',
      '```',
    ].join('\n'),
  );
  expect(title).toBe('Drift');
  expect(blocks).toEqual([
    {
      text: [
        'What ',
        { strong: ['departs'] },
        ' from the ',
        { link: ['charter'], to: 'charter.md#what-it-says' },
        ', see ',
        { code: 'x' },
        '.',
      ],
    },
    { heading: ['What is compared'], level: 2, id: 'what-is-compared' },
    {
      table: [
        [['what'], ['how']],
        [['a | b'], ['<script>']],
      ],
    },
    {
      ordered: true,
      list: [
        [{ text: ['First'] }, { ordered: false, list: [[{ text: ['nested'] }]] }],
        [{ text: ['Second'] }],
      ],
    },
    { code: '# no heading' },
  ]);
});

test('every link within the documentation leads to a page and heading that are there', () => {
  const read = (name: string) => readDoc(readFileSync(new URL(`${name}.md`, DOCS), 'utf8'));
  const pages = globSync('docs/*.md').map((file) => file.replace(/^docs\/(.*)\.md$/, '$1'));
  const broken = pages.flatMap((page) =>
    linksIn(JSON.parse(JSON.stringify(read(page).blocks))).flatMap((to) => {
      const [file = '', hash] = to.split('#');
      const name = file === '' ? page : file.replace(/\.md$/, '');
      if (hash === undefined || !pages.includes(name)) return [];
      const there = read(name).blocks.some((block) => 'heading' in block && block.id === hash);
      return there ? [] : [`${page}: ${to}`];
    }),
  );
  expect(broken).toEqual([]);
});

function linksIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'to' in node && 'link' in node ? [(node as Extract<Inline, { to: string }>).to] : [];
  return [...own, ...Object.values(node).flatMap(linksIn)];
}
