import { mkdirSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASSOCIATION } from '../../sandbox/generate.ts';
import { associationProfile } from '../../src/features/imports/testing/importing.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, expectAccessible, openConsole, sideways } from '../support/console-browser.ts';
import { drop } from '../support/drop.ts';
import { expectMessage } from '../support/expect-message.ts';

/**
 * From no charter to one in force, by two people without knowledge of files and keys; then everything from files to a
 * report; then a question answered in place.
 */
let here: ConsoleBrowser;
let client: { id: string; slug: string };
/** A client's exports, without documents written for Bylaw. */
let files: string;
let technician: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  files = await mkdtemp(join(tmpdir(), 'bylaw-files-'));
  await cp(ASSOCIATION, files, { recursive: true, filter: (path) => !path.endsWith('.yaml') });
  client = await here.bylaw.client();
  technician = await here.bylaw.person('technician', client.id, 'Theo Technician');
  admin = await here.bylaw.person('client_admin', client.id, 'Mara Admin');
});
afterAll(async () => {
  await here.close();
  await rm(files, { recursive: true });
});

const OWNER = 'mara.ellingsworth@alder.example.org';

const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const named = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.BYLAW_TEST_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Counts clicks and keystrokes. Dropping files counts as one click. */
function mouse() {
  let clicks = 0;
  let keys = 0;
  return {
    click: async (what: Locator) => {
      clicks += 1;
      await what.click();
    },
    type: async (what: Locator, text: string) => {
      keys += text.length;
      await what.fill(text);
    },
    drop: async (page: Page, place: Locator, paths: readonly string[]) => {
      clicks += 1;
      await drop(page, place, paths);
    },
    get clicks() {
      return clicks;
    },
    get keys() {
      return keys;
    },
  };
}

