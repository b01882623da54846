import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { newDirectory } from '#store/testing.ts';
import { nameServer } from '../../../tests/support/name-server.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { verifyPdf } from './record/pdf-signature.ts';

const VALUE = 'anthropic-domain-verification-x1=abc';
/** Changed by the tests; the server answers with what stands here. */
const own: Record<string, string[][]> = { 'alder.example.org': [['v=spf1 -all']] };
const others: Record<string, string[][]> = { 'alder.example.org': [['v=spf1 -all']] };

let bylaw: TestConsole;
let me: TestPerson;
let servers: { close(): void }[];

beforeAll(async () => {
  const authority = await nameServer(own, { host: '127.0.0.2' });
  const resolver = await nameServer(others, {
    ns: { 'alder.example.org': ['localhost'], 'inside.example.org': ['ns.inside.example.org'] },
    a: { localhost: '127.0.0.2', 'ns.inside.example.org': '127.0.0.2' },
  });
  servers = [authority, resolver];
  bylaw = await testConsole({ dns: { resolvers: [resolver.address], port: authority.port } });
  me = bylaw.owner;
}, 60_000);
afterAll(async () => {
  await bylaw.close();
  for (const server of servers) server.close();
});

interface Task {
  id: string;
  state: string;
  words: string;
  overridden: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire holds
  [key: string]: any;
}

const show = async (slug: string, person = me) =>
  (await person.call('GET', `/clients/${slug}/deployment`)).body;
async function task(slug: string, id: string, person = me): Promise<Task> {
  const found = (await show(slug, person)).tasks.find((one: Task) => one.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return found;
}
let minutes = 0;
/** Each act at a time of its own, as with people. */
function later(): void {
  minutes += 1;
  bylaw.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000));
}
async function attest(slug: string, ...controls: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const control of controls) {
    later();
    const answer = await me.call('POST', `/clients/${slug}/attestations`, {
      control,
      holds: true,
      seen: '2026-11-24',
      note: 'Seen.',
    });
    expect(answer.status).toBe(201);
    ids.push(answer.body.id);
  }
  return ids;
}
const auditOf = async (slug: string, action: string) =>
  (await me.call('GET', `/clients/${slug}/audit?action=${action}`)).body.items;

describe('where a deployment stands', () => {
  test('nothing is proved without evidence, and what waits says for what', async () => {
    const { slug } = await bylaw.client();
    const body = await show(slug);
    expect(body).toMatchObject({ proved: 0, next: 'owner_named', holder: null, plan: 'Claude Team' });
    expect(body.tasks.filter(({ state }: Task) => state === 'proved')).toEqual([]);
    const invite = await task(slug, 'invite_staff');
    expect(invite.state).toBe('locked');
    expect(invite.words).toMatch(/^Waits for tasks 1, 3, /);
    expect(invite.locked.checks.map(({ control }: Task) => control)).toContain('CLA-CON-04');
    // Nobody was read, so nobody is listed; an empty list would say that everybody is invited.
    expect(invite.invite.addresses).toBeNull();
    expect(invite.invite.why).toContain('members file was not given');
  });

  test('evidence opens what waited, and taking it back locks it again', async () => {
    const { slug } = await bylaw.client();
    expect((await task(slug, 'second_owner')).state).toBe('locked');
    const [first = ''] = await attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    const named = await task(slug, 'owner_named');
    expect(named).toMatchObject({ state: 'proved', holding: { hold: 2, of: 2 } });
    expect(named.proof[0].evidence[0]).toMatchObject({ kind: 'attestations', observedOn: '2026-11-24' });
    expect((await task(slug, 'second_owner')).state).toBe('cannot_read');
    later();
    await me.call('POST', `/clients/${slug}/attestations/${first}/withdraw`, { reason: 'It was wrong.' });
    expect((await task(slug, 'owner_named')).state).toBe('cannot_read');
    expect((await task(slug, 'second_owner')).state).toBe('locked');
  });

  test('the sandbox association: who is to be invited is the roster without the members', async () => {
    const client = await bylaw.client('Alder Society', { claudeSeats: 70 });
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
    const { invite } = await task(client.slug, 'invite_staff');
    const people = (await me.call('GET', `/clients/${client.slug}/people?tab=no_seat`)).body.items;
    expect(people.length).toBeGreaterThan(0);
    const addresses = people.flatMap((row: Task) => row.roster.flatMap((one: Task) => one.addresses));
    expect(addresses).toEqual(expect.arrayContaining(invite.addresses));
    expect(invite.addresses.length + invite.withoutAddress.length).toBe(people.length);
    expect(invite).toMatchObject({ rosterOn: expect.any(String), membersOn: expect.any(String) });
    const copy = (await task(client.slug, 'domain_verified')).copies[1];
    expect(copy).toMatchObject({ kind: 'command', text: 'nslookup -type=txt alder.example.org' });
    const counts = (await me.call('GET', `/clients/${client.slug}/frame`)).body.counts;
    expect(counts.deployment.open).toBe((await show(client.slug)).open);
  });

  test('every line of the guide’s quick reference is a task', async () => {
    const { slug } = await bylaw.client();
    const rows = (await show(slug)).tasks.flatMap(({ guide }: Task) => guide);
    for (let line = 1; line <= 16; line += 1) expect(rows).toContain(`GA-${String(line).padStart(2, '0')}`);
    for (let item = 1; item <= 6; item += 1) expect(rows).toContain(`G2.1-0${item}`);
  });

  test('without the right to see controls there is nothing to see', async () => {
    const { id, slug } = await bylaw.client();
    const hr = await bylaw.person('hr', id);
    expect((await hr.call('GET', `/clients/${slug}/deployment`)).status).toBe(403);
  });
});

