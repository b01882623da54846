import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { countsOn } from '#store/verdicts/over-time.ts';
import { storeFacts } from '../verdicts/testing.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let me: TestPerson;

beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society', { claudeSeats: 70 });
  me = bylaw.owner;
});
afterAll(() => bylaw.close());

const home = async (person = me) => (await person.call('GET', `/clients/${alder.slug}/home`)).body;
const at = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);

async function exception(state: string, requestedBy: TestPerson, until: string): Promise<string> {
  const id = randomUUID();
  await bylaw.services.store.write([alder.id], (tx) =>
    tx
      .insertInto('exceptions')
      .values({
        id,
        client_id: alder.id,
        control_id: 'CLA-ACC-07',
        items: null,
        reason: 'Handover of the dues project',
        owner: 'Mara Ellingsworth',
        from_day: '2026-11-01',
        until_day: until,
        state,
        requested_by: requestedBy.id,
        requested_by_name: requestedBy.name,
        requested_at: TEST_NOW,
        decided_by: null,
        decided_by_name: null,
        decided_at: null,
        decision_note: null,
        ended_by: null,
        ended_at: null,
        ended_reason: null,
      })
      .execute(),
  );
  return id;
}

describe('Home', () => {
  test('before anything is brought it asks for files, and says nothing of a last visit', async () => {
    const body = await home();
    expect(body.asOf).toBeNull();
    expect(body.changes).toEqual({ since: null, items: [], catalogue: [] });
    expect(body.client).toMatchObject({
      plan: 'Claude Team',
      seats: { used: null, bought: 70 },
      charter: null,
    });
    expect(body.doNow[0]).toMatchObject({ kind: 'bring', state: 'cannot_read' });
    // Work that a file settles names the kind, and says in words where to get it.
    const files = body.doNow.filter(({ verb }: { verb: string }) => verb === 'import');
    expect(files.map(({ subject }: { subject: string }) => subject)).toContain('members');
    for (const { detail } of files) expect(detail).not.toMatch(/GET |\/v1/);
  });

  test('within half an hour it is the same visit; later, what changed is listed with its cause', async () => {
    bylaw.setNow(at(20));
    expect((await home()).changes.since).toBeNull();
    await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: at(25), by: 'Dana Whitlock' });
    bylaw.setNow(at(25));
    await bylaw.services.verdicts.refresh(alder.id);
    bylaw.setNow(at(40));
    const { changes } = await home();
    expect(changes.since).toBe(TEST_NOW.toISOString());
    const seat = changes.items.find(
      ({ control }: { control: { id: string } }) => control.id === 'CLA-ACC-07',
    );
    expect(seat).toMatchObject({
      from: 'cannot_read',
      to: 'fail',
      words: 'Was Cannot read, is Fail.',
      cause: { what: 'import', by: 'Dana Whitlock' },
    });
    // Another look in the same visit shows the same; for someone else it is the first visit.
    bylaw.setNow(at(50));
    expect((await home()).changes).toEqual(changes);
    const other = await bylaw.person('technician', alder.id);
    expect((await home(other)).changes).toEqual({ since: null, items: [], catalogue: [] });
    bylaw.setNow(at(90));
    expect((await home()).changes).toEqual({ since: at(40).toISOString(), items: [], catalogue: [] });
  });

  test('its counts are those of the list and of the fleet', async () => {
    const { status } = await home();
    const list = (await me.call('GET', `/clients/${alder.slug}/controls`)).body;
    const fleet = (await me.call('GET', '/fleet')).body.items.find(
      ({ client }: { client: string }) => client === alder.slug,
    );
    expect(status.counts).toEqual(list.counts);
    expect(fleet.status.counts).toEqual(list.counts);
    expect(status.total).toBe(list.all);
    const { counts, asOf } = (await me.call('GET', `/clients/${alder.slug}/frame`)).body;
    expect(counts.controls.open).toBe(list.counts.fail);
    expect(asOf.storedAt).toBe(at(25).toISOString());
    for (const { area, counts } of status.areas) {
      const { items } = (await me.call('GET', `/clients/${alder.slug}/controls?area=${area}&state=fail`))
        .body;
      expect(items).toHaveLength(counts.fail);
    }
  });

  test('the Microsoft controls that count most are licensed or not, each with what makes use of it', async () => {
    const { keyCapabilities } = await home();
    expect(keyCapabilities.map(({ capability }: { capability: string }) => capability)).toEqual([
      'microsoft.conditional_access',
      'microsoft.intune',
      'microsoft.defender_cloud_apps',
    ]);
    const list = (await me.call('GET', `/clients/${alder.slug}/controls`)).body.items;
    for (const { has, because, controls } of keyCapabilities) {
      expect(['yes', 'no', 'unknown']).toContain(has);
      expect(because).not.toBe('');
      expect(controls.length).toBeGreaterThan(0);
      for (const { id, state } of controls)
        expect(list.find((one: { id: string }) => one.id === id)?.state).toBe(state);
    }
    // Business Premium includes discovery only, whatever the guide says.
    expect(keyCapabilities[2]).toMatchObject({
      has: 'no',
      controls: [{ id: 'CLA-M365-11', state: 'not_licensed' }],
    });
  });

  test('every task leads somewhere the person may go', async () => {
    const { doNow } = await home();
    const leavers = doNow.find(
      ({ controls }: { controls: { id: string }[] }) => controls[0]?.id === 'CLA-ACC-07',
    );
    expect(leavers).toMatchObject({ kind: 'fix', verb: 'people', severity: 'critical', state: 'fail' });
    const auditor = await bylaw.person('auditor', alder.id);
    const theirs = (await home(auditor)).doNow;
    expect(theirs.map(({ verb }: { verb: string }) => verb)).not.toContain('import');
    expect(theirs.map(({ verb }: { verb: string }) => verb)).not.toContain('attest');
  });

  test('an exception waits for whoever may approve it, never for who asked', async () => {
    const technician = await bylaw.person('technician', alder.id, 'Tess Technician');
    const id = await exception('requested', technician, '2027-01-31');
    const mine = await home();
    expect(mine.doNow[0]).toMatchObject({ kind: 'approve', verb: 'exception', subject: id });
    const key = `exception_waits:${id}`;
    const listed = (body: { work: { items: { key: string }[] } }) => body.work.items.map((one) => one.key);
    expect(mine.doNow[0].key).toBe(key);
    expect(listed(mine)).not.toContain(key);
    expect(mine.work.inDoNow).toBeGreaterThan(0);
    const theirs = await home(technician);
    expect(theirs.doNow.map(({ kind }: { kind: string }) => kind)).not.toContain('approve');
    // The requester cannot decide it, so they see it among what waits.
    expect(listed(theirs)).toContain(key);
    const asked = await exception('requested', me, '2027-02-01');
    expect((await home()).doNow.map(({ subject }: { subject: string | null }) => subject)).not.toContain(
      asked,
    );
  });

  test('HR sees the client without its controls', async () => {
    const hr = await bylaw.person('hr', alder.id);
    const body = await home(hr);
    expect(body).toMatchObject({ doNow: null, changes: null, status: null });
    expect(body.client.name).toBe('Alder Society');
    expect(body.work.items.map(({ kind }: { kind: string }) => kind)).not.toContain('exception_waits');
  });

  test('a client of someone else is not there', async () => {
    const other = await bylaw.client('Harrow Guild');
    const stranger = await bylaw.person('client_admin', other.id);
    expect((await stranger.call('GET', `/clients/${alder.slug}/home`)).status).toBe(404);
  });

  test('over time it shows each day’s state, today as elsewhere, and a gap without a reading', async () => {
    const { status } = await home();
    expect(status.overTime).toEqual([
      { from: '2026-11-24', to: '2026-11-24', days: 1, counts: status.counts },
    ]);
    bylaw.setNow(new Date('2026-12-05T12:00:00Z'));
    me = await bylaw.person('owner', null);
    const later = (await home()).status;
    expect(later.overTime[0]).toMatchObject({ from: '2026-11-24', counts: status.counts });
    expect(later.overTime.at(-1)).toMatchObject({ to: '2026-12-05', counts: later.counts });
    expect(later.overTime.reduce((sum: number, { days }: { days: number }) => sum + days, 0)).toBe(12);
    // No one looked until March: the states that had expired by then are shown as such, although nothing was evaluated
    // meanwhile.
    bylaw.setNow(new Date('2027-03-01T12:00:00Z'));
    me = await bylaw.person('owner', null);
    const stale: { to: string; counts: Record<string, number> }[] = (await home()).status.overTime;
    const february = stale.find(({ to }) => to >= '2027-02-15');
    expect(february?.counts.cannot_read).toBeGreaterThan(later.counts.cannot_read + 20);
    expect(stale.at(-1)?.counts).toEqual((await home()).status.counts);
  });

  test('a day on which every reading had expired is a gap', async () => {
    const client = await bylaw.client('Gap Guild');
    const { store } = bylaw.services;
    const row = (control: string, from: string, until: string | null, goodUntil: string) => ({
      id: randomUUID(),
      client_id: client.id,
      control_id: control,
      state: 'pass',
      reason: 'So',
      body: '{}',
      digest: control,
      body_digest: control,
      since: new Date(`${from}T12:00:00Z`),
      until: until === null ? null : new Date(`${until}T12:00:00Z`),
      decided_day: from,
      good_until: goodUntil,
      due: null,
    });
    await store.write([client.id], (tx) =>
      tx
        .insertInto('verdicts')
        .values([
          row('CLA-ACC-01', '2026-10-01', '2026-11-20', '2026-10-31'),
          row('CLA-ACC-02', '2026-10-01', '2026-11-20', '2026-11-05'),
          row('CLA-ACC-01', '2026-11-20', null, '2026-12-20'),
        ])
        .execute(),
    );
    const days = ['2026-09-30', '2026-10-31', '2026-11-05', '2026-11-06', '2026-11-20'].map((day) => ({
      day,
      end: new Date(`${day}T23:59:59Z`),
    }));
    const found = await store.read([client.id], (tx) => countsOn(tx, client.id, days));
    expect(found.map(({ counts }) => (counts === null ? null : [counts.pass, counts.cannot_read]))).toEqual([
      null,
      [2, 0],
      [1, 1],
      null,
      [1, 0],
    ]);
  });
});
// Guide: G1.2-11
