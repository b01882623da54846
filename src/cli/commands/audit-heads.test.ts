import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headLine } from '#features/audit/heads/head.ts';
import { sendHeads } from '#features/audit/heads/send.ts';
import { startAuthority } from '#features/time-stamps/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { chainHash } from '#store/audit.ts';
import { signerFrom } from '#store/sign.ts';
import { installed } from '../../../tests/support/programs.ts';
import { auditVerifyCommand } from './audit.ts';

/** The heads of the audit log leave the machine, so that anyone who holds the database cannot rewrite it unseen. */

let bylaw: TestConsole;
let folder: string;
let client: { id: string; slug: string };
const HOUR = 3_600_000;

beforeAll(async () => {
  bylaw = await testConsole({ provesAgain: false });
  folder = await mkdtemp(join(tmpdir(), 'bylaw-heads-'));
  client = await bylaw.client();
  for (const reason of ['First', 'Second', 'Third'])
    await bylaw.owner
      .call('PUT', `/clients/${client.slug}/hold`, { reason })
      .then(() => bylaw.owner.call('DELETE', `/clients/${client.slug}/hold`, { reason }));
});
afterAll(async () => {
  await bylaw.close();
  await rm(folder, { recursive: true });
});

async function verify(flags: object = {}, who = bylaw.owner): Promise<{ code: number; out: string }> {
  const tar = join(folder, 'export.tar');
  const answer = await who.call('GET', `/clients/${client.slug}/audit/export?evidence=without`);
  expect(answer.status).toBe(200);
  await writeFile(tar, answer.bytes);
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  const code = await auditVerifyCommand(tar, flags, {
    out,
    error: out,
    progress: () => {},
  } as unknown as Parameters<typeof auditVerifyCommand>[2]);
  return { code, out: lines.join('\n') };
}

async function headsFile(): Promise<string> {
  const auditHeadsFile = join(folder, `heads-${Math.random()}.jsonl`);
  await sendHeads({ ...bylaw.services, config: { ...bylaw.services.config, auditHeadsFile } });
  return auditHeadsFile;
}

/** As someone with the database would: each record from `from` on says something else, every hash fits the next. */
async function rewrite(from: number): Promise<void> {
  await bylaw.services.store.asOwner(async (session) => {
    await session.script(`begin; select set_config('bylaw.scope', '*', true)`);
    const { rows } = await session.query<{ seq: string; body: string; hash: string }>(
      'select seq, body, hash from audit_log where client_id = $1 order by seq',
      [client.id],
    );
    let prev = '0'.repeat(64);
    for (const row of rows) {
      const body = Number(row.seq) < from ? row.body : row.body.replace('Olive Owner', 'Nobody Else');
      const hash = chainHash(prev, body);
      await session.query(
        `update audit_log set body = $3, prev = $4, hash = $5, actor_name = $6
          where client_id = $1 and seq = $2`,
        [client.id, row.seq, body, prev, hash, JSON.parse(body).actor.name],
      );
      prev = hash;
    }
    await session.query('update audit_heads set hash = $2 where client_id = $1', [client.id, prev]);
    await session.script('commit');
  });
}

describe('a database that was rewritten', () => {
  it('is caught by a head that was sent before', async () => {
    const heads = await headsFile();
    const before = await verify({ heads: [heads] });
    expect(before.out).toMatch(/1 kept head of this chain fits it, so it was not rewritten up to record \d/);
    expect(before.code).toBe(0);
    await rewrite(2);
    // By itself the chain is as good as ever, which is why its head has to leave.
    expect((await bylaw.owner.call('GET', `/clients/${client.slug}/audit/check`)).body.whole).toBe(true);
    expect(await verify()).toMatchObject({ code: 0 });
    const after = await verify({ heads: [heads] });
    expect(after.out).toMatch(/NOT PROVED.*the head of client .* had the hash .* was rewritten/);
    expect(after.code).toBe(1);
  });

  it('is caught when its last records are removed', async () => {
    const heads = await headsFile();
    await bylaw.services.store.asOwner(async (session) => {
      await session.script(`begin; select set_config('bylaw.scope', '*', true)`);
      await session.query(
        'delete from audit_log where client_id = $1 and seq = (select max(seq) from audit_log where client_id = $1)',
        [client.id],
      );
      await session.query(
        `update audit_heads set (seq, hash) =
           (select seq, hash from audit_log l where l.client_id = $1 order by seq desc limit 1) where client_id = $1`,
        [client.id],
      );
      await session.script('commit');
    });
    expect(await verify()).toMatchObject({ code: 0 });
    const after = await verify({ heads: [heads] });
    expect(after.out).toMatch(/NOT PROVED.*Its last records were removed/);
  });

  it('is not saved by a head that someone else wrote', async () => {
    const file = await headsFile();
    const line = (await readFile(file, 'utf8')).split('\n').find((one) => one.includes(client.id)) ?? '';
    const { seq, hash, key } = JSON.parse(line);
    const changed = join(folder, 'changed.jsonl');
    await writeFile(changed, line.replace(`"seq":${seq}`, `"seq":${seq - 1}`));
    expect((await verify({ heads: [changed] })).out).toMatch(/NOT PROVED.*was changed after it was signed/);
    const forged = join(folder, 'forged.jsonl');
    const theirs = signerFrom(Buffer.alloc(32, 7));
    await writeFile(forged, headLine({ chain: client.id, seq, hash }, new Date(), theirs));
    expect((await verify({ heads: [forged] })).out).toContain(`Signed with ${theirs.publicKey}`);
    await expect(verify({ heads: [forged], key })).rejects.toThrow('not signed with this key');
    expect((await verify({ heads: [file], key })).out).toContain('signed with the key that was given');
    await writeFile(forged, 'nothing of ours\n{"a":1}\n');
    await expect(verify({ heads: [forged] })).rejects.toThrow('contains no audit log head');
  });

  it('says so if no kept head covers what was exported', async () => {
    const { slug } = await bylaw.client('Birch Society');
    await bylaw.owner.call('PUT', `/clients/${slug}/hold`, { reason: 'Theirs' });
    const heads = await headsFile();
    const other = (await readFile(heads, 'utf8'))
      .split('\n')
      .filter((one) => one !== '' && !one.includes(client.id));
    await writeFile(heads, other.join('\n'));
    expect((await verify({ heads: [heads] })).out).toContain('so they prove nothing about it');
  });
});