describe('an override', () => {
  const ask = (slug: string, person: TestPerson, id = 'invite_staff') =>
    person.call('POST', `/clients/${slug}/deployment/overrides`, {
      task: id,
      reason: 'The board meets on Friday.',
    });
  const decide = (slug: string, person: TestPerson, id: string, how = 'approve') =>
    person.call('POST', `/clients/${slug}/deployment/overrides/${id}/${how}`, { reason: 'Agreed by phone.' });

  test('needs a second person, and counts for what was open then', async () => {
    const { id, slug } = await bylaw.client();
    const tess = await bylaw.person('technician', id, 'Tess Technician');
    const admin = await bylaw.person('client_admin', id);
    const attested = await attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    later();
    const asked = await ask(slug, tess);
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ state: 'requested', counts: false, decidable: { ok: false } });
    expect((await task(slug, 'invite_staff')).state).toBe('locked');
    expect((await ask(slug, me)).status).toBe(409);

    for (const how of ['approve', 'refuse'])
      expect((await decide(slug, tess, asked.body.id, how)).status).toBe(403);
    expect((await decide(slug, admin, asked.body.id)).status).toBe(403);
    expect((await task(slug, 'invite_staff')).state).toBe('locked');

    later();
    const approved = await decide(slug, me, asked.body.id);
    expect(approved.body).toMatchObject({
      state: 'approved',
      counts: true,
      requested: { by: 'Tess Technician' },
      decided: { by: 'Olive Owner', note: 'Agreed by phone.' },
    });
    expect(await task(slug, 'invite_staff')).toMatchObject({ state: 'cannot_read', overridden: true });
    expect((await decide(slug, me, asked.body.id, 'refuse')).status).toBe(409);
    expect((await ask(slug, tess)).status).toBe(422);
    expect(await auditOf(slug, 'deployment.override.approve')).toHaveLength(1);

    // Something else becomes open: nobody agreed to that.
    later();
    await me.call('POST', `/clients/${slug}/attestations/${attested[0]}/withdraw`, { reason: 'Not so.' });
    const again = await task(slug, 'invite_staff');
    expect(again).toMatchObject({ state: 'locked', overridden: false });
    expect(again.overrides).toMatchObject([{ state: 'approved', counts: false }]);
  });

  test('refused it lifts nothing and stays on the record', async () => {
    const { id, slug } = await bylaw.client();
    const tess = await bylaw.person('technician', id);
    const asked = await ask(slug, tess);
    expect((await decide(slug, me, asked.body.id, 'refuse')).body).toMatchObject({ state: 'refused' });
    const { state, overrides } = await task(slug, 'invite_staff');
    expect(state).toBe('locked');
    expect(overrides).toHaveLength(1);
    expect((await ask(slug, tess)).status).toBe(201);
  });

  test('of another client is not there, and none is for what is not locked', async () => {
    const theirs = await bylaw.client('Harrow Guild');
    const mine = await bylaw.client();
    const asked = await ask(theirs.slug, await bylaw.person('technician', theirs.id));
    const owner = await bylaw.person('technician', mine.id);
    expect((await decide(mine.slug, owner, asked.body.id)).status).toBe(404);
    expect((await decide(theirs.slug, owner, asked.body.id)).status).toBe(404);
    expect((await ask(mine.slug, owner, 'owner_named')).status).toBe(422);
    expect((await ask(mine.slug, owner, 'no_such_task')).status).toBe(404);
  });
});

