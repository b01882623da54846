import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { msg, pdf } from '../../src/sources/file-text/testing/files.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { type ConsoleBrowser, openConsole, sideways } from '../support/console-browser.ts';
import { policyIn } from '../support/fill.ts';
import { inLooks } from '../support/looks.ts';
import { it, test } from '../support/two-runs.ts';

/**
 * The page that prepares exports, in a real browser: without sign-in, without sending anything, and the resulting file.
 */
let here: ConsoleBrowser;
const inEachLook = inLooks();

beforeAll(async () => {
  here = await openConsole();
});
afterAll(() => here.close());

/** Waits until a page has loaded everything that it needs offline: its parsers and its fonts. */
async function complete(page: Page): Promise<void> {
  await page.locator('main:not([aria-busy="true"])').waitFor();
  await page.evaluate('document.fonts.ready.then(() => null)');
}

const MEMBERS =
  'Full name;E-Mail;Born;Zip;Chapter;Dues;Comment\r\n' +
  'Ann Lee;ann@example.org;1980-12-31;90210;North;-5;Call 555-010-0199 after six, she said to my colleague twice\r\n' +
  'Bob Ray;bob@example.org;1975-01-02;10001;=HYPERLINK("http://x");7;Moved away last spring to be nearer to his old family\r\n' +
  'ann lee;ANN@example.org;;90211;Łódź Ωж;12;Wants to be asked again about the venue of the next conference\r\n';

test('takes member data out of a list without sending anything anywhere', async () => {
  const page = await here.open(null);
  await page.goto('/prepare');
  await page.getByRole('heading', { name: 'Prepare an export for Claude' }).waitFor();
  await complete(page);
  // From here on, every request is recorded and refused, and the browser is offline.
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:')) asked.push(`${request.method()} ${request.url()}`);
  });
  await page.context().setOffline(true);

  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(MEMBERS) });
  await page.getByText('members.csv: 3 rows, 7 columns.').waitFor();
  await page.getByText('7 of 7 columns to decide.').waitFor();
  const make = page.getByRole('button', { name: 'Make the new file' });
  await expect.poll(() => make.isDisabled()).toBe(true);
  // Suggestions are applied only by a click.
  for (const [act, column] of [
    ['Replace by a code', 'Full name'],
    ['Replace by a code', 'E-Mail'],
    ['Keep the year only', 'Born'],
    ['Keep the first letters', 'Zip'],
  ] as const)
    await page.getByRole('button', { name: `${act}: ${column}` }).click();
  const choice = (column: string) => page.getByLabel(`What to do with ${column}`, { exact: true });
  await choice('Chapter').selectOption('keep');
  await choice('Dues').selectOption('keep');
  await expect
    .poll(() => choice('Chapter').locator('xpath=ancestor::li').getByText('Not recognized').count())
    .toBe(1);
  await choice('Comment').selectOption('keep');
  await page.getByText('Every column is decided.').waitFor();
  await make.click();

  const download = page.getByRole('button', { name: 'Download the new file' });
  await page.getByText(/^Comment: 1 cell looks like “Phone number”/).waitFor();
  await expect.poll(() => download.isDisabled()).toBe(true);
  await choice('Comment').selectOption('drop');
  await make.click();
  expect(await accessibilityFaults(page)).toEqual([]);
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await sideways(page)).toBe(0);
  if (wide !== null) await page.setViewportSize(wide);
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toBe('members-prepared.csv');
  const stream = await file.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString('utf8')).toBe(
    '\uFEFFFull name,E-Mail,Born,Zip,Chapter,Dues\r\n' +
      'Person-0001,Mail-0001,1980,902,North,-5\r\n' +
      `Person-0002,Mail-0002,1975,100,"'=HYPERLINK(""http://x"")",7\r\n` +
      'Person-0001,Mail-0001,,902,Łódź Ωж,12\r\n',
  );
  expect(asked).toEqual([]);
  expect(await page.evaluate('Object.keys(localStorage).length + Object.keys(sessionStorage).length')).toBe(
    0,
  );
  await page.context().close();
});

