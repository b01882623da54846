import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { TEST_NOW, type TestPerson } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { OWN_DOMAIN, type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

describe('the status of a deployment', () => {
  test('nothing is proved without evidence, and what waits says for what', async () => {
    const { slug } = await bylaw.client();
    const body = await on.show(slug);
    expect(body).toMatchObject({ proved: 0, next: 'owner_named', holder: null, plan: 'Claude Team' });
    expect(body.tasks.filter(({ state }: Json) => state === 'proved')).toEqual([]);
    const invite = await on.task(slug, 'invite_staff');
    expect(invite.state).toBe('locked');
    expect(invite.words).toMatch(/^Waits for tasks 1, 2, 3, /);
    expect(invite.locked.checks.map(({ control }: Json) => control)).toContain('CLA-CON-04');
    // Consent to the Microsoft 365 connector waits for the audit of sharing.
    const { slug: tenant } = await bylaw.client('Tenant Guild', { m365: 'business_premium' });
    const consent = await on.task(tenant, 'm365_consented');
    expect(consent.state).toBe('locked');
    expect(consent.locked.checks.map(({ control }: Json) => control)).toContain('CLA-M365-08');
    // Without a members file the list is null; an empty list would mean that everyone is invited.
    expect(invite.invite.addresses).toBeNull();
    expect(invite.invite.why).toContain('members file has not been provided');
  });

  test('someone new to the guide learns where, as whom, what is right and what to do otherwise', async () => {
    for (const claudePlan of ['team', 'enterprise'] as const) {
      const { slug } = await bylaw.client('Fresh Guild', { claudePlan, m365: 'business_premium' });
      for (const task of (await on.show(slug)).tasks) {
        expect(task.at.length, task.id).toBeGreaterThan(0);
        for (const place of task.at) {
          expect(place.here).toBe(place.href?.startsWith(`/c/${slug}/`) ?? false);
          // Instructions for a vendor's menus become outdated, so they carry the day on which they were checked.
          if (place.href?.startsWith('https://')) expect(place.checked, place.title).not.toBeNull();
        }
        expect(task.otherwise.length, task.id).toBeGreaterThan(0);
        // The console does not take entries as files in a folder, so questions must not mention them.
        const asked = task.proof.map(({ question }: Json) => question ?? '').join(' ');
        expect(asked, task.id).not.toMatch(/under “attestations”|`/);
        // A task that the plan or the licenses do not cover names a substitute.
        const lacks = task.proof.some(({ state }: Json) => state === 'not_licensed');
        if (lacks) expect(task.instead.length, task.id).toBeGreaterThan(0);
      }
    }
  });

  test('evidence opens what waited, and taking it back locks it again', async () => {
    const client = await bylaw.client('Alder Society', { domains: ['alder.example.org', OWN_DOMAIN] });
    const { slug } = client;
    expect((await on.task(slug, 'second_owner')).state).toBe('locked');
    // The charter does not name the account owner yet, so a statement about the account is not evidence.
    const [early = ''] = await on.attest(slug, 'CLA-ACC-01');
    expect((await on.task(slug, 'owner_named')).state).toBe('cannot_read');
    await on.nameOwner(client);
    const [first = ''] = await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    const named = await on.task(slug, 'owner_named');
    expect(named).toMatchObject({ state: 'proved', holding: { hold: 2, of: 2 } });
    expect(named.proof[0].evidence[0]).toMatchObject({ kind: 'attestations', observedOn: '2026-11-24' });
    expect((await on.task(slug, 'second_owner')).state).toBe('cannot_read');
    on.later();
    await me.call('POST', `/clients/${slug}/attestations/${first}/withdraw`, { reason: 'It was wrong.' });
    await me.call('POST', `/clients/${slug}/attestations/${early}/withdraw`, { reason: 'Too early.' });
    expect((await on.task(slug, 'owner_named')).state).toBe('cannot_read');
    expect((await on.task(slug, 'second_owner')).state).toBe('locked');
    // A statement about another person is not evidence, and another owner in Claude's members reopens the task
    // (G2.2-01).
    on.later();
    const other = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const stated = { control: 'CLA-ACC-01', holds: true, seen: '2026-11-24', note: 'Seen.' };
    expect((await other.call('POST', `/clients/${slug}/attestations`, stated)).status).toBe(201);
    expect((await on.task(slug, 'owner_named')).state).toBe('cannot_read');
    await on.attest(slug, 'CLA-ACC-01');
    expect((await on.task(slug, 'owner_named')).state).toBe('proved');
    await importing(bylaw, me, slug).all([
      {
        name: 'members.csv',
        bytes:
          'Name,Email,Role,Status\nNew Owner,new.owner@alder.example.org,Primary Owner,Active\nMay Member,may@alder.example.org,User,Active\n',
      },
    ]);
    expect(await on.task(slug, 'owner_named')).toMatchObject({
      state: 'fails',
      proof: expect.arrayContaining([
        expect.objectContaining({ reason: expect.stringContaining('new.owner') }),
      ]),
    });
  });

  test('the sandbox association: who is to be invited is the roster without the members', async () => {
    const client = await bylaw.client('Alder Society', { claudeSeats: 70 });
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
    const { invite } = await on.task(client.slug, 'invite_staff');
    const people = (await me.call('GET', `/clients/${client.slug}/people?tab=no_seat`)).body.items;
    expect(people.length).toBeGreaterThan(0);
    const addresses = people.flatMap((row: Json) => row.roster.flatMap((one: Json) => one.addresses));
    expect(addresses).toEqual(expect.arrayContaining(invite.addresses));
    expect(invite.addresses.length + invite.withoutAddress.length).toBe(people.length);
    expect(invite).toMatchObject({ rosterOn: expect.any(String), membersOn: expect.any(String) });
    const copy = (await on.task(client.slug, 'domain_verified')).copies[1];
    expect(copy).toMatchObject({ kind: 'command', text: 'nslookup -type=txt alder.example.org' });
    const counts = (await me.call('GET', `/clients/${client.slug}/frame`)).body.counts;
    expect(counts.deployment.open).toBe((await on.show(client.slug)).open);
  });

  test('an announcement is exported with everyone whom it has to reach, and nobody is made up', async () => {
    const bare = await bylaw.client('Unread Guild');
    const unknown = (await on.task(bare.slug, 'staff_told')).recipients;
    expect(unknown).toMatchObject({ count: null, why: expect.stringContaining('roster') });
    const refused = await me.call('GET', `/clients/${bare.slug}/deployment/recipients?format=csv`);
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringMatching(/^Who has to be notified/),
    ]);
    const client = await bylaw.client('Alder Society', { claudeSeats: 70 });
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
    const { recipients } = await on.task(client.slug, 'staff_told');
    const file = await me.call('GET', `/clients/${client.slug}/deployment/recipients?format=json`);
    const { rows } = JSON.parse(file.bytes.toString());
    expect(rows).toHaveLength(recipients.count);
    // The recipients are today's staff; the control compares the journal with the staff on that day, some of whom have
    // left.
    const reported = (await me.call('GET', `/clients/${client.slug}/controls/CLA-SHA-11`)).body;
    expect([recipients.count, reported.reason]).toEqual([
      61,
      expect.stringContaining('there were 63 people on staff'),
    ]);
    for (const row of rows) expect(row.address === null ? row.note : row.address).not.toBeNull();
    expect((await on.task(client.slug, 'owner_named')).recipients).toBeNull();
  });

  test('every line of the guide’s quick reference is a task', async () => {
    const { slug } = await bylaw.client();
    const rows = (await on.show(slug)).tasks.flatMap(({ guide }: Json) => guide);
    for (let line = 1; line <= 16; line += 1) expect(rows).toContain(`GA-${String(line).padStart(2, '0')}`);
    for (let item = 1; item <= 6; item += 1) expect(rows).toContain(`G2.1-0${item}`);
  });

  test('without the right to see controls there is nothing to see', async () => {
    const { id, slug } = await bylaw.client();
    const hr = await bylaw.person('hr', id);
    expect((await hr.call('GET', `/clients/${slug}/deployment`)).status).toBe(403);
  });
});

test('the deployment is handed over, and who held it before stays known', async () => {
  const { id, slug } = await bylaw.client();
  const hand = (person: TestPerson, body: object) =>
    person.call('POST', `/clients/${slug}/deployment/handovers`, body);
  const auditor = await bylaw.person('auditor', id);
  expect((await hand(auditor, { side: 'client', person: 'Odile Farrant' })).status).toBe(403);
  on.later();
  await hand(me, { side: 'msp', person: 'Dana Whitlock' });
  on.later();
  await hand(me, { side: 'client', person: 'Odile Farrant', note: 'Task 8 waits for DNS.' });
  const { holder, handovers } = await on.show(slug, auditor);
  expect(holder).toMatchObject({ side: 'client', person: 'Odile Farrant', note: 'Task 8 waits for DNS.' });
  expect(handovers.map(({ person }: Json) => person)).toEqual(['Odile Farrant', 'Dana Whitlock']);
  // Records that are otherwise immutable are removed with the client, too.
  await me.call('POST', `/clients/${slug}/deployment/overrides`, { task: 'invite_staff', reason: 'Soon.' });
  const removed = await me.call('DELETE', `/clients/${slug}`, { name: 'Alder Society' });
  expect(removed).toMatchObject({ status: 200, body: { removed: true } });
});
// Guide: G1.1-01 G2.1-00 G2.1-01 G2.1-02 G2.1-05 G2.1-06 G2.2-01 G2.2-02 G2.2-04 G2.2-09 G2.2-14 G2.2-15
// Guide: G2.2-19 G6.4-02 G6.4-03 GA-00 GA-01 GA-02 GA-03 GA-04 GA-05 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11
// Guide: GA-12 GA-13 GA-14 GA-15 GA-16
