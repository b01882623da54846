import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#store/audit.ts';
import { type TestConsole, type TestPerson, testConsole } from '../../server/testing/console.ts';
import { verifyExport } from './export/verify.ts';

let bylaw: TestConsole;
let owner: TestPerson;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };

beforeAll(async () => {
  bylaw = await testConsole();
  owner = bylaw.owner;
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild');
  for (let at = 0; at < 5; at += 1) {
    await record(alder.id, {
      // In New York 23:30 of 31 October, then half past midnight of each day.
      at: new Date(`2026-11-0${at + 1}T0${at === 0 ? 3 : 5}:30:00Z`),
      before: { seats: 20, sso: true },
      after: { seats: 20 + at, sso: true, note: 'a, "b"' },
      reason: at === 3 ? '=SUM(A1)' : null,
    });
  }
});
afterAll(() => bylaw.close());

function record(chain: string, more: Partial<Parameters<typeof appendAudit>[1]> = {}) {
  return bylaw.services.store.write('system', (tx) =>
    appendAudit(tx, {
      chain,
      actor: { kind: 'user', id: owner.id, name: owner.name },
      action: 'clients.edit',
      subject: { kind: 'client', id: chain, name: 'Alder Society' },
      at: new Date('2026-11-24T12:00:00Z'),
      ...more,
    }),
  );
}

/** Reaches past row-level security, as someone with power over the database could. */
function tamper(statement: string) {
  return bylaw.services.store.asOwner((session) => session.query(statement));
}

