import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsolePages, consolePages } from './page-head.ts';

let folder: string;
let pages: ConsolePages;
const headFor = (path: string, hasSession: boolean) => pages.headFor(path, { hasSession });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-pages-'));
  const page = (path: string, name: string, signedIn = true) => ({
    path,
    signedIn,
    scripts: [`assets/${name}.js`],
    styles: [`assets/${name}.css`],
  });
  const listed = [
    { path: '/c/$client', signedIn: true, scripts: [], styles: [] },
    page('/c/$client/', 'home'),
    page('/c/$client/deployment/$task', 'task'),
    page('/c/$client/deployment/quick-reference', 'reference'),
    page('/sign-in', 'sign-in', false),
    page('/clients', 'fleet'),
  ];
  await writeFile(join(folder, 'pages.json'), JSON.stringify(listed));
  pages = consolePages(join(folder, 'pages.json'));
});
afterAll(() => rm(folder, { recursive: true }));

it('names the files of the page and asks who the person is, for anyone with a session', () => {
  const head = headFor('/c/alder', true);
  expect(head).toContain('<link rel="modulepreload" href="/assets/home.js" crossorigin>');
  expect(head).toContain('<link rel="preload" href="/assets/home.css" as="style" crossorigin>');
  expect(head).toContain('href="/api/v1/me"');
  expect(headFor('/c/alder/', true)).toBe(head);
});

it('asks what the list of clients asks first, for whoever has a session and filters nothing', () => {
  const question = 'href="/api/v1/fleet?sort=worst" as="fetch" crossorigin';
  expect(headFor('/clients', true)).toContain(question);
  expect(pages.headFor('/clients', { hasSession: true, isFiltered: true })).not.toContain('fleet?');
  expect(headFor('/clients', false)).toBe('');
  expect(headFor('/c/alder', true)).not.toContain('fleet?');
});

it('takes what is spelt out before what varies', () => {
  expect(headFor('/c/alder/deployment/quick-reference', true)).toContain('reference.js');
  expect(headFor('/c/alder/deployment/invite_staff', true)).toContain('task.js');
});

it('names nothing of a page behind sign-in to whoever has no session, and asks nothing for pages before it', () => {
  expect(headFor('/c/alder', false)).toBe('');
  expect(headFor('/sign-in', true)).toContain('sign-in.js');
  expect(headFor('/sign-in', true)).not.toContain('/api/');
});

it('says nothing of an address that is no page, and writes nothing of the address into the page', () => {
  expect(headFor('/c/alder/"><script>', true)).toBe('');
  expect(headFor('/nowhere', true)).toBe('');
  expect(consolePages(join(folder, 'missing.json')).headFor('/sign-in', { hasSession: true })).toBe('');
});

it('tells pages from what is below one and from addresses that are not the console’s', () => {
  expect(['/c/alder', '/sign-in', '/c/alder/deployment/x'].map(pages.kindOf)).toEqual([
    'page',
    'page',
    'page',
  ]);
  expect(['/c/alder/nothing', '/sign-in/x'].map(pages.kindOf)).toEqual(['missing', 'missing']);
  expect(['/.well-known/openid-configuration', '/metrics', '/wp-login.php'].map(pages.kindOf)).toEqual([
    'elsewhere',
    'elsewhere',
    'elsewhere',
  ]);
});
