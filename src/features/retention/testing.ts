import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestConsole, TestPerson } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';
import { JOBS } from '../jobs/jobs.ts';

/** A members file; `extra` makes each one's content its own. */
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

/** Brings files in on a day, as a technician does who signs in on that day. */
export async function importOn(
  bylaw: TestConsole,
  client: { readonly id: string; readonly slug: string },
  day: string,
  files: readonly { readonly name: string; readonly bytes: Buffer | string }[],
): Promise<string> {
  bylaw.setNow(new Date(`${day}T15:00:00Z`));
  const person = await bylaw.person('technician', client.id, 'Dana Whitlock');
  const { id, stored } = await importing(bylaw, person, client.slug).all(files);
  if (stored.body.stored !== true) throw new Error(`not stored: ${JSON.stringify(stored.body)}`);
  return id;
}

/** An Owner who signs in at the moment that the console believes in. */
export function ownerNow(bylaw: TestConsole): Promise<TestPerson> {
  return bylaw.person('owner', null, 'Olive Owner');
}

/** Runs jobs of the server by their names. */
export async function runJobs(bylaw: TestConsole, ...names: readonly RegExp[]): Promise<void> {
  for (const name of names) {
    const job = JOBS.find((one) => name.test(one.name));
    if (job === undefined) throw new Error(`There is no job ${name}.`);
    await job.run(bylaw.services);
  }
}

/** Makes every file of evidence as old as if it had been stored long ago: newer ones are never swept. */
export async function ageFiles(bylaw: TestConsole): Promise<void> {
  const folder = join(bylaw.services.config.dataDir, 'evidence');
  const then = new Date(Date.now() - 3 * 24 * 3_600_000);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), then, then);
}

/** What the store holds of a client, and which files lie on the disk. */
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
