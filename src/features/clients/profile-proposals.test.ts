import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';

const HOUR = 3_600_000;
const HOURS = { start: '08:00', end: '18:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
const PROFILE = {
  domains: ['example.org'],
  holidays: ['2026-11-26', '2026-12-25'],
  normalHours: HOURS,
  timezone: 'America/New_York',
};

/** Nobody narrows by themselves what activities are compared with. */
describe('a profile change that makes rules find less', () => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string };
  let tech: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    bylaw.setNow(TEST_NOW);
    alder = await bylaw.client('Alder Society', PROFILE);
    tech = await bylaw.person('technician', alder.id, 'Tara Tech');
  });

  const at = (path = '') => `/clients/${alder.slug}${path}`;
  const shown = async (by = bylaw.owner) => (await by.call('GET', at())).body;
  async function change(by: TestPerson, parts: object) {
    const { name, version, profile } = await shown(by);
    const { name: _, ...rest } = profile;
    const next = JSON.parse(JSON.stringify({ ...rest, ...parts }));
    const { status, body } = await by.call('PUT', at(), { name, version, profile: next });
    expect([status, body.message]).toEqual([200, undefined]);
    return body;
  }
  const judged = () =>
    bylaw.services.store.read([alder.id], (tx) =>
      tx
        .selectFrom('client_judged_settings')
        .select('value')
        .where('client_id', '=', alder.id)
        .orderBy('from_at')
        .execute(),
    );
  const approve = (by: TestPerson, proposed: string) => by.call('POST', at('/profile/approve'), { proposed });
  const withdraw = (by: TestPerson, proposed: string) =>
    by.call('POST', at('/profile/withdraw'), { proposed, reason: 'Not agreed' });

  it.each([
    ['more domains', { domains: ['example.org', 'private.example'] }],
    ['a day off that counts again', { holidays: ['2026-11-26'] }],
    ['hours that reach further', { normalHours: { ...HOURS, end: '23:00' } }],
    ['more days of the week', { normalHours: { ...HOURS, days: [...HOURS.days, 'sun'] } }],
    ['hours past midnight', { normalHours: { ...HOURS, start: '08:00', end: '02:00' } }],
    ['the whole day', { normalHours: { ...HOURS, start: '09:00', end: '09:00' } }],
    ['no hours at all', { normalHours: undefined }],
    ['another clock', { timezone: 'Asia/Tokyo' }],
  ])('waits for a second person: %s', async (_, parts) => {
    const after = await change(tech, { ...parts, swg: 'zscaler' });
    expect(after.profile).toMatchObject({ ...PROFILE, swg: 'zscaler' });
    const [[part, value]] = Object.entries(parts) as [[string, unknown]];
    expect(after.proposed).toMatchObject({ by: 'Tara Tech', profile: { [part]: value ?? null } });
    expect(await judged()).toEqual([]);
    const { id } = after.proposed;
    expect((await approve(tech, id)).body.message).toContain('You proposed this change');
    expect((await approve(bylaw.owner, id)).status).toBe(201);
    const now = await shown();
    expect([now.profile[part], now.proposed]).toEqual([value, null]);
    expect((await approve(bylaw.owner, id)).status).toBe(409);
  });

  it.each([
    ['fewer domains', { domains: ['example.org'] }, { domains: ['example.org', 'example.com'] }],
    ['another day off', { holidays: [...PROFILE.holidays, '2026-12-24'] }, {}],
    [
      'a day off that is over',
      { holidays: PROFILE.holidays },
      { holidays: ['2026-11-01', ...PROFILE.holidays] },
    ],
    ['shorter hours', { normalHours: { ...HOURS, end: '17:00' } }, {}],
    ['the first hours', { normalHours: HOURS }, { normalHours: undefined }],
    ['a clock without hours', { timezone: 'Asia/Tokyo' }, { normalHours: undefined }],
  ])('takes effect at once if they find more or the same: %s', async (_, parts, first) => {
    alder = await bylaw.client('Rowan Guild', { ...PROFILE, ...first });
    const eve = await bylaw.person('technician', alder.id, 'Eve Tech');
    const after = await change(eve, parts);
    expect([after.proposed, after.profile]).toMatchObject([null, parts]);
  });

  it('keeps a waiting change through another save; a new loosening one or a withdrawal ends it', async () => {
    const { proposed: first } = await change(tech, { normalHours: { ...HOURS, end: '23:00' } });
    expect((await change(bylaw.owner, { staffCount: 31 })).proposed.id).toBe(first.id);
    const { proposed: second } = await change(bylaw.owner, { domains: ['example.org', 'example.net'] });
    expect(second.profile).toEqual({ domains: ['example.org', 'example.net'] });
    expect((await approve(bylaw.owner, first.id)).status).toBe(409);
    expect((await approve(bylaw.owner, second.id)).status).toBe(403);
    const rowan = await bylaw.client('Rowan Guild');
    const other = await bylaw.person('technician', rowan.id, 'Other Tech');
    expect((await approve(other, second.id)).status).toBe(404);
    const elsewhere = await bylaw.owner.call('POST', `/clients/${rowan.slug}/profile/approve`, {
      proposed: second.id,
    });
    expect(elsewhere.status).toBe(409);
    const auditor = await bylaw.person('auditor', alder.id);
    expect((await approve(auditor, second.id)).status).toBe(403);
    expect((await withdraw(tech, second.id)).body.proposed).toBeNull();
    expect((await approve(tech, second.id)).status).toBe(409);
    expect((await shown()).profile.domains).toEqual(['example.org']);
  });

  it('waits too where it came as a file, and the import says so', async () => {
    const files = importing(bylaw, tech, alder.slug);
    const bytes = 'name: Alder Society\ndomains: [example.org, private.example]\nclaudePlan: enterprise\n';
    const id = await files.start();
    await files.add(id, { name: 'client.yaml', bytes });
    await files.read(id);
    const { facts } = await files.preview(id);
    const stored = await files.store(id, facts, { profile: true });
    expect(stored.body).toMatchObject({
      stored: true,
      says: expect.stringContaining(
        'with which detections would find less wait until someone else approves them',
      ),
    });
    const { profile, proposed } = await shown();
    expect(profile).toMatchObject({ domains: ['example.org'], claudePlan: 'enterprise' });
    expect(proposed).toMatchObject({
      by: 'Tara Tech',
      profile: { domains: ['example.org', 'private.example'] },
    });
    expect((await approve(tech, proposed.id)).status).toBe(403);
    expect((await approve(bylaw.owner, proposed.id)).body.profile.domains).toHaveLength(2);
  });

  it('is approved once where several approve and withdraw at once', async () => {
    const { proposed } = await change(tech, { normalHours: { ...HOURS, end: '23:00' } });
    const second = await bylaw.person('client_admin', alder.id, 'Adele Admin');
    const answers = await Promise.all([
      approve(bylaw.owner, proposed.id),
      approve(second, proposed.id),
      withdraw(tech, proposed.id),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const { items } = (await bylaw.owner.call('GET', at('/audit?limit=50'))).body;
    const acts = items.map(({ action }: { action: string }) => action);
    expect(acts.filter((action: string) => /\.(?:approve|withdraw)_profile$/u.test(action))).toHaveLength(1);
  });

  it('appears under work to do, and applies from the next day once it is approved', async () => {
    const { proposed } = await change(tech, { normalHours: { ...HOURS, end: '23:00' } });
    const { items } = (await bylaw.owner.call('GET', at('/work?limit=50'))).body;
    expect(items.map(({ title }: { title: string }) => title)).toContain(
      'A change to domains, days off, hours or the time zone waits for a second person',
    );
    bylaw.setNow(new Date(TEST_NOW.getTime() + HOUR));
    expect((await approve(bylaw.owner, proposed.id)).status).toBe(201);
    expect((await judged()).map(({ value }) => value.normalHours?.end)).toEqual(['18:00', '23:00']);
  });

  it('takes effect at once if no one else could approve it, and the record says so', async () => {
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: TEST_NOW }).where('id', '!=', bylaw.owner.id).execute(),
    );
    const after = await change(bylaw.owner, { domains: ['example.org', 'example.net'] });
    expect([after.proposed, after.profile.domains]).toEqual([null, ['example.org', 'example.net']]);
    const { items } = (await bylaw.owner.call('GET', at('/audit?limit=50'))).body;
    const line = items.find(({ action }: { action: string }) => action === 'clients.update');
    const record = await bylaw.owner.call('GET', at(`/audit/records/${line.seq}`));
    expect(JSON.parse(record.body.body).after).toMatchObject({ alone: true });
  });
});
// Guide: G7.1-05