test('an empty client has a charter in force after ten clicks of two people, without a key pressed', async () => {
  const hand = mouse();
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}`);
  await page.getByRole('heading', { level: 1, name: 'Alder Society' }).waitFor();
  await shot(page, 'home-empty');
  await hand.click(page.getByRole('link', { name: 'Charter', exact: true }));
  await region(page, 'Start the charter').waitFor();
  await expectAccessible(page);
  await shot(page, 'charter-empty');
  await hand.click(named(page, 'Start from Team on Business Premium'));
  // The notice disappears by itself, on a busy machine before the draft's page is rendered.
  await page.getByText('Answer what only this client can.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Charter v1, draft' }).waitFor();
  const open = region(page, 'Still needs an answer');
  await hand.click(open.getByRole('button', { name: /^Show all/ }));
  await shot(page, 'draft');
  await expectAccessible(page);
  const question = 'Decide whether the network blocks Claude';
  await hand.click(open.getByRole('button', { name: new RegExp(`^Answer.*${question}`) }));
  const dialog = page.getByRole('dialog', { name: new RegExp(question) });
  await dialog
    .getByText('It takes effect once someone who did not work on the draft has approved it.')
    .waitFor();
  await expect.poll(() => dialog.getByRole('radio', { name: 'Not decided' }).isChecked()).toBe(true);
  await expectAccessible(page);
  await hand.click(dialog.getByText('No', { exact: true }));
  await shot(page, 'answer');
  await hand.click(dialog.getByRole('button', { name: 'Save in the draft' }));
  await dialog.waitFor({ state: 'detached' });
  await open.getByText(question).waitFor({ state: 'detached' });
  await hand.click(named(page, 'Send for approval'));
  await page.getByRole('heading', { level: 1, name: 'Charter v1, waiting for approval' }).waitFor();
  await expect.poll(() => named(page, 'Approve and put in force').count()).toBe(0);
  await here.leave(page);

  const second = await here.open(admin);
  await second.goto(`/c/${client.slug}`);
  await hand.click(second.getByRole('link', { name: /^Decide.*Approve or refuse a draft of the charter/ }));
  await hand.click(named(second, 'Approve and put in force'));
  await second.getByRole('heading', { level: 1, name: 'Charter v1, approved' }).waitFor();
  await hand.click(second.getByRole('link', { name: 'Charter', exact: true }).first());
  await second.getByText('Version 1 has been in force since Nov 24, 2026').waitFor();
  await expect
    .poll(() => second.getByText('YAML', { exact: false }).filter({ visible: true }).count())
    .toBe(0);
  expect(hand.clicks).toBe(10);
  await here.leave(second);
});

test('a typical client’s files become a charter in force, owners named, leavers in removal and a board report', async () => {
  const hand = mouse();
  const { id, slug } = await here.bylaw.client('Harrow Society', await associationProfile());
  const theo = await here.bylaw.person('technician', id, 'Theo Technician');
  const page = await here.open(theo);
  await page.goto(`/c/${slug}`);
  const step = region(page, /of what applies can be read$/);
  await step.waitFor();
  const readable = async () =>
    Number.parseInt((await step.getByRole('heading').first().textContent()) ?? '', 10);
  const before = await readable();
  // One readable control in a hundred is little, but not zero.
  expect(before).toBe(1);
  await hand.click(page.getByRole('link', { name: 'Import files' }));
  const place = page.getByRole('group', { name: 'Drop files or a whole folder here' });
  await hand.drop(page, place, [files]);
  // The preview starts with the number of verdicts that change.
  const effect = page.getByRole('heading', { name: /^\d+ controls become readable: .*\d+ fail/ });
  await effect.waitFor();
  await shot(page, 'preview');
  await hand.click(named(page, /^Store/));
  await page.getByRole('heading', { name: /^\d+ controls became readable/ }).waitFor();
  // Even if two files of one kind and day still need a decision.
  await page.getByText('19 in the import · 17 stored').waitFor();
  await expect.poll(readable).toBeGreaterThan(before + 15);
  await shot(page, 'stored');
  // The page names the file or answer that each unreadable control needs.
  const coverage = (await here.bylaw.owner.call('GET', `/clients/${slug}/coverage`)).body;
  await step.getByText(`What the other ${coverage.applicable - coverage.readable} controls need`).click();
  await expect
    .poll(() => step.locator('details a[href*="/controls/"]').count())
    .toBe(coverage.applicable - coverage.readable);

  // One button continues, without mentioning files or keys.
  await hand.click(step.getByRole('link', { name: /^Open charter.*Get a charter approved/ }));
  await hand.click(named(page, 'Start from Team on Business Premium'));
  const open = region(page, 'Still needs an answer');
  const answer = async (question: string, fill: (dialog: Locator) => Promise<void>) => {
    await hand.click(open.getByRole('button', { name: new RegExp(`^Answer.*${question}`) }));
    const dialog = page.getByRole('dialog', { name: new RegExp(question) });
    await fill(dialog);
    await hand.click(dialog.getByRole('button', { name: 'Save in the draft' }));
    await dialog.waitFor({ state: 'detached' });
    await open.getByText(question).waitFor({ state: 'detached' });
  };
  await open.waitFor();
  const all = open.getByRole('button', { name: /^Show all/ });
  if ((await all.count()) > 0) await hand.click(all);
  const choose = async (field: Locator, typed: string) => {
    await hand.type(field, typed);
    await hand.click(page.getByRole('option').filter({ hasText: OWNER }).first());
  };
  await answer('Name the account owner', (dialog) =>
    choose(dialog.getByRole('combobox', { name: 'Account owner', exact: true }), 'mara'),
  );
  await answer('Name who answers for the governance of Claude', async (dialog) => {
    await choose(dialog.getByRole('combobox', { name: 'Governance owner', exact: true }), 'mara');
    await hand.type(dialog.getByLabel('Name of the governance owner'), 'Mara Ellingsworth');
  });
  await hand.click(named(page, 'Send for approval'));
  await page.getByRole('heading', { level: 1, name: 'Charter v1, waiting for approval' }).waitFor();
  await here.leave(page);

  const second = await here.open(await here.bylaw.person('client_admin', id, 'Mara Admin'));
  await second.goto(`/c/${slug}`);
  await hand.click(second.getByRole('link', { name: /^Decide.*Approve or refuse a draft of the charter/ }));
  await hand.click(named(second, 'Approve and put in force'));
  await second.getByRole('heading', { level: 1, name: 'Charter v1, approved' }).waitFor();
  await hand.click(second.getByRole('link', { name: 'Home', exact: true }));
  await hand.click(second.getByRole('link', { name: /^Open people.*Remove the people who have left/ }));
  await hand.click(second.getByRole('link', { name: 'People who leave' }));
  const begin = second.getByRole('button', { name: /^Start offboarding/ });
  await begin.first().waitFor();
  for (let left = await begin.count(); left > 0; left -= 1) {
    await hand.click(begin.first());
    const leaving = second.getByRole('dialog');
    const day = leaving.getByLabel('Last day of work');
    if ((await day.inputValue()) === '') await hand.type(day, '2026-11-24');
    await hand.type(leaving.getByLabel('Owner'), 'Wilma Birch');
    await hand.click(leaving.getByRole('button', { name: 'Start' }));
    await leaving.waitFor({ state: 'detached' });
    await expect.poll(() => begin.count()).toBe(left - 1);
  }
  await hand.click(second.getByRole('link', { name: 'Home', exact: true }));
  await hand.click(second.getByRole('link', { name: 'Board report' }));
  await hand.click(named(second, 'Create report'));
  await second.waitForURL(/\/reports\/[\w-]{36}/);
  const { body } = await here.bylaw.owner.call('GET', `/clients/${slug}/coverage`);
  // Every remaining control needs a single file or answer, or is shown as out of reach.
  const brought = body.steps.flatMap(({ controls }: { controls: unknown[] }) => controls);
  expect(body.readable + brought.length + body.closed.length).toBe(body.applicable);
  expect({ clicks: hand.clicks, keys: hand.keys }).toEqual({ clicks: 27, keys: 58 });
  await here.leave(second);
});

test('a control asks for one fact, and the answer waits in a draft for a second person', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/controls/OPS-02`);
  await page.getByText('Name who answers for the governance of Claude in the charter.').waitFor();
  await page.getByRole('link', { name: 'Answer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Your answer starts a draft of the charter.').waitFor();
  await dialog.getByRole('button', { name: 'Save in the draft' }).waitFor();
  const owner = dialog.getByRole('combobox', { name: 'Governance owner', exact: true });
  await owner.fill('mara@alder.example.org');
  await owner.press('Enter');
  await dialog.getByRole('button', { name: 'Save in the draft' }).click();
  await dialog.getByText('This is required too.').waitFor();
  await dialog.getByLabel('Name of the governance owner').fill('Mara Ellingsworth');
  await shot(page, 'answer-control');
  await expectAccessible(page);
  await expectMessage(page, 'It takes effect once it is approved.', () =>
    dialog.getByRole('button', { name: 'Save in the draft' }).click(),
  );
  await dialog.waitFor({ state: 'detached' });
  // It does not affect verdicts yet.
  await page.getByText('Name who answers for the governance of Claude in the charter.').waitFor();
  await page.goto(`/c/${client.slug}/charter`);
  await page.getByRole('link', { name: 'Answers to open questions' }).click();
  await page.getByRole('table', { name: 'Changes' }).getByText('mara@alder.example.org').waitFor();
  await here.leave(page);
});

