import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { drop } from '../support/drop.ts';

/** A hundred files at once, and a connection that breaks during one. */
const MEMBERS = (seat: string) => `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,${seat},Active
`;
let here: ConsoleBrowser;
let folder: string;

beforeAll(async () => {
  here = await openConsole();
  folder = await mkdtemp(join(tmpdir(), 'bylaw-many-'));
});
afterAll(async () => {
  await here.close();
  await rm(folder, { recursive: true });
});

test('a hundred files dropped at once all arrive, each says what it is, and what is of use is stored', async () => {
  const { slug } = await here.bylaw.client('Alder Society');
  const paths: string[] = [];
  const put = async (name: string, bytes: string | Buffer) => {
    await mkdir(join(folder, 'exports', String(paths.length % 7)), { recursive: true });
    const path = join(folder, 'exports', String(paths.length % 7), name);
    await writeFile(path, bytes);
    paths.push(path);
  };
  await put('members-2026-11-23.csv', MEMBERS('Premium'));
  await put('roster-2026-11-23.csv', 'Name,Email,Status\nMara Ellingsworth,mara@alder.example.org,Active\n');
  for (let one = 0; one < 48; one += 1) await put(`notes ${one}.csv`, `Color,Shape ${one}\nred,round\n`);
  for (let one = 0; one < 25; one += 1) await put(`photo ${one}.png`, randomBytes(2_000));
  for (let one = 0; one < 25; one += 1) await put(`empty ${one}.json`, one % 2 === 0 ? '' : '{"a":');
  expect(paths).toHaveLength(100);

  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/imports`);
  await drop(page, page.getByRole('group', { name: 'Drop files or a whole folder here' }), [
    join(folder, 'exports'),
  ]);
  await page.waitForURL(/\/imports\/[\w-]{36}$/);
  // Unusable files are refused by name, and the person decides whether to continue with the rest.
  await page.getByText('87 of 100 files').waitFor();
  await page.getByText('empty 24.json” is empty, so it was not accepted.').waitFor();
  await page.getByRole('button', { name: 'Read 87 files' }).click();
  const store = page.getByRole('button', { name: /^Store/ });
  await store.waitFor();
  const text = (await page.getByRole('main').textContent()) ?? '';
  for (const name of ['members-2026-11-23.csv', 'notes 47.csv', 'photo 24.png', 'empty 23.json'])
    expect(text).toContain(name);
  await store.click();
  await page
    .getByText(/stored by/)
    .first()
    .waitFor();
  const { body } = await here.bylaw.owner.call('GET', `/clients/${slug}/imports/sources`);
  const fresh = body.items.filter(({ state }: { state: string }) => state === 'fresh');
  expect(fresh.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(['members', 'roster']);
  await here.leave(page);
});

test('a line that is cut while a file is sent is tried again, and the file is there once and whole', async () => {
  const { slug } = await here.bylaw.client('Harrow Guild');
  const page = await here.open(here.bylaw.owner);
  const cut: string[] = [];
  let tries = 0;
  await page.route('**/files?**', (route) => {
    tries += 1;
    if (tries > 2) return route.continue();
    cut.push(route.request().url());
    // First a connection reset, then a proxy's response while its server is down.
    return tries === 1 ? route.abort('connectionreset') : route.fulfill({ status: 502, body: 'Bad gateway' });
  });
  await page.goto(`/c/${slug}/imports`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'members-2026-11-23.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(MEMBERS('Standard')),
    });
  await page.getByRole('button', { name: /^Store/ }).waitFor();
  expect(cut).toHaveLength(2);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { body } = await here.bylaw.owner.call('GET', `/clients/${slug}/imports/${id}`);
  expect(body.files.map(({ name, bytes }: { name: string; bytes: number }) => [name, bytes])).toEqual([
    ['members-2026-11-23.csv', Buffer.byteLength(MEMBERS('Standard'))],
  ]);
  await page.context().close();
});

test('a line that stays cut says so at the file, keeps the rest, and sends again when asked', async () => {
  const { slug } = await here.bylaw.client('Ferry Operators');
  const page = await here.open(here.bylaw.owner);
  let away = true;
  await page.route('**/files?name=members**', (route) =>
    away ? route.abort('connectionreset') : route.continue(),
  );
  await page.goto(`/c/${slug}/imports`);
  const input = page.locator('input[type=file]').first();
  await input.setInputFiles([
    { name: 'members-2026-11-23.csv', mimeType: 'text/csv', buffer: Buffer.from(MEMBERS('Standard')) },
    {
      name: 'roster-2026-11-23.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Name,Email,Status\nMara Ellingsworth,mara@alder.example.org,Active\n'),
    },
  ]);
  await page.getByText('The connection was lost. Nothing from the file was kept.').waitFor();
  // A partial upload is not treated as complete.
  await expect.poll(() => page.getByRole('button', { name: /^Store/ }).count()).toBe(0);
  away = false;
  await page.getByRole('button', { name: 'Send 1 file again' }).click();
  await page.getByRole('heading', { level: 1, name: '2 files' }).waitFor();
  await page.getByRole('button', { name: /^Store/ }).waitFor();
  await page.context().close();
});
