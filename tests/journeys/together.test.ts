import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { settled } from '../support/settled.ts';

/** Two people work on the same client: each sees the other's changes, and neither overwrites them. */
const MEMBERS = `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Tobin Achterberg,tobin@alder.example.org,User,Standard,Active
`;
const ROSTER = `Name,Email,Status,Department
Mara Ellingsworth,mara@alder.example.org,Active,Office
Tobin Achterberg,tobin@alder.example.org,Left,Field
`;
let here: ConsoleBrowser;
let client: { id: string; slug: string };
let dana: TestPerson;
let sam: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  client = await here.bylaw.client('Alder Society');
  dana = await here.bylaw.person('client_admin', client.id, 'Dana Whitlock');
  sam = await here.bylaw.person('client_admin', client.id, 'Sam Okafor');
});
afterAll(() => here.close());

const stored = async () => (await dana.call('GET', `/clients/${client.slug}`)).body;

test('what one person imports appears on another’s Home without their doing anything', async () => {
  const theirs = await here.open(sam);
  await theirs.goto(`/c/${client.slug}`);
  await theirs.getByRole('region', { name: 'Current status' }).waitFor();
  await theirs.evaluate('globalThis.__same = true');
  const leavers = theirs.getByRole('heading', { name: 'Remove the people who have left from Claude' });
  await expect.poll(() => leavers.count()).toBe(0);

  const mine = await here.open(dana);
  await mine.goto(`/c/${client.slug}/imports`);
  await mine
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'members-2026-11-24.csv', mimeType: 'text/csv', buffer: Buffer.from(MEMBERS) },
      { name: 'roster-2026-11-24.csv', mimeType: 'text/csv', buffer: Buffer.from(ROSTER) },
    ]);
  const store = mine.getByRole('button', { name: /^Store/ });
  await store.waitFor();
  // Nothing takes effect before it is stored.
  await expect.poll(() => leavers.count()).toBe(0);
  await store.click();

  await leavers.waitFor();
  expect(await theirs.evaluate('globalThis.__same')).toBe(true);
  await here.leave(mine);
  await here.leave(theirs);
});

test('when two people edit one profile, the second sees both and chooses, with nothing lost', async () => {
  const [mine, theirs] = [await here.open(dana), await here.open(sam)];
  for (const page of [mine, theirs]) {
    await page.goto(`/c/${client.slug}/settings`);
    await settled(page);
  }
  await theirs.getByLabel('Claude seats bought').fill('71');
  await mine.getByLabel('Staff', { exact: true }).fill('64');
  await expectMessage(mine, 'Saved. The controls are being re-evaluated.', () =>
    mine.getByRole('button', { name: 'Save profile' }).click(),
  );

  // The notice appears while they type, and their input is kept.
  const reported = theirs.getByRole('alert').filter({ hasText: 'changed this' });
  await reported.waitFor();
  await reported.getByText('Your changes are not saved yet').waitFor();
  await expect.poll(() => theirs.getByLabel('Claude seats bought').inputValue()).toBe('71');
  expect((await stored()).profile).toMatchObject({ staffCount: 64 });
  expect((await stored()).profile.claudeSeats).toBeUndefined();

  await reported.getByRole('button', { name: 'Show both' }).click();
  await reported.getByText('64', { exact: true }).first().waitFor();
  await reported.getByText('71', { exact: true }).first().waitFor();
  await reported.getByRole('button', { name: 'Use theirs' }).click();
  await reported.waitFor({ state: 'detached' });
  await expect.poll(() => theirs.getByLabel('Staff', { exact: true }).inputValue()).toBe('64');
  expect((await stored()).profile.claudeSeats).toBeUndefined();

  // Based on the current version, the second edit succeeds and keeps the first one.
  await theirs.getByLabel('Claude seats bought').fill('71');
  await theirs.getByRole('button', { name: 'Save profile' }).click();
  await expect.poll(async () => (await stored()).profile.claudeSeats).toBe(71);
  expect((await stored()).profile.staffCount).toBe(64);
  await here.leave(mine);
  await here.leave(theirs);
});

test('someone who learns of the other only when saving is warned, and overwrites nothing', async () => {
  const theirs = await here.open(sam);
  // The connection for live changes is blocked, so the page cannot know.
  await theirs.route('**/api/v1/live', (route) => route.abort());
  await theirs.goto(`/c/${client.slug}/settings`);
  await settled(theirs);
  await theirs.getByLabel('Secure web gateway').selectOption('zscaler');
  const { version, name, profile } = await stored();
  const { name: _, ...kept } = profile;
  const first = await dana.call('PUT', `/clients/${client.slug}`, {
    version,
    name,
    profile: { ...kept, swg: 'netskope' },
  });
  expect(first.status).toBe(200);
  await theirs.getByRole('button', { name: 'Save profile' }).click();
  const reported = theirs.getByRole('alert').filter({ hasText: 'Dana Whitlock changed this' });
  await reported.waitFor();
  expect((await stored()).profile.swg).toBe('netskope');
  await reported.getByRole('button', { name: 'Overwrite with mine' }).click();
  await expect.poll(async () => (await stored()).profile.swg).toBe('zscaler');
  await theirs.context().close();
});

test('of two people deciding one request only the first decides; the second sees the outcome', async () => {
  const asked = await dana.call('POST', `/clients/${client.slug}/exceptions`, {
    control: 'CLA-ACC-07',
    items: null,
    reason: 'Handing over until January',
    owner: 'Mara Ellingsworth',
    until: '2026-12-31',
  });
  expect(asked.status).toBe(201);
  const theirs = await here.open(sam);
  await theirs.route('**/api/v1/live', (route) => route.abort());
  await theirs.goto(`/c/${client.slug}/exceptions?panel=${asked.body.id}`);
  await theirs.getByRole('button', { name: 'Approve…' }).click();
  const { version } = asked.body;
  const refused = await here.bylaw.owner.call(
    'POST',
    `/clients/${client.slug}/exceptions/${asked.body.id}/refuse`,
    { version, reason: 'They have left for good' },
  );
  expect(refused.status).toBe(201);
  await theirs
    .getByRole('dialog', { name: /Approve/ })
    .getByRole('button', { name: 'Approve' })
    .click();
  await theirs.getByText('Refused').first().waitFor();
  const { body } = await dana.call('GET', `/clients/${client.slug}/exceptions`);
  expect(body.items.find(({ id }: { id: string }) => id === asked.body.id)).toMatchObject({
    state: 'refused',
    decided: { by: 'Olive Owner' },
  });
  await theirs.context().close();
});
