import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pieces } from '../../src/domain/text/unsafe-text.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { unfitText } from '../../src/features/input-text.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import {
  type ConsoleBrowser,
  complaints,
  openConsole,
  sideways,
  turning,
} from '../support/console-browser.ts';
import { follow, settled } from '../support/settled.ts';

/**
 * Names that contain markup, formulas or odd characters, in client, person, file and exception: they are shown as text,
 * and characters that reverse or hide text are shown by their code.
 */
const HOSTILE = {
  markup: '<img src=x onerror="globalThis.__hit=1"><script>__hit=2</script>',
  turned: 'Invoice \u202Etxt.exe',
  formula: "=cmd|' /C calc'!A0",
  long: `L${'o'.repeat(298)}g`,
  signs: 'Zoë 🦊 شركة 会社',
} as const;
/** A right-to-left name, as its owners write it. */
const HEBREW = 'אגודת הגנים';
/** bücher.example in its DNS form; people write and read the other. */
const CODED = 'xn--bcher-kva.example';
/** Has no slash, which would make the file name a path. */
const FORMULA_FILE = "=cmd|'calc'!A0.csv";
const NAMES = Object.values(HOSTILE);
const shown = (text: string) =>
  pieces(text, true)
    .map((piece) => piece.text)
    .join('');

let here: ConsoleBrowser;
let client: { id: string; slug: string };
let turned: { slug: string };
let owner: TestPerson;
let hostile: TestPerson;
let page: Page;
let heard: string[];
let importId: string;

const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;

beforeAll(async () => {
  here = await openConsole();
  const { bylaw } = here;
  // A client's name has at most 200 characters.
  client = await bylaw.client(HOSTILE.markup);
  for (const name of [HOSTILE.formula, HOSTILE.long.slice(0, 200), HOSTILE.signs, HEBREW])
    await bylaw.client(name);
  turned = await bylaw.client(HOSTILE.turned);
  owner = bylaw.owner;
  hostile = await bylaw.person('client_admin', client.id, HOSTILE.markup);
  const imports = importing(bylaw, hostile, client.slug);
  const people = NAMES.map((name, at) => `${csv(name)},person${at}@alder.example.org,User,Standard,Active`);
  const left = NAMES.map((name, at) => `${csv(name)},person${at}@alder.example.org,Left,${csv(name)}`);
  const done = await imports.all([
    {
      name: `members-2026-11-23 ${HOSTILE.markup}.csv`,
      bytes: `Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\nKim Becker,kim@${CODED},User,Standard,Active\n${people.join('\n')}\n`,
    },
    {
      name: FORMULA_FILE,
      modified: '2026-11-23T15:00:00.000Z',
      bytes: `Name,Email,Status,Department\nMara Ellingsworth,mara@alder.example.org,Active,Office\n${left.join('\n')}\n`,
    },
    ...[HOSTILE.signs, HOSTILE.long.slice(0, 180)].map((name) => ({
      name: `${name}.csv`,
      bytes: `${csv(name)},Shape\nred,round\n`,
    })),
  ]);
  expect(done.stored.status).toBe(201);
  importId = done.id;
  const { items } = (await hostile.call('GET', `/clients/${client.slug}/exceptions/controls/CLA-ACC-07`))
    .body;
  expect(items).toHaveLength(NAMES.length);
  for (const [at, reason] of NAMES.entries()) {
    const asked = await hostile.call('POST', `/clients/${client.slug}/exceptions`, {
      control: 'CLA-ACC-07',
      items: [items[at].key],
      reason,
      owner: reason.slice(0, 200),
      until: '2026-12-31',
    });
    // Characters that reverse the surrounding text are refused from a person; a file may contain them.
    const refused = unfitText({ reason }, true) !== null;
    expect(asked.status, JSON.stringify(asked.body)).toBe(refused ? 400 : 201);
  }
  page = await here.open(owner);
  heard = complaints(page);
});
afterAll(async () => {
  await here.leave(page);
  await here.close();
});

async function shows(path: string, names: readonly string[]): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await follow(page, path);
  const text = (await page.locator('body').textContent()) ?? '';
  for (const name of names) expect(text, `${path} shows ${name}`).toContain(shown(name));
  expect(await turning(page), path).toEqual([]);
  expect(await sideways(page), `${path} at 1440`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 320, height: 800 });
  await settled(page);
  expect(await sideways(page), `${path} at 320`).toBeLessThanOrEqual(0);
  expect(await page.evaluate('globalThis.__hit ?? null'), path).toBeNull();
  await expect.poll(() => page.locator('img[src="x"]').count(), { message: path }).toBe(0);
  expect(heard.splice(0), path).toEqual([]);
}