test('the deployment is handed over, and who held it before stays known', async () => {
  const { id, slug } = await bylaw.client();
  const hand = (person: TestPerson, body: object) =>
    person.call('POST', `/clients/${slug}/deployment/handovers`, body);
  const auditor = await bylaw.person('auditor', id);
  expect((await hand(auditor, { side: 'client', person: 'Odile Farrant' })).status).toBe(403);
  later();
  await hand(me, { side: 'msp', person: 'Dana Whitlock' });
  later();
  await hand(me, { side: 'client', person: 'Odile Farrant', note: 'Task 8 waits for DNS.' });
  const { holder, handovers } = await show(slug, auditor);
  expect(holder).toMatchObject({ side: 'client', person: 'Odile Farrant', note: 'Task 8 waits for DNS.' });
  expect(handovers.map(({ person }: Task) => person)).toEqual(['Odile Farrant', 'Dana Whitlock']);
  // What nobody can change goes with the client all the same.
  await me.call('POST', `/clients/${slug}/deployment/overrides`, { task: 'invite_staff', reason: 'Soon.' });
  const removed = await me.call('DELETE', `/clients/${slug}`, { name: 'Alder Society' });
  expect(removed).toMatchObject({ status: 200, body: { removed: true } });
});

describe('the check of DNS', () => {
  const check = async (slug: string) => {
    later();
    const answer = await me.call('POST', `/clients/${slug}/deployment/check`, {});
    expect(answer.status).toBe(201);
    return answer.body.domains[0];
  };
  const verified = async (slug: string) => (await task(slug, 'domain_verified')).proof[0];

  test('keeps the answers as evidence and decides anew, each time', async () => {
    const { slug } = await bylaw.client();
    await attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    expect(await check(slug)).toMatchObject({ found: false });
    expect(await verified(slug)).toMatchObject({ state: 'fail' });

    own['alder.example.org'] = [['v=spf1 -all'], [VALUE]];
    const half = await check(slug);
    expect(half.found).toBeNull();
    expect(half.words).toContain('The servers disagree: localhost has the record');
    expect(await verified(slug)).toMatchObject({ state: 'cannot_read' });
    expect((await task(slug, 'creation_restricted')).state).toBe('locked');

    others['alder.example.org'] = [[VALUE]];
    const found = await check(slug);
    expect(found).toMatchObject({ found: true, answers: [{ kind: 'authoritative' }, { kind: 'resolver' }] });
    const proof = await verified(slug);
    expect(proof).toMatchObject({ state: 'pass', holds: true });
    expect((await task(slug, 'domain_verified')).state).toBe('proved');
    expect((await task(slug, 'creation_restricted')).state).not.toBe('locked');
    const kept = await me.call('GET', `/clients/${slug}/evidence/${proof.evidence[0].sha256}/file`);
    expect(kept.bytes.toString()).toContain(VALUE);
    const [record] = await auditOf(slug, 'deployment.check');
    expect(record).toBeDefined();
    // It is evidence, and no record of a deployment.
    const other = `/clients/${slug}/deployment/records/${proof.evidence[0].sha256}`;
    expect((await me.call('GET', other)).status).toBe(404);
  });

  test('never asks a name server inside the network of this server', async () => {
    own['inside.example.org'] = [[VALUE]];
    const { slug } = await bylaw.client('Inside', { domains: ['inside.example.org'] });
    const found = await check(slug);
    expect(found.answers.map(({ kind }: Task) => kind)).toEqual(['resolver']);
    expect(found.words).toContain('lie in a private network, so they were not asked');
  });
});

