import { afterAll, expect, it } from 'vitest';
import { runJobs } from '#features/retention/testing.ts';
import { testConsole } from '#server/testing/console.ts';

/** Mail programs make links of addresses within a text, so no name in a mail may hold one. */
const NAME = 'Alder, confirm at https://evil.example/x';

const bylaw = await testConsole({ now: new Date('2026-11-20T12:00:00Z') });
afterAll(() => bylaw.close());

it('names no link in the mails that Bylaw sends by itself or at the end of a setting', async () => {
  const client = await bylaw.client(NAME);
  const owner = await bylaw.person('owner', null, NAME);
  const path = `/clients/${client.slug}`;
  const weekly = {
    version: 1,
    on: true,
    recipients: ['dana@alder.example.org'],
    attach: false,
    folder: false,
  };
  expect((await owner.call('PUT', `${path}/usage/weekly`, weekly)).status).toBe(200);
  const schedule = { cadence: 'monthly', onDay: 1, recipients: ['board@alder.example.org'] };
  expect((await owner.call('POST', `${path}/report-schedules`, schedule)).status).toBe(201);
  const { version } = (await owner.call('GET', '/settings')).body;
  const heads = { every: 'day', to: ['heads@alder.example.org'] };
  const set = await owner.call('PUT', '/settings/audit-heads', { version, mail: heads });
  expect(set.status).toBe(200);
  await owner.call('PUT', '/settings/audit-heads', { version: set.body.version, mail: null });
  bylaw.setNow(new Date('2026-12-01T12:00:00Z'));
  await runJobs(bylaw, /weekly usage/, /reports/);
  expect(bylaw.outbox.map(({ to }) => to).toSorted()).toEqual(
    expect.arrayContaining(['board@alder.example.org', 'dana@alder.example.org', 'heads@alder.example.org']),
  );
  const said = bylaw.outbox.filter(({ subject, text }) => `${subject}\n${text}`.includes('evil'));
  expect(said.length).toBeGreaterThan(2);
  for (const { subject, text } of said)
    expect(`${subject}\n${text}`).not.toMatch(/https?:\/\/evil|evil\.example/u);
});