it('the file gets what changed since the last look, and names nobody', async () => {
  const auditHeadsFile = join(folder, 'grows.jsonl');
  const services = { ...bylaw.services, config: { ...bylaw.services.config, auditHeadsFile } };
  await sendHeads(services);
  const first = await readFile(auditHeadsFile, 'utf8');
  await sendHeads(services);
  expect(await readFile(auditHeadsFile, 'utf8')).toBe(first);
  await bylaw.owner.call('PUT', `/clients/${client.slug}/hold`, { reason: 'Fourth' });
  await sendHeads(services);
  const grown = (await readFile(auditHeadsFile, 'utf8')).slice(first.length).trim().split('\n');
  expect(grown.map((line) => JSON.parse(line).chain)).toEqual([client.id]);
  expect(first).not.toMatch(/Olive|Alder/);
});

describe('the mail', () => {
  const set = async (mail: object | null, who = bylaw.owner) => {
    const { body } = await (await bylaw.person('owner', null)).call('GET', '/settings');
    return who.call('PUT', '/settings/audit-heads', { version: body.version, mail });
  };
  const mailed = () => bylaw.outbox.filter(({ subject }) => subject.includes('audit logs on'));
  const later = (hours: number) => bylaw.setNow(new Date(bylaw.services.clock().getTime() + hours * HOUR));

  it('goes to the addresses that an Owner named, once a day, with every chain in a file', async () => {
    const tina = await bylaw.person('technician', null, 'Tina');
    const wanted = { to: ['auditor@example.org', 'auditor@example.org'], every: 'day' };
    expect((await set(wanted, tina)).status).toBe(403);
    const answer = await set(wanted);
    expect(answer.body.auditHeads.mail).toEqual({ to: ['auditor@example.org'], every: 'day' });
    await sendHeads(bylaw.services);
    await sendHeads(bylaw.services);
    expect(mailed().map(({ to }) => to)).toEqual(['auditor@example.org']);
    const [message] = mailed();
    const file = join(folder, 'mailed.jsonl');
    await writeFile(file, message?.attachments?.[0]?.bytes ?? '');
    expect((await readFile(file, 'utf8')).match(/"chain":"workspace"/g)).toHaveLength(1);
    const { key } = answer.body.auditHeads;
    expect(message?.text).toContain(key);
    expect((await verify({ heads: [file], key })).out).toContain('fits it');
    later(22);
    await sendHeads(bylaw.services);
    expect(mailed()).toHaveLength(1);
    later(2);
    await sendHeads(bylaw.services);
    expect(mailed()).toHaveLength(2);
  });

  it('that could not be sent is on the record, shown, and tried again after an hour', async () => {
    later(24);
    const broken = {
      ...bylaw.services,
      mail: { configured: async () => true, send: () => Promise.reject(new Error('The door is shut.')) },
    };
    await sendHeads(broken);
    await sendHeads(bylaw.services);
    expect(mailed()).toHaveLength(2);
    const viewer = await bylaw.person('owner', null, 'Viewer');
    const { body } = await viewer.call('GET', '/settings');
    expect(body.auditHeads.failed).toContain('auditor@example.org: The door is shut.');
    later(1);
    await sendHeads(bylaw.services);
    expect(mailed()).toHaveLength(3);
    expect((await viewer.call('GET', '/settings')).body.auditHeads.failed).toBeNull();
  });

  it('cannot be stopped unseen: it takes a fresh proof, and the address is notified', async () => {
    const away = await bylaw.person('owner', null, 'Away for an hour');
    later(1);
    expect((await set(null, away)).body.code).toBe('PROOF_REQUIRED');
    const again = await bylaw.person('owner', null, 'Second Owner');
    expect((await set(null, again)).status).toBe(200);
    expect(bylaw.outbox.at(-1)).toMatchObject({
      to: 'auditor@example.org',
      text: expect.stringContaining('Second Owner changed the settings'),
    });
    later(48);
    await sendHeads(bylaw.services);
    expect(mailed()).toHaveLength(3);
  });
});

