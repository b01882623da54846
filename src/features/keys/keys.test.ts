import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertSigningKey, signingKeyPlace } from '#store/deployment/signing-keys.ts';
import { beginKey, keepReply, replyPlace } from '#store/idempotency/keys.ts';
import { addChallenge } from '#store/identity/challenges.ts';
import { insertProvider, providerSecretPlace } from '#store/identity/providers.ts';
import { totpSecretPlace } from '#store/identity/users.ts';
import type { Store } from '#store/open.ts';
import { type KeyRing, keyIdOf, openSealer } from '#store/seal.ts';
import { insertConnection, sourceKeyPlace } from '#store/sources/connections.ts';
import { putStaffSignIn, staffSignInPlace } from '#store/staff/sign-in.ts';
import { newDirectory, openTestStore } from '#store/testing.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { lockForTexts } from '../activity/text/key.ts';
import { openKeys } from './open-keys.ts';
import { replaceLost, rotate } from './rotate.ts';
import { SEALED_PLACES, sealedTexts } from './sealed-places.ts';

const SRC = fileURLToPath(new URL('../../', import.meta.url));

let bylaw: TestConsole;
let store: Store;
let ring: KeyRing;
let keyFile: string;
const clock = () => bylaw.services.clock();

beforeAll(async () => {
  bylaw = await testConsole();
  ({ store } = bylaw.services);
  keyFile = join(bylaw.services.config.dataDir, 'secret.key');
  ring = await openSealer({ keyFile });
  await fill(bylaw.owner.id);
});
afterAll(() => bylaw.close());