const c = () => `/c/${client.slug}`;

test('clients are listed and headed by what they are called, whatever that is', async () => {
  await shows('/clients', [HOSTILE.markup, HOSTILE.formula, HOSTILE.turned, HOSTILE.signs, HEBREW]);
  const mark = page.getByTitle('U+202E right-to-left override').first();
  await expect.poll(() => mark.textContent()).toBe('U+202E');
  await expect.poll(() => page.locator('bdi', { hasText: HEBREW }).first().textContent()).toBe(HEBREW);
  await shows(c(), [HOSTILE.markup]);
  await expect.poll(() => page.title()).toContain(HOSTILE.markup);
  await shows(`${c()}/settings`, [HOSTILE.markup]);
});

test('people, files and exceptions are shown as they are written', async () => {
  await shows(`${c()}/people`, NAMES);
  await shows(`${c()}/people?tab=everyone`, ['kim@bücher.example']);
  await shows(`${c()}/controls/ACC-07`, NAMES);
  await shows(`${c()}/imports`, [HOSTILE.markup]);
  await shows(`${c()}/imports/${importId}`, [HOSTILE.markup, FORMULA_FILE]);
  await shows(`${c()}/evidence`, [HOSTILE.markup, FORMULA_FILE, HOSTILE.signs]);
  await shows(`${c()}/exceptions`, [HOSTILE.markup, HOSTILE.formula, HOSTILE.signs]);
  await shows(`${c()}/audit`, [HOSTILE.markup]);
  await shows('/access', [HOSTILE.markup]);
});

test('each person and exception opens beside its list, and the palette finds them', async () => {
  const people = (await owner.call('GET', `/clients/${client.slug}/people?tab=everyone`)).body.items;
  const exceptions = (await owner.call('GET', `/clients/${client.slug}/exceptions`)).body.items;
  expect(exceptions).toHaveLength(NAMES.length - 1);
  for (const { id, name } of people)
    await shows(`${c()}/people?tab=everyone&panel=${encodeURIComponent(id)}`, [name]);
  for (const { id, reason } of exceptions) await shows(`${c()}/exceptions?panel=${id}`, [reason]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('onerror');
  await page.getByRole('dialog', { name: 'Search or act' }).getByText(HOSTILE.markup).first().waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Invoice');
  await page.getByRole('dialog', { name: 'Search or act' }).getByText('Invoice [U+202E]').first().waitFor();
  expect(await turning(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await page.evaluate('globalThis.__hit ?? null')).toBeNull();
  expect(heard).toEqual([]);
});

// tests/pages/every-page.test.ts checks this on every page, for a client whose name has such a character.
test('no name, reason or title turns what stands beside it', async () => {
  const { slug } = client;
  const titled = await owner.call('POST', `/clients/${slug}/reports`, { title: HOSTILE.turned });
  expect(titled.status).toBe(400);
  const paths = [
    `/c/${turned.slug}`,
    '/clients',
    '/access?tab=tokens',
    '/across/ACC-07',
    `/c/${slug}/audit?panel=2`,
    `/c/${slug}/controls/ACC-07`,
    `/c/${slug}/exceptions?new=CLA-ACC-07`,
    `/c/${slug}/people?tab=everyone`,
    `/c/${slug}/reports?new=yes`,
  ];
  let marks = 0;
  for (const path of paths) {
    await follow(page, path);
    expect(await turning(page), path).toEqual([]);
    if ((await page.getByTitle('U+202E right-to-left override').count()) > 0) marks += 1;
  }
  expect(marks).toBeGreaterThan(4);
  expect(heard.splice(0)).toEqual([]);
});

test('no export holds a cell that a spreadsheet program would calculate', async () => {
  for (const list of ['people', 'exceptions']) {
    await follow(page, `${c()}/${list}`);
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text, list).toContain(HOSTILE.formula.slice(1));
    expect(text, list).toContain(`'${HOSTILE.formula}`);
    expect(text, list).not.toMatch(/(^|[,;\t"\n])=cmd/u);
    expect(text, list).toContain(HOSTILE.signs);
  }
  expect(heard).toEqual([]);
});

test('a report of it is made and shown as text', async () => {
  const { body } = await owner.call('POST', `/clients/${client.slug}/reports`, { title: HOSTILE.markup });
  await shows(`${c()}/reports/${body.id}`, [HOSTILE.markup]);
  const file = `/clients/${client.slug}/reports/${body.id}/file?format=html`;
  for (const part of ['board', 'appendix']) {
    const html = await owner.call('GET', `${file}&part=${part}`);
    expect(html.bytes.toString('utf8')).not.toContain('<img src=x');
  }
});
