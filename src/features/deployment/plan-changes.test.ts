import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { OWN_DOMAIN, type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

async function change(slug: string, more: object): Promise<void> {
  on.later();
  const { body } = await me.call('GET', `/clients/${slug}`);
  const { name, ...profile } = body.profile;
  const answer = await me.call('PUT', `/clients/${slug}`, {
    version: body.version,
    name,
    profile: { ...profile, ...more },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

test('a plan change in mid-deployment makes tasks needed, says since when, and loses no proof', async () => {
  const { id, slug } = await bylaw.client('Alder Society', {
    siem: 'none',
    m365: 'business_premium',
    domains: ['alder.example.org', OWN_DOMAIN],
  });
  await on.nameOwner({ id }, { telemetry: { endpoint: 'https://collector.alder.example.org:4318' } });
  await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05', 'CLA-VIS-06');
  expect(await on.task(slug, 'records_kept')).toMatchObject({ state: 'not_licensed', changed: null });
  expect(await on.task(slug, 'siem_connected')).toMatchObject({ state: 'not_needed', changed: null });
  const before = await on.show(slug);
  expect(before.changes).toEqual([]);

  await change(slug, { claudePlan: 'enterprise' });
  const after = await on.show(slug);
  const words = 'the plan changed from Claude Team to Claude Enterprise';
  expect(after.changes).toEqual([{ at: expect.any(String), on: '2026-11-24', by: 'Olive Owner', words }]);
  expect(after).toMatchObject({ plan: 'Claude Enterprise' });
  expect(await on.task(slug, 'records_kept')).toMatchObject({
    state: 'cannot_read',
    changed: `More has to be proved since Nov 24, 2026: ${words}.`,
  });
  expect((await on.task(slug, 'owner_named')).state).toBe('proved');
  // A task that the change did not affect does not mention it.
  expect((await on.task(slug, 'owner_named')).changed).toBeNull();
  expect(after.completion.proved).toBe(before.completion.proved);

  await change(slug, { siem: 'sentinel' });
  expect(await on.task(slug, 'siem_connected')).toMatchObject({
    changed: 'Needed since Nov 24, 2026: the SIEM changed from none to sentinel.',
  });
  await change(slug, { siem: 'none', m365: 'business_basic_standard' });
  expect(await on.task(slug, 'siem_connected')).toMatchObject({
    state: 'not_needed',
    changed: expect.stringMatching(
      /^Not needed since Nov 24, 2026: Microsoft 365 changed from .* and the SIEM changed/,
    ),
  });
  // Only plan changes are listed. A SIEM is a stage that may come later, or be declined with a reason.
  await change(slug, {
    staffCount: 12,
    siemLater: { is: 'planned', from: '2027-03-01', reason: 'New budget' },
  });
  expect(await on.task(slug, 'siem_connected')).toMatchObject({
    words: 'Planned as a later stage, from Mar 1, 2027',
    later: { is: 'planned', reason: 'New budget' },
  });
  await change(slug, { siemLater: { is: 'declined', reason: 'No one would watch it' } });
  expect((await on.task(slug, 'siem_connected')).words).toBe('Declined as a later stage');
  expect((await on.show(slug)).changes).toHaveLength(3);
});

test('the record names each change', async () => {
  const { slug } = await bylaw.client('Harrow Guild', { m365: 'business_premium' });
  await on.show(slug);
  await change(slug, { claudePlan: 'enterprise', m365: 'e5' });
  on.later();
  const { body } = await me.call('POST', `/clients/${slug}/deployment/records`, {});
  const file = await me.call('GET', `/clients/${slug}/deployment/records/${body.sha256}`);
  if (installed('pdftotext', ['-v'])) {
    const text = run('pdftotext', ['-', '-'], file.bytes).replaceAll('\u200b', '').replace(/\s+/g, ' ');
    expect(text).toContain('Changes of plan and licenses');
    expect(text).toContain('entered by Olive Owner: the plan changed from Claude Team to Claude Enterprise');
  }
  const shown = await on.show(slug);
  expect(shown.changes[0].words).toBe(
    'the plan changed from Claude Team to Claude Enterprise and Microsoft 365 changed from Microsoft 365 Business Premium to Microsoft 365 E5',
  );
  expect(shown.tasks.filter(({ changed }: Json) => changed !== null).length).toBeGreaterThan(0);
});