test('Home has one task for each area, and asks its questions one after the other', async () => {
  const page = await here.open(technician, { viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
  await page.goto(`/c/${client.slug}?all=do`);
  const task = page.getByRole('listitem').filter({ hasText: 'Decide on people and accounts in the charter' });
  await expect.poll(() => task.count()).toBe(1);
  await shot(page, 'home-320-dark');
  await task.getByRole('link', { name: /^Answer/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^Question 1 of \d+$/).waitFor();
  await expectAccessible(page);
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await shot(page, 'answer-320-dark');
  await dialog.getByRole('button', { name: 'Skip this question' }).click();
  await dialog.getByText(/^Question 2 of \d+$/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await here.leave(page);
});

test('no list of work names a key', async () => {
  const keys = /`|"[a-z]+[A-Z.][A-Za-z.]*"|\b[a-z]+[A-Z][A-Za-z]+\b/;
  const { doNow } = (await technician.call('GET', `/clients/${client.slug}/home`)).body;
  const { items } = (await technician.call('GET', `/work?client=${client.slug}&limit=200`)).body;
  const bring = doNow.filter(({ kind }: { kind: string }) => kind === 'bring');
  expect(bring.length).toBeGreaterThan(5);
  for (const { title } of [...bring, ...items]) expect(title).not.toMatch(keys);
  expect(items.length).toBeGreaterThan(5);
});
// Guide: G2.2-17 G2.2-24