describe('the record', () => {
  test('says what happened and what is not proved, and is signed', async () => {
    const { id, slug } = await bylaw.client('Harrow Guild of Organ Builders', {
      domains: ['harrow.example.org'],
    });
    await attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    const tess = await bylaw.person('technician', id, 'Tess Technician');
    const reason = 'The board meets on Friday (\u202Egpj.exe).';
    const asked = await tess.call('POST', `/clients/${slug}/deployment/overrides`, {
      task: 'invite_staff',
      reason,
    });
    later();
    await me.call('POST', `/clients/${slug}/deployment/overrides/${asked.body.id}/approve`, {
      reason: 'Agreed.',
    });
    await me.call('POST', `/clients/${slug}/deployment/handovers`, {
      side: 'client',
      person: 'Odile Farrant',
    });
    later();
    const made = await tess.call('POST', `/clients/${slug}/deployment/records`, { paper: 'letter' });
    expect(made.status).toBe(201);
    const file = await me.call('GET', `/clients/${slug}/deployment/records/${made.body.sha256}`);
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(made.body.sha256);

    const text = wordsOf(file.bytes);
    for (const words of [
      'Harrow Guild of Organ Builders',
      '1 of 29 tasks that apply is proved. 28 tasks are not.',
      'Asked for by Tess Technician',
      'Approved by Olive Owner',
      'Agreed.',
      'Begun by an override although tasks before it are not proved. 0 of 4 checks hold.',
      'Attested, 24 Nov 2026',
      'Odile Farrant (the client)',
      'Not proved: it cannot be read',
      'ACC-01 The account owner is a named address of our organisation',
      'U+202E',
      made.body.certificate.slice(0, 16),
    ])
      if (text !== null) expect(text).toContain(words);

    // What others make of the signature, where such a program is there.
    if (installed('pdfsig', ['-v'])) {
      const path = join(await newDirectory(), 'record.pdf');
      await writeFile(path, file.bytes);
      expect(run('pdfsig', ['-nocert', path])).toContain('Signature is Valid');
    }
    const checked = await verifyPdf(file.bytes);
    expect(checked).toEqual({ ok: true, fingerprint: made.body.certificate, at: expect.any(Date) });
    // One byte, wherever it is: in the text, in the date of the signature, at the end.
    const signature = file.bytes.indexOf('/Contents <') + 11;
    for (const at of [
      900,
      file.bytes.lastIndexOf('/M (D:') + 8,
      signature + 5_000,
      signature + 16_000,
      file.bytes.length - 3,
    ]) {
      const changed = Buffer.from(file.bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await verifyPdf(changed)).toMatchObject({ ok: false });
    }
    expect(await verifyPdf(Buffer.concat([file.bytes, Buffer.from('\n')]))).toMatchObject({ ok: false });

    const [entry] = await auditOf(slug, 'deployment.record');
    const { body } = await me.call('GET', `/clients/${slug}/audit/records/${entry.seq}`);
    expect(JSON.stringify(body)).toContain(made.body.sha256);
    expect(JSON.stringify(body)).toContain(made.body.certificate);
    expect((await show(slug)).records).toMatchObject([{ sha256: made.body.sha256, by: 'Tess Technician' }]);

    const other = await bylaw.client('Elsewhere');
    expect(
      (await me.call('GET', `/clients/${other.slug}/deployment/records/${made.body.sha256}`)).status,
    ).toBe(404);
    const again = await me.call('POST', `/clients/${slug}/deployment/records`, {});
    expect(again.body.certificate).toBe(made.body.certificate);
  });
});

/** The text of a PDF in one line, as a program that reads PDFs finds it; null where there is no such program. */
function wordsOf(pdf: Buffer): string | null {
  if (!installed('pdftotext', ['-v'])) return null;
  return run('pdftotext', ['-', '-'], pdf).replaceAll('\u200b', '').replace(/\s+/g, ' ');
}
