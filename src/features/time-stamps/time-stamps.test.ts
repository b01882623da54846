import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { installed } from '../../../tests/support/programs.ts';
import { verifyRoom } from '../evidence-room/verify.ts';
import { checkStamp } from './check.ts';
import { stampDue } from './stamp.ts';
import { startAuthority, type TestAuthority } from './testing.ts';

// The authority is OpenSSL's, so that both sides are not the same program.
describe.skipIf(!installed('openssl'))('time stamps of an authority', () => {
  let bylaw: TestConsole;
  let tess: TestPerson;
  let client: { id: string; slug: string };
  let incident: string;
  let authority: TestAuthority;

  beforeAll(async () => {
    authority = await startAuthority();
    // The authority states the day that it is.
    bylaw = await testConsole({ now: new Date() });
    client = await bylaw.client('Alder Society');
    tess = await bylaw.person('technician', client.id, 'Tess Technician');
    const opened = await tess.call('POST', at('/incidents'), {
      type: 'agent_action',
      title: 'A page was deleted',
      summary: 'Someone called about it.',
    });
    incident = opened.body.id;
  });
  afterAll(async () => {
    await bylaw.close();
    await authority.close();
  });

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const report = async (): Promise<string> =>
    (await tess.call('POST', at(`/incidents/${incident}/reports`), {})).body.sha256;
  const stampOf = async (sha256: string): Promise<Json> =>
    (await tess.call('GET', at(`/incidents/${incident}`))).body.records.find(
      (one: Json) => one.sha256 === sha256,
    ).stamp;
  const set = async (wanted: object | null) => {
    const { body } = await bylaw.owner.call('GET', '/settings');
    return bylaw.owner.call('PUT', '/settings/time-stamps', { version: body.version, authority: wanted });
  };

  test('are asked for only once an authority is named, by https or where its host is allowed', async () => {
    expect(await stampOf(await report())).toBeNull();
    for (const [wanted, says] of [
      [{ url: 'http://tsa.example.org/' }, 'start with https'],
      [{ url: 'https://10.0.0.1/' }, 'BYLAW_ALLOW_PRIVATE_HOSTS'],
      [{ url: authority.url, issuers: 'x' }, 'No certificate can be read'],
    ] as const) {
      const refused = await set(wanted);
      expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining(says)]);
    }
    const stored = await set({ url: authority.url, issuers: authority.root });
    expect(stored).toMatchObject({ status: 200, body: { timeStamps: { url: authority.url } } });
    expect(stored.body.outbound).toContainEqual({
      host: new URL(authority.url).host,
      for: 'Time stamps: the SHA-256 of minutes, reports of incidents and heads of the audit log',
    });
  });

  test('prove the day of a report, are kept as evidence and on the record, and hold elsewhere', async () => {
    const sha256 = await report();
    const stamp = await stampOf(sha256);
    expect(stamp).toMatchObject({
      state: 'proved',
      authority: 'Test authority of time stamps',
      problem: null,
    });
    const kept = await tess.call('GET', at(`/evidence/${stamp.token}`));
    expect(kept.body).toMatchObject({ how: 'time_stamp', name: expect.stringMatching(/\.pdf\.tsr$/u) });
    const audit = await bylaw.owner.call('GET', at('/audit?action=evidence.time_stamp'));
    expect(audit.body.items).toHaveLength(1);
    const { bytes } = await bylaw.owner.call('POST', at('/evidence-room'), {});
    const prove = (issuers: string) =>
      verifyRoom(one(bytes), { certificate: null, issuers, noted: null, kept: [] });
    const room = await prove(authority.root);
    if (!room.proved) throw new Error(room.differs);
    expect(room.stamps).toMatchObject([{ authority: 'Test authority of time stamps' }]);
    const other = await startAuthority();
    expect(await prove(other.root)).toMatchObject({
      proved: false,
      differs: expect.stringContaining('was not issued by the authority'),
    });
    await other.close();
  });

  test('are asked for again where the authority was away, and the report is signed without', async () => {
    authority.away = true;
    // Made at the same moment it would be the same file.
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 60_000));
    const sha256 = await report();
    expect(await stampOf(sha256)).toMatchObject({
      state: 'waiting',
      problem: 'The authority did not answer.',
      next: expect.any(String),
    });
    authority.away = false;
    await stampDue(bylaw.services);
    expect((await stampOf(sha256)).state).toBe('waiting');
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 6 * 60_000));
    await stampDue(bylaw.services);
    expect(await stampOf(sha256)).toMatchObject({ state: 'proved', problem: null });
  });

  test('count only for their file and request, signed whole by a certificate for time stamps', async () => {
    const { proved_at: _, ...row } = await bylaw.services.store.read([client.id], (tx) =>
      tx.selectFrom('time_stamps').selectAll().orderBy('asked_at').executeTakeFirstOrThrow(),
    );
    const { sha256 } = row;
    const [answer = Buffer.alloc(0)] = authority.answers;
    const check = async (bytes: Uint8Array, more: object = {}) => {
      const found = await checkStamp(bytes, { sha256, ...more });
      return found.proved ? 'proved' : found.problem;
    };
    expect(await check(answer, { issuers: authority.root })).toBe('proved');
    expect(await check(answer, { sha256: createHash('sha256').update('other').digest('hex') })).toBe(
      'other_file',
    );
    expect(await check(answer, { nonce: '41'.repeat(16) })).toBe('other_request');
    expect(await check(Buffer.from('30053003020102', 'hex'))).toBe('refused');
    expect(await check(Buffer.from('no time stamp'))).toBe('unreadable');
    // Its usage is made one for signing code: the key is the same, so the signature still holds.
    const usage = Buffer.from('2b06010505070308', 'hex');
    const code = Buffer.from(answer);
    code[answer.indexOf(usage) + usage.length - 1] = 3;
    expect(await check(code)).toBe('no_usage');
    const renamed = Buffer.from(answer);
    renamed.write('Best', answer.indexOf('Test authority'), 'latin1');
    expect(await check(renamed)).toBe('bad_signature');
    const missed: number[] = [];
    const signed = answer.length - 256;
    for (let place = signed; place < answer.length; place += 17) {
      const bytes = Buffer.from(answer);
      bytes[place] = (bytes[place] ?? 0) ^ 4;
      if ((await check(bytes)) === 'proved') missed.push(place);
    }
    expect(missed).toEqual([]);
  });
});

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