it('prepares an export on record: by the policy, with who did it, and without its content', async () => {
  const { owner } = here.bylaw;
  const client = await here.bylaw.client('Rowan Guild');
  const hr = await here.bylaw.person('hr', client.id);
  await policyIn(here.bylaw, `/clients/${client.slug}`, hr);
  const page = await here.open(owner);
  await page.goto(`/c/${client.slug}/prepare`);
  await page
    .getByText(/^Under the policy \(clause .*no column of member data may be kept as it is\.$/)
    .waitFor();
  await page.getByText(/^The charter does not say how long chats are kept\./).waitFor();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  const key = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  const list = `Full name,Email,Chapter,Remark\nAnn Lee,ann@example.org,North,${key}\nBob Ray,bob@example.org,South,none\n`;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  const choice = (column: string) => page.getByLabel(`What to do with ${column}`, { exact: true });
  await choice('Email').waitFor();
  await expect
    .poll(() => choice('Email').locator('option').allTextContents())
    .toEqual([
      'Choose',
      'Drop the column',
      'Replace by a code',
      'Keep the year only',
      'Keep the first letters',
    ]);
  for (const column of ['Full name', 'Email']) await choice(column).selectOption('pseudonym');
  await choice('Chapter').selectOption('keep');
  await choice('Remark').selectOption('drop');
  await page.getByRole('button', { name: 'Make the new file' }).click();
  await inEachLook(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the new file' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('members-prepared.csv');
  expect(sent.join()).not.toMatch(/ann@|Ann Lee|ghp_/u);
  const { body } = await owner.call('GET', `/clients/${client.slug}/audit?action=dlp.prepare`);
  expect(JSON.stringify(body)).toContain('members.csv');
  const alerts = await owner.call('GET', `/clients/${client.slug}/alerts`);
  expect(alerts.body.items).toMatchObject([{ detection: 'CLA-DET-98' }]);
  await here.leave(page);
});

test('may connect to nothing, by what the server tells the browser', async () => {
  const page = await here.open(null);
  const answer = await page.goto('/prepare');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toContain("form-action 'none'");
  expect(policy).toContain("default-src 'none'");
  expect(await page.evaluate("fetch('/api/v1/version').then(() => 'sent', (error) => error.name)")).toBe(
    'TypeError',
  );
  // Served as a separate file, the script would be subject to the console's content security policy.
  expect((await here.bylaw.inject({ method: 'GET', url: '/mask.html' })).bytes.toString()).not.toContain(
    'src/mask',
  );
  await here.leave(page);
});

it('says what a file contains and gives a copy without it, without sending anything', async () => {
  const page = await here.open(null);
  const answer = await page.goto('/check');
  expect(answer?.headers()['content-security-policy']).toContain("connect-src 'none'");
  await page.getByRole('heading', { name: 'Check before you share' }).waitFor();
  await complete(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:')) asked.push(`${request.method()} ${request.url()}`);
  });
  await page.context().setOffline(true);
  const put = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

  const letter = zipSync({
    'word/document.xml': strToU8(
      '<w:document><w:body><w:p><w:r><w:t>Ann Lee, SSN 433-</w:t></w:r><w:r><w:t>85-6478</w:t></w:r></w:p>' +
        '<w:p><w:t>The portal password is Sum</w:t><w:t>mer2026!x &amp; more</w:t></w:p></w:body></w:document>',
    ),
    'word/media/image1.png': strToU8('\u0089PNG', true),
  });
  await put('letter.docx', Buffer.from(letter));
  await page.getByRole('heading', { name: '2 things found in letter.docx' }).waitFor();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect.poll(() => row('Social Security number').textContent()).toContain('•••-••-••78');
  await expect.poll(() => row('Social Security number').textContent()).toContain('“ssn” is next to it');
  await page.getByText('letter.docx > word/media/image1.png: A picture.').waitFor();
  await inEachLook(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download a masked copy' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('letter-masked.txt');
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString('utf8').trim()).toBe(
    'Ann Lee, SSN [Social Security number]\nThe portal password is [Password in text] & more\n\n\nNot read: letter.docx > word/media/image1.png',
  );

  // A table stays one that spreadsheets open.
  await put(
    'members.csv',
    Buffer.from('Name,SSN,Chapter\nAnn Lee,433-85-6478,North\nBob Ray,074-57-2657,South\n'),
  );
  await page.getByRole('heading', { name: '2 things found in members.csv' }).waitFor();
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download a masked copy' }).click(),
  ]);
  expect(table.suggestedFilename()).toBe('members-masked.csv');
  const cells: Buffer[] = [];
  for await (const part of await table.createReadStream()) cells.push(part as Buffer);
  expect(Buffer.concat(cells).toString('utf8').replace('\uFEFF', '')).toBe(
    'Name,SSN,Chapter\nAnn Lee,[Social Security number],North\nBob Ray,[Social Security number],South\n',
  );

  // Finding nothing proves nothing, and an unreadable file is not an empty one.
  await page.getByLabel('Or paste a text').fill('Draft a letter to new members.');
  await page.getByRole('button', { name: 'Check the text' }).click();
  await page.getByText('That does not mean there is nothing in it.').waitFor();
  await put('minutes.pdf', Buffer.from(pdf('BT /F 12 Tf 10 100 Td (SSN 433-85-6478) Tj ET')));
  await page.getByRole('heading', { name: '1 thing found in minutes.pdf' }).waitFor();
  await put('dues.msg', Buffer.from(msg({ '1000001F': 'SSN 433-85-6478' }, {})));
  await page.getByRole('heading', { name: '1 thing found in dues.msg' }).waitFor();
  await put(
    'reply.eml',
    Buffer.from('Subject: Dues\nContent-Transfer-Encoding: base64\n\nU1NOIDQzMy04NS02NDc4'),
  );
  await page.getByRole('heading', { name: '1 thing found in reply.eml' }).waitFor();
  await put('broken.docx', Buffer.from('PK\u0003\u0004 and then nothing'));
  await page.getByRole('heading', { name: 'broken.docx was not read' }).waitFor();
  await page.getByText('What it contains is not known.').waitFor();
  expect(asked).toEqual([]);
  await page.context().close();
});

test('reads workbooks by sheet, refuses what it cannot read, and fits a phone', async () => {
  const page = await here.open(null, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  await page.goto('/prepare');
  const put = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const sheet = (rows: string[][]) => ({ data: rows.map((row) => row.map((value) => ({ value }))) });
  const workbook = await writeXlsxFile([
    { ...sheet([['Note'], ['See the other sheet']]), sheet: 'About' },
    {
      ...sheet([
        ['Surname', 'Status'],
        ['Lee', 'Active'],
      ]),
      sheet: 'Members',
    },
  ] as never).toBuffer();
  await put('members.xlsx', workbook);
  await page.getByLabel('Sheet').selectOption({ label: 'Members' });
  await page.getByText('members.xlsx: 1 row, 2 columns.').waitFor();
  await page.getByText('Name of a person').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  await put('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  await page.getByText(/workbook in the old format/).waitFor();
  await put('empty.csv', Buffer.alloc(0));
  await page.getByText('The file is empty.').waitFor();
  await here.leave(page);
});
// Guide: G3.3-07
