import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { JOBS } from '#app/jobs/jobs.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { eachEngine } from '#store/testing.ts';
import { verifyExport } from '../audit/export/verify.ts';
import { counting, importing } from '../imports/testing/importing.ts';

/** A members file; `extra` makes the content of each one unique. */
export function membersFile(day: string, extra = day): { name: string; bytes: string } {
  return {
    name: `members-${day}.csv`,
    bytes: `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Tobin Achterberg,tobin@alder.example.org,User,Standard,Active
Visitor ${extra},visitor@alder.example.org,User,Standard,Active
`,
  };
}

const DOCUMENT = /^(charter|journal|attestations)\.yaml$/;

/** Imports files on a day, as a technician who signs in on that day. Documents among them take effect immediately. */
export async function importOn(
  bylaw: TestConsole,
  client: { readonly id: string; readonly slug: string },
  day: string,
  files: readonly { readonly name: string; readonly bytes: Buffer | string }[],
): Promise<string> {
  bylaw.setNow(new Date(`${day}T15:00:00Z`));
  if (files.some(({ name }) => DOCUMENT.test(name))) return (await counting(bylaw, client.id, files)).id;
  const person = await bylaw.person('technician', client.id, 'Dana Whitlock');
  const { id, stored } = await importing(bylaw, person, client.slug).all(files);
  if (stored.body.stored !== true) throw new Error(`not stored: ${JSON.stringify(stored.body)}`);
  return id;
}

/** An Owner who signs in at the console's current time. */
export function ownerNow(bylaw: TestConsole): Promise<TestPerson> {
  return bylaw.person('owner', null, 'Olive Owner');
}

/** Runs jobs of the server by name. */
export async function runJobs(bylaw: TestConsole, ...names: readonly RegExp[]): Promise<void> {
  for (const name of names) {
    const job = JOBS.find((one) => name.test(one.name));
    if (job === undefined) throw new Error(`There is no job ${name}.`);
    await job.run(bylaw.services);
  }
}

/** Dates every file of evidence far in the past: recently stored ones are never swept. */
export async function ageFiles(bylaw: TestConsole): Promise<void> {
  const folder = join(bylaw.services.config.dataDir, 'evidence');
  const then = new Date(Date.now() - 3 * 24 * 3_600_000);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), then, then);
}

/** What the store has of a client, and the files on the disk. */
export async function heldOf(bylaw: TestConsole, clientId: string) {
  const { store, blobs } = bylaw.services;
  const rows = await store.read([clientId], async (tx) => ({
    readings: await tx
      .selectFrom('observations')
      .select(['file', 'kind'])
      .where('client_id', '=', clientId)
      .where('stored_at', 'is not', null)
      .orderBy('file')
      .execute(),
    parts: await tx.selectFrom('observation_rows').select('observation_id').distinct().execute(),
    evidence: await tx
      .selectFrom('evidence')
      .select(['name', 'sha256', 'bytes'])
      .where('client_id', '=', clientId)
      .orderBy('name')
      .execute(),
    reports: await tx.selectFrom('reports').select(['id', 'title']).orderBy('made_at').execute(),
    records: await tx
      .selectFrom('audit_log')
      .select(['seq', 'action', 'body'])
      .where('client_id', '=', clientId)
      .orderBy('seq')
      .execute(),
  }));
  const disk: string[] = [];
  for await (const sha256 of blobs.list()) disk.push(sha256);
  return {
    readings: rows.readings.map(({ file }) => file),
    withRows: rows.parts.length,
    evidence: rows.evidence,
    files: rows.evidence.map(({ name }) => name),
    reports: rows.reports.map(({ title }) => title),
    records: rows.records.map(({ seq, action, body }) => ({
      seq: Number(seq),
      action,
      body: JSON.parse(body),
    })),
    disk,
  };
}

export const TODAY = '2026-11-24';
export const RETENTION = /retention does not keep/;

type Engine = Parameters<Parameters<typeof eachEngine>[1]>[0];

/**
 * A console with a client that has four members files; on November 24, 2026 the first two were replaced more than 13
 * months ago. Each test has its own client.
 */
export function retentionWorld(engine: Engine) {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let olive: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  const at = async (day: string) => {
    bylaw.setNow(new Date(`${day}T16:00:00Z`));
    olive = await ownerNow(bylaw);
  };
  const show = async () => (await olive.call('GET', `/clients/${client.slug}/retention`)).body;
  beforeEach(async () => {
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
    for (const day of ['2024-03-10', '2024-09-10', '2025-06-10', '2026-11-20'])
      await importOn(bylaw, client, day, [membersFile(day, `${client.name} ${day}`)]);
    await ageFiles(bylaw);
    await at(TODAY);
  });

  return {
    get bylaw() {
      return bylaw;
    },
    get client() {
      return client;
    },
    /** The owner, signed in at the console's current time. */
    get olive() {
      return olive;
    },
    at,
    show,
    held: () => heldOf(bylaw, client.id),
    keep: async (readings: string, reports = 'forever') =>
      olive.call('PUT', `/clients/${client.slug}/retention`, {
        version: (await show()).version,
        readings,
        reports,
      }),
    preview: async (query = '') =>
      (await olive.call('GET', `/clients/${client.slug}/retention/preview${query}`)).body,
    verdicts: async () => {
      await bylaw.services.verdicts.ensureCurrent([client.id]);
      return bylaw.services.store.read([client.id], (tx) =>
        tx
          .selectFrom('verdicts')
          .select(['control_id', 'state', 'digest', 'body_digest'])
          .where('client_id', '=', client.id)
          .where('until', 'is', null)
          .orderBy('control_id')
          .execute(),
      );
    },
    exported: async (query = '?evidence=with') => {
      const answer = await olive.call('GET', `/clients/${client.slug}/audit/export${query}`);
      return verifyExport(piece(answer.bytes));
    },
  };
}
export type RetentionWorld = ReturnType<typeof retentionWorld>;

async function* piece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
