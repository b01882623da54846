import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
} from '../support/console-browser.ts';
import { inLooks } from '../support/looks.ts';
import { installed, run } from '../support/programs.ts';
import { settled } from '../support/settled.ts';
import { it, test } from '../support/two-runs.ts';

/** From opening the planner to two pages for the budget meeting, in a real browser. */
let here: ConsoleBrowser;
let client: { id: string; slug: string };

beforeAll(async () => {
  here = await openConsole();
  const facts = { claudeSeats: 70, staffCount: 61, swg: 'none', siem: 'none' };
  client = await here.bylaw.client('Alder Society', facts);
});
afterAll(() => here.close());

const at = (rest = '') => `/c/${client.slug}/planner${rest}`;

it('a comparison is built, priced by a quote, saved, opened again and printed', async () => {
  const dana = await here.bylaw.person('technician', client.id, 'Dana Whitlock');
  const page = await here.open(dana);
  const heard = complaints(page);
  await page.goto(at('?sets=%3B'));
  await page.getByText('No set to compare.').waitFor();
  await page.getByRole('button', { name: 'Add a set' }).first().click();
  const choose = page.getByRole('dialog', { name: /^Purchases of set A/ });
  await choose.getByLabel('Search').fill('claude');
  await expect.poll(() => choose.getByLabel(/^Claude Team/).isDisabled()).toBe(true);
  await choose.getByText('This client has it.').waitFor();
  await choose.getByLabel(/^Claude Enterprise/).check();
  await choose.getByLabel('Search').fill('gateway');
  await choose.getByLabel(/^A secure web gateway/).check();
  await choose.getByText('2 purchases chosen').waitFor();
  await expectAccessible(page);
  await choose.getByRole('button', { name: 'Compare' }).click();

  const matrix = page.getByRole('region', { name: 'Sets compared with today, table' });
  const month = matrix.getByRole('row', { name: /^Added each month/ });
  const setA = month.getByRole('cell').nth(1);
  await setA.getByText('Not known').waitFor();
  await setA.getByText('No price of Claude Enterprise is known.').waitFor();

  const enter = async (purchase: string, amount: string) => {
    await page.getByRole('button', { name: `Enter a quote for ${purchase}` }).click();
    const dialog = page.getByRole('dialog', { name: new RegExp(`^Quote for ${purchase}`) });
    await dialog.getByLabel('US dollars each month').fill('twelve');
    await dialog.getByRole('button', { name: 'Save the quote' }).click();
    await dialog.getByText('Enter an amount in US dollars').waitFor();
    await dialog.getByLabel('US dollars each month').fill(amount);
    await dialog.getByRole('button', { name: 'Save the quote' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await enter('Claude Enterprise', '38');
  // The gateway has no price yet, so the known sum is not a total.
  await setA.getByText('At least $910').waitFor();
  await enter('A secure web gateway with TLS inspection', '$5.00');
  await setA.getByText('$1,215', { exact: true }).waitFor();
  await setA.getByText('70 seats × $38, 61 staff × $5, less $1,750 for Claude Team').waitFor();
  await page
    .getByText(/^Quote entered by Dana Whitlock/)
    .first()
    .waitFor();

  await page
    .getByLabel('Goal', { exact: true })
    .selectOption({ label: 'Refusing personal Claude accounts on our network' });
  await page
    .getByText(/^The cheapest way with a known price: Claude Enterprise, \$910 each month\./)
    .waitFor();
  await page.getByRole('button', { name: 'Compare the way to Refusing personal Claude accounts' }).click();
  await matrix.getByText('Cheapest for your goal').waitFor();
  await matrix
    .getByRole('button', { name: /more than today: list what set B adds/ })
    .last()
    .click();
  const panel = page.getByRole('complementary', { name: 'What set B adds' });
  await panel.getByRole('link', { name: /ACC-15/ }).waitFor();
  await panel.getByRole('button', { name: 'Close the panel' }).click();
  await matrix.getByRole('button', { name: 'Member data uploaded to a personal Claude session' }).click();
  await matrix.getByText('What remains.').waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Save comparison' }).click();
  const save = page.getByRole('dialog', { name: /^Save comparison/ });
  await save.getByLabel('Name').fill('Budget 2027');
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('“Budget 2027”, saved by Dana Whitlock').waitFor();
  await page.goto(at());
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: 'Budget 2027' }).click();
  await setA.getByText('$1,215', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('“Budget 2027”, saved by Dana Whitlock').waitFor();
  await setA.getByText('$1,215', { exact: true }).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Print for the budget meeting' }).click(),
  ]);
  const pdf = await readFile(await download.path());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  if (installed('pdftotext', ['-v'])) {
    const words = run('pdftotext', ['-', '-'], pdf).replaceAll('\u200b', '').replace(/\s+/g, ' ');
    for (const one of ['Budget 2027', '$1,215', 'Page 2 of 2']) expect(words).toContain(one);
  }
  expect(heard).toEqual([]);
  await here.leave(page);
});

test('the second person to save is warned, and may keep theirs beside it', async () => {
  const { owner } = here.bylaw;
  const made = await owner.call('POST', `/clients/${client.slug}/planner/comparisons`, {
    name: 'Two of us',
    sets: 'claude:enterprise',
  });
  const page = await here.open(owner);
  await page.goto(at());
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: 'Two of us' }).click();
  await page.getByText('“Two of us”, saved by').waitFor();
  const theirs = await owner.call('PUT', `/clients/${client.slug}/planner/comparisons/${made.body.id}`, {
    name: 'Two of us',
    sets: 'gateway',
    version: 1,
  });
  expect(theirs.status).toBe(200);
  await page.getByRole('button', { name: 'Save comparison' }).click();
  const save = page.getByRole('dialog', { name: /^Save comparison/ });
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await save.getByText(/changed this comparison meanwhile/).waitFor();
  await save.getByLabel('As a new comparison').check();
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await save.waitFor({ state: 'detached' });
  const { items } = (await owner.call('GET', `/clients/${client.slug}/planner/comparisons`)).body;
  const sets = items.filter(({ name }: { name: string }) => name === 'Two of us');
  expect(sets.map((one: { sets: string }) => one.sets).sort()).toEqual(['claude:enterprise', 'gateway']);
  await here.leave(page);
});

it('an auditor compares and enters nothing', async () => {
  const auditor = await here.bylaw.person('auditor', client.id, 'Ana Auditor');
  const page = await here.open(auditor);
  await page.goto(at('?sets=claude%3Aenterprise%3Bsiem&row=sensitive_uploads'));
  await page.getByRole('heading', { name: 'Best value' }).waitFor();
  await settled(page);
  await expect.poll(() => page.getByRole('button', { name: /quote|Save comparison/i }).count()).toBe(0);
  await inLooks()(page);
  await here.leave(page);
});

test('in a narrow window, what stands over all columns of the comparison stays in sight', async () => {
  const page = await here.open(here.bylaw.owner, { viewport: { width: 320, height: 720 } });
  await page.goto(at());
  const matrix = page.getByRole('region', { name: 'Sets compared with today, table' });
  for (const part of [
    matrix.getByRole('button', { name: /with the same coverage as today$/ }),
    matrix.getByText('Risks in the guide, section 4.1: what would reduce each one'),
  ]) {
    await part.waitFor();
    await expect
      .poll(async () => {
        const box = await part.boundingBox();
        return box === null ? Number.POSITIVE_INFINITY : box.x + box.width;
      })
      .toBeLessThanOrEqual(320);
  }
  await here.leave(page);
});