// The authority is OpenSSL's, so that both sides are not the same program.
describe.skipIf(!installed('openssl'))('an authority of time stamps', () => {
  const stamped = () => bylaw.outbox.filter(({ subject }) => subject.includes('audit logs on')).at(-1);

  it('stamps the heads that are mailed and written, which proves their day to others', async () => {
    const [authority, other] = [await startAuthority(), await startAuthority()];
    bylaw.setNow(new Date());
    const owner = await bylaw.person('owner', null, 'Third Owner');
    const put = async (path: string, more: object) => {
      const { body } = await owner.call('GET', '/settings');
      const answer = await owner.call('PUT', `/settings/${path}`, { version: body.version, ...more });
      expect(answer.status).toBe(200);
    };
    await put('time-stamps', { authority: { url: authority.url, issuers: authority.root } });
    await put('audit-heads', { mail: { to: ['auditor@example.org'], every: 'day' } });
    const written = await headsFile();
    expect(stamped()?.text).toContain('Its last line is a time stamp from Test authority of time stamps');
    const file = join(folder, 'stamped.jsonl');
    const roots = [authority, other].map((_, at) => join(folder, `root-${at}.pem`));
    for (const [at, { root }] of [authority, other].entries()) await writeFile(roots[at] ?? '', root);
    const text = String(stamped()?.attachments?.[0]?.bytes ?? '');
    const says = async (lines: string, pem?: string) => {
      await writeFile(file, lines);
      return verify({ heads: [file], ...(pem === undefined ? {} : { authority: pem }) }, owner);
    };
    const proved = await says(text, roots[0]);
    expect(proved.out).toMatch(
      /The records up to \d+ were there on .* as Test authority of time stamps states/,
    );
    expect(proved.out).toContain('come from the authority whose certificate you gave');
    expect((await says(text)).out).toContain('It is not checked whether such an authority can be trusted');
    expect((await verify({ heads: [written], authority: roots[0] }, owner)).out).toContain('were there on');
    expect((await says(text, roots[1])).out).toMatch(/NOT PROVED.*was not issued by the authority/);
    const lines = text.trim().split('\n');
    for (const changed of [
      [lines[1], lines[0], ...lines.slice(2)],
      [...lines.slice(0, -1), lines[0], lines.at(-1)],
      [...lines.slice(0, -2), lines.at(-2)?.replace('"at":"20', '"at":"19'), lines.at(-1)],
    ])
      expect((await says(changed.join('\n'))).out).toMatch(/NOT PROVED.*not those that were stamped/);
    const unreadable = lines.map((line) => line.replace('"token":"', '"token":"!'));
    expect(await says(unreadable.join('\n'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('cannot be read'),
    });
    // A full disk cut a line short, and what was written later stands behind it.
    const cut = (lines[0] ?? '').slice(0, 60);
    expect((await says(`${cut}${text}`, roots[0])).out).toContain('were there on');
    const short = await says(lines.slice(1).join('\n'));
    expect(short).toMatchObject({ code: 1, out: expect.stringContaining('give the whole file') });

    authority.away = true;
    bylaw.setNow(new Date(Date.now() + 24 * HOUR));
    await sendHeads(bylaw.services);
    expect(stamped()?.text).toContain('no time stamp this time: The authority did not answer.');
    const next = await bylaw.person('owner', null, 'Fourth Owner');
    const { body } = await next.call('GET', '/workspace/audit?action=audit.heads.sent&limit=1');
    const record = await next.call('GET', `/workspace/audit/records/${body.items[0].seq}`);
    expect(JSON.parse(record.body.body).after.stamp).toEqual({ problem: 'away' });
    const bare = String(stamped()?.attachments?.[0]?.bytes ?? '');
    await writeFile(file, bare);
    const without = await verify({ heads: [file], authority: roots[0] }, next);
    expect(without.out).toContain('carries a time stamp, so --authority proves nothing');
    await expect(verify({ authority: roots[0] }, next)).rejects.toThrow('Also give the heads that have one');
    await Promise.all([authority.close(), other.close()]);
  });
});