/** Stores a sealed text in every place. */
async function fill(userId: string): Promise<void> {
  const now = clock();
  await store.write('system', async (tx) => {
    const totp = ring.seal('JBSWY3DPEHPK3PXP', totpSecretPlace(userId));
    await tx.updateTable('users').set({ totp_sealed: totp }).where('id', '=', userId).execute();
    const data = { userId, sealed: ring.seal('JBSWY3DPEHPK3PXP', totpSecretPlace(userId)) };
    await addChallenge(tx, { kind: 'totp_enrol', secret: randomUUID(), data, now, minutes: 15 });
    await insertProvider(tx, {
      id: 'entra',
      name: 'Entra',
      issuer: 'https://login.example',
      oidcClientId: 'client',
      secretSealed: ring.seal('provider secret', providerSecretPlace('entra')),
      now,
    });
    await insertSigningKey(tx, {
      id: 'a1',
      certificate: '',
      key_sealed: ring.seal('signing key', signingKeyPlace('a1')),
      created_at: now,
    });
    await tx
      .insertInto('workspace')
      .values({ name: 'Bylaw', settings: '{}' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  await store.write('system', async (tx) => {
    const begun = { user_id: userId, client_id: null, request_hash: 'r', begun_at: now };
    await beginKey(tx, { id: 'k1', ...begun, expires_at: new Date(now.getTime() + 3_600_000) });
    await keepReply(tx, 'k1', ring.seal('{}', replyPlace('k1')));
  });
  const { id: client, slug } = await bylaw.client();
  await store.write([client], (tx) =>
    insertConnection(tx, {
      client_id: client,
      id: 'source',
      vendor: 'anthropic',
      key_kind: 'access',
      key_sealed: ring.seal('sk-ant-api01-x', sourceKeyPlace(client, 'source')),
      key_hint: 'sk-ant-api01-…x',
      scopes: '[]',
      tenants: '[]',
      parent: 'source',
      state: 'connected',
      recording: 'unknown',
      tested_at: now,
      connected_by_name: 'Olive Owner',
      connected_at: now,
    }),
  );
  await store.write([client], (tx) =>
    putStaffSignIn(tx, {
      client_id: client,
      cloud: 'global',
      tenant_id: 't',
      application_id: 'a',
      secret_sealed: ring.seal('application secret', staffSignInPlace(client)),
      version: 0,
      changed_by_name: 'Olive Owner',
      changed_at: now,
    }),
  );
  await store.write([client], async (tx) => void (await lockForTexts(tx, { sealer: ring }, client)));
  const channel = { version: 0, rhythm: 'daily', address: 'https://localhost/workflow?sig=x' };
  expect((await bylaw.owner.call('PUT', `/clients/${slug}/reminders/teams`, channel)).status).toBe(200);
  const sink = {
    kind: 'webhook',
    name: 'Hook',
    settings: { url: 'https://localhost/hook', secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
    filter: { categories: null, activities: true, alerts: true, minSeverity: 'low' },
  };
  expect((await bylaw.owner.call('POST', `/clients/${slug}/sinks`, sink)).status).toBe(201);
  const hook = { version: 0, mode: 'watch', secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` };
  expect((await bylaw.owner.call('PUT', `/clients/${slug}/dlp/hook`, hook)).status).toBe(200);
  // A change of the secret waits for a second person, if there is one.
  await bylaw.person('technician', client);
  const held = { ...hook, version: 1, secret: `whsec_${Buffer.alloc(24, 8).toString('base64')}` };
  expect((await bylaw.owner.call('PUT', `/clients/${slug}/dlp/hook`, held)).status).toBe(200);
  const list = {
    version: 0,
    key: '00112233445566778899aabbccddeeff',
    hashes: Buffer.from([0, 0, 0, 0, 0, 1]).toString('base64'),
    counts: { people: 1, values: { mail: 1 } },
  };
  expect((await bylaw.owner.call('PUT', `/clients/${slug}/dlp/member-list`, list)).status).toBe(200);
  const { body } = await bylaw.owner.call('GET', '/settings');
  const answer = await bylaw.owner.call('PUT', '/settings/mail', {
    version: body.version,
    host: 'smtp.msp.example',
    port: 587,
    security: 'starttls',
    user: 'bylaw',
    from: 'bylaw@msp.example',
    password: 'mail secret',
  });
  expect(answer.status).toBe(200);
}

const texts = () => store.read('system', (tx) => sealedTexts(tx, clock()));
const opened = async (by: KeyRing) => (await texts()).map(({ sealed, context }) => by.open(sealed, context));

/** Every sealed text in the database, in any column. */
async function everySealedText(): Promise<string[]> {
  const tables = await store.read('system', (tx) =>
    sql<{
      name: string;
    }>`select relname::text as name from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition`.execute(
      tx,
    ),
  );
  const found: string[] = [];
  for (const { name } of tables.rows) {
    if (name === 'schema_migrations') continue;
    const { rows } = await store.read('system', (tx) =>
      sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} as t`.execute(tx),
    );
    for (const { row } of rows)
      found.push(...[...row.matchAll(/s1\.[0-9a-f]{12}\.[\w-]{20,}/g)].map(([text]) => text));
  }
  return found.sort();
}

describe('the list of what is sealed', () => {
  it('has every column that says that it is sealed', async () => {
    const { rows } = await store.read('system', (tx) =>
      sql<{ at: string }>`select table_name || '.' || column_name as at from information_schema.columns
        where table_schema = current_schema() and column_name like '%sealed%'`.execute(tx),
    );
    expect(rows.length).toBeGreaterThan(0);
    const known = SEALED_PLACES.map(({ at }) => at);
    expect(rows.map(({ at }) => at).filter((at) => !known.includes(at))).toEqual([]);
  });

  it('has every file that seals something', () => {
    const files = readdirSync(SRC, { recursive: true })
      .map((name) => join(SRC, String(name)))
      .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$|[/\\]testing[/\\]/.test(path))
      .filter((path) => /\b(?:sealer|ring|keys)\.seal\(/.test(readFileSync(path, 'utf8')))
      .map((path) => relative(SRC, path).replaceAll('\\', '/'))
      .filter((path) => path !== 'store/seal.ts');
    expect([...new Set(SEALED_PLACES.map(({ sealedBy }) => sealedBy))].sort()).toEqual(files.sort());
  });

  it('has every sealed text that the database holds', async () => {
    const known = (await texts()).map(({ sealed }) => sealed).sort();
    expect(known).toHaveLength(SEALED_PLACES.length);
    expect(await everySealedText()).toEqual(known);
  });
});

describe('a new key', () => {
  it('seals everything in its place, with a record, and the old one is forgotten', async () => {
    const secrets = await opened(ring);
    const old = ring.keyId;
    const done = await rotate(store, ring, { fromEnvironment: false, clock });
    expect(done).toMatchObject({ resealed: SEALED_PLACES.length, removed: [old] });
    expect(new Set((await texts()).map(({ sealed }) => keyIdOf(sealed)))).toEqual(new Set([done.key]));
    const read = await openSealer({ keyFile, create: false });
    expect(await opened(read)).toEqual(secrets);
    expect(await everySealedText()).toHaveLength(SEALED_PLACES.length);
    const { body } = await bylaw.owner.call('GET', '/workspace/audit?limit=1');
    expect(body.items[0]).toMatchObject({ action: 'keys.rotate' });
  });

  it('is picked up by a running server', async () => {
    // This test's console opened the key file before the rotation.
    const [first] = await texts();
    expect(bylaw.services.sealer.open(first?.sealed ?? '', first?.context ?? '')).toBe('JBSWY3DPEHPK3PXP');
    expect(bylaw.services.sealer.keyId).toBe(ring.keyId);
  });

  it('does no harm if it was made but not yet used when the process was killed', async () => {
    const secrets = await opened(ring);
    const broken: Store = { ...store, write: () => Promise.reject(new Error('killed')) };
    await expect(rotate(broken, ring, { fromEnvironment: false, clock })).rejects.toThrow('killed');
    const read = await openKeys(store, { key: null, keyFile }, clock());
    expect(await opened(read)).toEqual(secrets);
    await rotate(store, read, { fromEnvironment: false, clock });
    expect(await opened(read)).toEqual(secrets);
    expect((await readFile(keyFile, 'utf8')).trim().split('\n')).toHaveLength(2);
  });
});

describe('a lost key', () => {
  it('is reported, and never replaced automatically', async () => {
    const elsewhere = join(await newDirectory(), 'secret.key');
    await expect(openKeys(store, { key: null, keyFile: elsewhere }, clock())).rejects.toMatchObject({
      code: 'key',
      message: expect.stringContaining('is missing'),
    });
    await expect(readFile(elsewhere)).rejects.toThrow('ENOENT');
    const other = Buffer.alloc(32, 3).toString('base64');
    await expect(openKeys(store, { key: other, keyFile }, clock())).rejects.toMatchObject({
      code: 'key',
      message: expect.stringContaining('is not in BYLAW_KEY'),
    });
  });

  it('is made again if nothing was sealed yet', async () => {
    const empty = await openTestStore();
    const made = join(await newDirectory(), 'secret.key');
    await openKeys(empty, { key: null, keyFile: made }, clock());
    expect(await readFile(made, 'utf8')).toContain('Keep a copy');
    await empty.close();
  });

  it('is given up only when asked, with all that it sealed and a record', async () => {
    expect((await replaceLost(store, { key: null, keyFile }, clock())).givenUp).toEqual([]);
    const made = join(await newDirectory(), 'secret.key');
    const { givenUp } = await replaceLost(store, { key: null, keyFile: made }, clock());
    expect(givenUp).toHaveLength(SEALED_PLACES.length);
    expect(await everySealedText()).toEqual([]);
    await openKeys(store, { key: null, keyFile: made }, clock());
    const { body } = await bylaw.owner.call('GET', '/settings');
    expect(body.mail).toMatchObject({ host: 'smtp.msp.example', hasPassword: false });
    const audit = await bylaw.owner.call('GET', '/workspace/audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({ action: 'keys.replace_lost' });
  });
});
