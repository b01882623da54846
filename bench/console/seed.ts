import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parse } from 'yaml';
import type { Tx } from '#store/open.ts';
import { insertClient, profileFrom } from '../../src/features/clients/create.ts';
import { importFiles } from '../../src/features/imports/import-files.ts';
import { logImports } from '../../src/features/sources/log-imports.ts';
import { createServices } from '../../src/server/services.ts';
import { newSecret } from '../../src/store/identity/secrets.ts';
import { insertSession } from '../../src/store/identity/sessions.ts';
import { insertUser } from '../../src/store/identity/users.ts';
import { openStore } from '../../src/store/open.ts';
import { openSealer } from '../../src/store/seal.ts';
import { clientFiles } from './files.ts';

export interface Seeded {
  /** Header `cookie` of a signed-in owner. */
  readonly cookie: string;
  /** URL names of all clients. */
  readonly clients: readonly string[];
  /** URL name of the client with 400 staff. */
  readonly staff400: string;
  /** Ids of the catalogue's controls. */
  readonly controls: readonly string[];
}

/** Number of clients that are imported; the others are copies of these under other names. */
const IMPORTED = 4;

type Services = Awaited<ReturnType<typeof createServices>>;

/**
 * Fills a new data directory: by default 200 evaluated clients, one with 400 staff and the others with about 100, and
 * an owner.
 */
export async function seed(dataDir: string, origin: string, clients = 200): Promise<Seeded> {
  const store = await openStore({ dataDir });
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin,
      dataDir,
      privateHosts: [],
      resolvers: [],
      version: 'bench',
      build: 'bench',
    },
  });
  try {
    const owner = await addOwner(services);
    const slugs: string[] = [];
    const large = await imported(services, owner.id, { name: 'Client with 400 staff', people: 400, n: 0 });
    slugs.push(large.slug);
    const sources: { id: string; slug: string }[] = [];
    for (let n = 1; n <= IMPORTED; n += 1)
      sources.push(await imported(services, owner.id, { name: `Client ${n}`, people: 80 + 10 * n, n }));
    slugs.push(...sources.map(({ slug }) => slug));
    for (let n = slugs.length; n < clients; n += 1) {
      const source = sources[n % sources.length];
      if (source !== undefined) slugs.push(await copied(services, source.id, `Client ${n}`));
    }
    await services.verdicts.ensureCurrent(await idsOf(services));
    // Jobs of the first minute after imports are done now, since the benchmark is of a server that has been running.
    await logImports(services);
    return {
      cookie: `bylaw_session=${owner.secret}`,
      clients: slugs,
      staff400: large.slug,
      controls: services.catalogue.controls.map(({ id }) => id),
    };
  } finally {
    await services.close();
  }
}

async function addOwner({ store }: Services): Promise<{ readonly id: string; readonly secret: string }> {
  const id = randomUUID();
  const secret = newSecret();
  const now = new Date();
  await store.write('system', async (tx) => {
    await insertUser(tx, {
      id,
      email: 'owner@bench.example',
      name: 'Olive Owner',
      password: null,
      now,
      proven: 'mail',
    });
    await tx.insertInto('workspace').values({ name: 'Bylaw', settings: '{}' }).execute();
    await tx
      .insertInto('grants')
      .values({
        id: randomUUID(),
        user_id: id,
        client_id: null,
        effect: 'allow',
        role: 'owner',
        permission: null,
        granted_by: id,
        created_at: now,
      })
      .execute();
    await insertSession(tx, {
      userId: id,
      secret,
      method: 'password',
      ip: '127.0.0.1',
      userAgent: 'bench',
      now,
    });
  });
  return { id, secret };
}

interface Wanted {
  readonly name: string;
  readonly people: number;
  readonly n: number;
}

async function imported(services: Services, by: string, { name, people, n }: Wanted) {
  const now = services.clock();
  const domain = `client${n}.example.org`;
  const files = await clientFiles({ name, domain, people }, now.toISOString().slice(0, 10));
  const { asOf: _, ...written }: Record<string, unknown> = parse(String(files.get('client.yaml')));
  const profile = profileFrom({ ...written, claudeSeats: people + 10, staffCount: people });
  const made = await services.store.write('system', (tx) =>
    insertClient(tx, { name, profile, sandbox: false, now }),
  );
  const { stored } = await importFiles(services, {
    clientId: made.id,
    actor: { kind: 'user', userId: by, name: 'Olive Owner' },
    files: [...files]
      .filter(([path]) => path !== 'client.yaml')
      .map(([path, content]) => ({ name: path, bytes: Buffer.from(content), modified: now })),
  });
  if (!stored) throw new Error(`the files of ${name} were not stored`);
  return made;
}

/** Tables of a client's facts and verdicts, and their id columns. */
const COPIED = [
  ['imports', ['id']],
  ['import_files', ['id', 'import_id']],
  ['observations', ['id', 'import_id']],
  ['observation_rows', ['observation_id']],
  ['documents', ['id', 'import_id']],
  ['attestations', ['id', 'import_id']],
  ['evidence', []],
  ['verdicts', ['id']],
] as const;

/** A copy of a client's facts and verdicts with new ids, so that the two share nothing. */
async function copied({ store, clock }: Services, source: string, name: string): Promise<string> {
  return store.write('system', async (tx) => {
    const from = await tx
      .selectFrom('clients')
      .select([
        'profile',
        'facts_version',
        'decided_version',
        'decided_day',
        'decided_at',
        'catalogue_digest',
        'status',
      ])
      .where('id', '=', source)
      .executeTakeFirstOrThrow();
    const { profile, ...decided } = from;
    const made = await insertClient(tx, {
      name,
      profile: profileFrom(profile),
      sandbox: false,
      now: clock(),
    });
    await tx
      .updateTable('clients')
      .set({ ...decided, status: JSON.stringify(decided.status) })
      .where('id', '=', made.id)
      .execute();
    for (const [table, ids] of COPIED) await copyRows(tx, table, ids, source, made.id);
    return made.slug;
  });
}

async function copyRows(
  tx: Tx,
  table: string,
  ids: readonly string[],
  source: string,
  target: string,
): Promise<void> {
  const changes = sql.join([
    sql`'client_id'`,
    sql`${target}::text`,
    ...ids.flatMap((id) => [sql.lit(id), sql`md5(t.${sql.ref(id)} || ${target}::text)`]),
  ]);
  await sql`insert into ${sql.table(table)}
    select (jsonb_populate_record(t, jsonb_build_object(${changes}))).* from ${sql.table(table)} t
    where t.client_id = ${source}`.execute(tx);
}

async function idsOf({ store }: Services): Promise<string[]> {
  const rows = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  return rows.map(({ id }) => id);
}
