import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { importing } from '../imports/testing/importing.ts';
import { type TestDeployment, testDeployment } from './testing.ts';

let on: TestDeployment;
let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

const ROSTER = `Name,Work email,Employment status
Dana Whitlock,dana@alder.example.org,Active
Kim Osei,kim@alder.example.org,Active
Noor Vasquez,noor@alder.example.org,Active
Private Person,private@gmail.com,Active
Gone Before,gone@alder.example.org,Left
`;

async function staffed(name: string): Promise<string> {
  const { slug } = await bylaw.client(name, { domains: ['alder.example.org'] });
  on.later();
  await importing(bylaw, me, slug).all([{ name: 'staff.csv', bytes: ROSTER }]);
  return slug;
}
const path = (slug: string) => `/clients/${slug}/deployment/announcement`;
const preview = async (slug: string) => (await me.call('GET', path(slug))).body;
const send = (slug: string, body: object) =>
  me.call('POST', path(slug), { subject: 'Claude is coming', text: 'Use our accounts.', mails: 3, ...body });

test('a preview shows what goes out, to whom and to whom not, and sends nothing', async () => {
  const slug = await staffed('Preview Guild');
  const before = bylaw.outbox.length;
  const shown = await preview(slug);
  expect(shown).toMatchObject({ mails: 3, why: null });
  expect(shown.text).toContain('Preview Guild is getting Claude');
  expect(shown.lines.map(({ name, state }: { name: string; state: string }) => `${name}: ${state}`)).toEqual([
    'Dana Whitlock: to_send',
    'Kim Osei: to_send',
    'Noor Vasquez: to_send',
    'Private Person: left_out',
  ]);
  expect(bylaw.outbox).toHaveLength(before);
});

test('each address gets it once; the text is kept, the journal says how many, and failures are said and sent again', async () => {
  const slug = await staffed('Announcing Guild');
  const before = bylaw.outbox.length;
  // The sender confirms the number of mails on the list.
  expect((await send(slug, { mails: 2 })).status).toBe(409);
  const handOver = bylaw.services.mail.send.bind(bylaw.services.mail);
  const refusing = vi.spyOn(bylaw.services.mail, 'send').mockImplementation(async (message) => {
    if (message.to === 'kim@alder.example.org')
      throw new Error('The mail server does not know this address.');
    return handOver(message);
  });
  const first = await send(slug, {});
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({
    sent: ['dana@alder.example.org', 'noor@alder.example.org'],
    failed: [{ address: 'kim@alder.example.org', name: 'Kim Osei' }],
    reached: 2,
  });
  expect(first.body.failed[0].why).toBe('The mail server does not know this address.');
  const mails = bylaw.outbox.slice(before);
  expect(mails.map(({ to }) => to).sort()).toEqual(['dana@alder.example.org', 'noor@alder.example.org']);
  expect(mails[0]).toMatchObject({
    subject: 'Claude is coming',
    text: 'Use our accounts.',
    replyTo: me.email,
  });
  const kept = await me.call('GET', `/clients/${slug}/evidence/${first.body.sha256}/file`);
  expect(kept.status).toBe(200);
  expect(first.body.sha256).toBe(createHash('sha256').update(kept.bytes).digest('hex'));
  expect(kept.bytes.toString()).toMatch(/^Subject: Claude is coming\n\nUse our accounts\.\n/);
  expect(kept.bytes.toString()).toContain('one email to each of 3 addresses:\n  dana@alder.example.org\n');
  const written = (await on.task(slug, 'staff_told')).writes[0];
  expect(written.written).toContain('to 2 people');

  refusing.mockRestore();
  on.later();
  expect(await preview(slug)).toMatchObject({ mails: 1 });
  const again = await send(slug, { mails: 1 });
  expect(again.body).toMatchObject({ sent: ['kim@alder.example.org'], failed: [], reached: 3 });
  expect(bylaw.outbox.slice(before)).toHaveLength(3);
  on.later();
  expect((await send(slug, { mails: 1 })).status).toBe(409);
  expect(bylaw.outbox.slice(before)).toHaveLength(3);
  const records = await on.auditOf(slug, 'deployment.announcement.send');
  expect(records.length).toBeGreaterThanOrEqual(7);
});

test('nothing goes out without a roster, without mail, or from someone without permission', async () => {
  const { id, slug } = await bylaw.client('Unlisted Guild');
  expect(await preview(slug)).toMatchObject({ mails: null, why: expect.stringContaining('not known') });
  expect((await send(slug, {})).status).toBe(422);
  const auditor = await bylaw.person('auditor', id);
  expect((await auditor.call('POST', path(slug), { subject: 'a', text: 'b', mails: 1 })).status).toBe(403);
});
// Guide: G2.1-06