const seqs = async (query: string, person = owner) => {
  const answer = await person.call('GET', `/clients/${alder.slug}/audit?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items.map((item: { seq: number }) => item.seq);
};

describe('the audit log', () => {
  it('lists the newest first and pages by number', async () => {
    const page = await owner.call('GET', `/clients/${alder.slug}/audit?limit=2`);
    expect(page.body).toMatchObject({
      total: 5,
      items: [
        { seq: 5, actor: { name: 'Olive Owner' }, subject: { kind: 'client', name: 'Alder Society' } },
        { seq: 4, reason: '=SUM(A1)' },
      ],
    });
    expect(await seqs(`limit=2&cursor=${page.body.nextCursor}`)).toEqual([3, 2]);
    expect((await owner.call('GET', `/clients/${alder.slug}/audit?limit=201`)).status).toBe(400);
  });

  it('filters by days of the client’s zone, person, action, subject and text', async () => {
    expect(await seqs('from=2026-11-02')).toEqual([5, 4, 3, 2]);
    expect(await seqs('to=2026-11-02')).toEqual([2, 1]);
    expect(await seqs('from=2026-10-31&to=2026-10-31')).toEqual([1]);
    expect(await seqs(`actor=${owner.id}`)).toHaveLength(5);
    expect(await seqs('actor=nobody')).toEqual([]);
    expect(await seqs('action=clients')).toHaveLength(5);
    expect(await seqs('action=client')).toEqual([]);
    expect(await seqs(`subjectKind=client&subjectId=${alder.id}`)).toHaveLength(5);
    expect(await seqs('text=sum(a1)')).toEqual([4]);
  });

  it('shows one record with what changed, deep inside too', async () => {
    const { body } = await owner.call('GET', `/clients/${alder.slug}/audit/records/4`);
    expect(body).toMatchObject({ seq: 4, whole: true, action: 'clients.edit' });
    expect(body.differences).toEqual([
      { path: ['seats'], is: 'changed', before: 20, after: 23 },
      { path: ['sso'], is: 'unchanged', before: true, after: true },
      { path: ['note'], is: 'added', after: 'a, "b"' },
    ]);
    expect((await owner.call('GET', `/clients/${alder.slug}/audit/records/99`)).status).toBe(404);
  });

  it('lists the people and actions that occur', async () => {
    const { body } = await owner.call('GET', `/clients/${alder.slug}/audit/facets`);
    expect(body.actors).toEqual([{ key: owner.id, kind: 'user', name: 'Olive Owner', records: 5 }]);
    expect(body.actions).toMatchObject([{ action: 'clients.edit', records: 5 }]);
  });

  it('has a chain of the workspace for what belongs to no client', async () => {
    await record('workspace', { action: 'users.invite', at: new Date('2026-11-24T23:59:59Z') });
    const { body } = await owner.call('GET', '/workspace/audit?from=2026-11-24&to=2026-11-24');
    expect(body.items).toMatchObject([{ seq: 1, action: 'users.invite' }]);
    expect((await owner.call('GET', '/workspace/audit/check')).body).toMatchObject({
      whole: true,
      records: 1,
    });
    const answer = await owner.call('GET', '/workspace/audit/export');
    expect(await verifyExport(one(answer.bytes))).toMatchObject({
      proved: true,
      manifest: { chain: 'workspace' },
    });
  });

  it('can be read by the auditor, but not by HR or anyone else', async () => {
    // A client of its own: who is refused leaves a record.
    const rowan = await bylaw.client('Rowan Guild');
    await record(rowan.id);
    const auditor = await bylaw.person('auditor', rowan.id);
    const hr = await bylaw.person('hr', rowan.id);
    const elsewhere = await bylaw.person('client_admin', harrow.id);
    const paths = ['', '/records/1', '/facets', '/check', '/export', '/table?format=csv'];
    for (const path of paths) {
      const address = `/clients/${rowan.slug}/audit${path}`;
      expect((await auditor.call('GET', address)).status).toBe(200);
      expect((await hr.call('GET', address)).status).toBe(403);
      expect((await elsewhere.call('GET', address)).status).toBe(404);
      expect((await bylaw.nobody.call('GET', address)).status).toBe(401);
      const ofWorkspace = `/workspace/audit${path}`;
      expect((await auditor.call('GET', ofWorkspace)).status).toBe(403);
    }
  });
});

describe('exports over HTTP', () => {
  it('gives the chain as an archive that is proved without the server', async () => {
    const answer = await owner.call('GET', `/clients/${alder.slug}/audit/export`);
    expect(answer.headers['content-type']).toBe('application/x-tar');
    expect(answer.headers['content-disposition']).toContain('filename="alder-society-audit-2026-11-24.tar"');
    const result = await verifyExport(one(answer.bytes));
    if (!result.proved) throw new Error(result.differs);
    expect(result.manifest).toMatchObject({ takenBy: 'Olive Owner', client: { name: 'Alder Society' } });
    const nothing = await owner.call('GET', `/clients/${alder.slug}/audit/export?from=2030-01-01`);
    expect(nothing.status).toBe(422);
    expect(nothing.body.message).toContain('Nothing was recorded in these days');
  });

  it('gives the list as a table of what is shown', async () => {
    const csv = await owner.call(
      'GET',
      `/clients/${alder.slug}/audit/table?format=csv&from=2026-11-03&actor=${owner.id}`,
    );
    const lines = csv.bytes.toString('utf8').slice(1).split('\r\n');
    // The column names, three records, and the end of the last line.
    expect(lines).toHaveLength(5);
    expect(csv.bytes.toString()).toContain("'=SUM(A1)");
    expect(csv.bytes.toString()).toContain('2026-11-04T00:30:00-05:00');
    const json = await owner.call('GET', `/clients/${alder.slug}/audit/table?format=json`);
    expect(json.body.rows.map((row: { seq: number }) => row.seq)).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('a check of the chain', () => {
  const check = async (slug: string) => (await owner.call('GET', `/clients/${slug}/audit/check`)).body;

  it('says that it is whole and since when', async () => {
    expect(await check(alder.slug)).toMatchObject({
      whole: true,
      says: 'The chain is whole: 5 records, each following the one before.',
      records: 5,
      since: '2026-11-01T03:30:00.000Z',
      head: { seq: 5 },
      brokenAt: null,
    });
    expect(await check(harrow.slug)).toMatchObject({ whole: true, records: 0, since: null });
  });

  it('goes over more records than one page holds', async () => {
    const many = await bylaw.client('Many');
    await bylaw.services.store.write('system', async (tx) => {
      for (let at = 0; at < 450; at += 1)
        await appendAudit(tx, {
          chain: many.id,
          actor: { kind: 'system', id: null, name: 'Bylaw' },
          action: 'verdicts.changed',
          subject: { kind: 'control', id: `${at}` },
          at: new Date('2026-11-24T12:00:00Z'),
        });
    });
    expect(await check(many.slug)).toMatchObject({ whole: true, records: 450 });
    const rows = await owner.call('GET', `/clients/${many.slug}/audit/table?format=json`);
    expect(rows.body.total).toBe(450);
    const { bytes } = await owner.call('GET', `/clients/${many.slug}/audit/export`);
    expect(await verifyExport(one(bytes))).toMatchObject({
      proved: true,
      manifest: { records: { count: 450 } },
    });
  });

  it.each([
    ['a text', `body = replace(body, 'Alder', 'Elder')`, 2, 'was changed: its text does not give the hash'],
    ['a hash', `hash = repeat('a', 64)`, 2, 'was changed: its text does not give the hash'],
    ['what it follows', `prev = repeat('a', 64)`, 2, 'does not follow record 1'],
    ['the time that it is filed under', `at = at + interval '1 day'`, 2, 'is filed under another time'],
    ['the person that it is filed under', `actor_id = 'someone'`, 2, 'is filed under another person'],
    ['its number', 'seq = 20', 2, 'is missing|comes after a gap'],
  ])('says where it breaks when someone changed %s', async (_what, change, seq, says) => {
    const client = await bylaw.client('Tampered');
    for (let at = 0; at < 3; at += 1) await record(client.id);
    await tamper(`update audit_log set ${change} where client_id = '${client.id}' and seq = ${seq}`);
    const found = await check(client.slug);
    expect(found).toMatchObject({ whole: false, records: 1, brokenAt: expect.any(Number) });
    expect(found.says).toMatch(
      new RegExp(`The chain holds up to record 1 and breaks at record \\d+, which .*(${says})`),
    );
  });

  it('finds missing records at the beginning, in the middle and at the end', async () => {
    for (const [gone, brokenAt] of [
      [1, 2],
      [2, 3],
      [3, 3],
    ]) {
      const client = await bylaw.client('Gone');
      for (let at = 0; at < 3; at += 1) await record(client.id);
      await tamper(`delete from audit_log where client_id = '${client.id}' and seq = ${gone}`);
      expect(await check(client.slug)).toMatchObject({ whole: false, brokenAt });
    }
  });

  it('still lists a record with unreadable text, and exports it so that proof fails', async () => {
    const client = await bylaw.client('Unreadable');
    await record(client.id);
    await tamper(`update audit_log set body = 'nothing' where client_id = '${client.id}'`);
    const { body } = await owner.call('GET', `/clients/${client.slug}/audit`);
    expect(body.items).toMatchObject([{ seq: 1, actor: { kind: 'unreadable', name: 'Cannot be read' } }]);
    const one1 = await owner.call('GET', `/clients/${client.slug}/audit/records/1`);
    expect(one1.body).toMatchObject({ whole: false, differences: [] });
    const { bytes } = await owner.call('GET', `/clients/${client.slug}/audit/export`);
    expect(await verifyExport(one(bytes))).toMatchObject({
      proved: false,
      differs: 'audit.jsonl, line 1: this is not a record as Bylaw writes it.',
    });
  });

  it('does not block anyone who writes meanwhile', async () => {
    const client = await bylaw.client('Busy');
    for (let at = 0; at < 3; at += 1) await record(client.id);
    const [found] = await Promise.all([
      check(client.slug),
      ...Array.from({ length: 5 }, () => record(client.id)),
    ]);
    expect(found.whole).toBe(true);
    const rows = await bylaw.services.store.read('system', (tx) =>
      sql<{ n: number }>`select count(*) as n from audit_log where client_id = ${client.id}`.execute(tx),
    );
    expect(Number(rows.rows[0]?.n)).toBe(8);
  });
});

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
