import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import { weekOf } from '#domain/usage/slices.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import type { ClientRef, Services } from '../../context.ts';
import { harmlessName } from '../../mail/index.ts';
import { fileWord } from '../../shared/download.ts';
import { zoneOf } from '../../shared/moment.ts';
import { jobContext } from '../asking.ts';
import { addDays } from '../range.ts';
import { buildWeekly } from './build.ts';
import { readWeekly, type WeeklySettings, weeklySettings } from './settings.ts';
import { type Files, toSite } from './to-site.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, every week' };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Hour of the Monday from which on the week before is reported; what is sent late is in by then. */
const FROM_HOUR = 6;

/** What became of a file: each place with when, or with what went wrong. */
export interface Delivery {
  readonly to: string;
  readonly at: string | null;
  readonly problem: string | null;
}

/** Makes the file of the last whole week for each client that wants it, once, and hands it to anyone who gets it. */
export async function makeDueUsageFiles(services: Services): Promise<void> {
  const rows = await services.store.read('system', (tx) =>
    tx.selectFrom('clients').select(['id', 'slug', 'name', 'profile', 'settings', 'sandbox']).execute(),
  );
  for (const row of rows) {
    const settings = weeklySettings.safeParse((row.settings as { usageFile?: unknown }).usageFile ?? {});
    if (settings.data?.on !== true) continue;
    const client = { ...row, timezone: zoneOf(row.profile) };
    try {
      await makeOne(services, client, dueWeek(services.clock(), client.timezone));
    } catch (error) {
      // One client whose file cannot be made keeps no other one from theirs.
      services.log.error({ err: error, client: row.id }, 'a weekly usage file could not be made');
    }
  }
}

/** Monday of the last week whose file is due. */
export function dueWeek(now: Date, zone: string): string {
  const local = DateTime.fromJSDate(now, { zone }).minus({ hours: FROM_HOUR }).toFormat('yyyy-MM-dd');
  return addDays(weekOf(local), -7);
}

async function makeOne(services: Services, client: ClientRef, week: string): Promise<void> {
  const { store, blobs, clock } = services;
  const there = await store.read([client.id], (tx) =>
    tx
      .selectFrom('usage_files')
      .selectAll()
      .where('client_id', '=', client.id)
      .where('week', '=', week)
      .executeTakeFirst(),
  );
  if (there === undefined) {
    const file = await buildWeekly(jobContext(services, client), week);
    const name = `${fileWord(`${client.name} usage`)}-week-of-${week}`;
    const xlsx = await blobs.put(Readable.from([file.xlsx]), { maxBytes: file.xlsx.byteLength });
    const csv = await blobs.put(Readable.from([file.csv]), { maxBytes: file.csv.byteLength });
    const now = clock();
    const created = await store.write([client.id], async (tx) => {
      const settings = await readWeekly(tx, client.id, { lock: true });
      if (!settings.on) return false;
      // Anyone who writes the line makes the file; another process that was as quick makes none.
      const claimed = await tx
        .insertInto('usage_files')
        .values({
          client_id: client.id,
          week,
          made_at: now,
          name,
          xlsx: xlsx.sha256,
          csv: csv.sha256,
          summary: JSON.stringify(file.summary),
          deliveries: JSON.stringify(placesOf(settings)),
        })
        .onConflict((line) => line.columns(['client_id', 'week']).doNothing())
        .returning('week')
        .executeTakeFirst();
      if (claimed === undefined) return false;
      const kept = { how: 'usage', addedBy: 'bylaw', addedByName: BYLAW.name, addedAt: now } as const;
      await addEvidence(tx, client.id, [
        { ...kept, sha256: xlsx.sha256, name: `${name}.xlsx`, mediaType: XLSX, bytes: xlsx.bytes },
        { ...kept, sha256: csv.sha256, name: `${name}.csv`, mediaType: 'text/csv', bytes: csv.bytes },
      ]);
      await appendAudit(tx, {
        chain: client.id,
        actor: BYLAW,
        action: 'usage.weekly_file',
        subject: { kind: 'usage_file', id: week, name },
        after: { week, xlsx: xlsx.sha256, csv: csv.sha256 },
        at: now,
      });
      return true;
    });
    if (!created) return;
    services.events.publish({ client: client.id, topic: 'activity', id: null });
  }
  await deliver(services, client, week);
}

function placesOf(settings: WeeklySettings): Delivery[] {
  const open = (to: string): Delivery => ({ to, at: null, problem: null });
  return [
    ...(settings.folder ? [open('folder')] : []),
    ...(settings.site === null ? [] : [open('sharepoint')]),
    ...settings.recipients.map(open),
  ];
}

/** Folder of the server that a client's weekly files are written to. */
export function folderOf(services: Pick<Services, 'config'>, client: Pick<ClientRef, 'slug'>): string {
  return join(services.config.dataDir, 'usage-files', fileWord(client.slug));
}

/** Hands over what was not handed over yet; each place is noted as soon as it has it. */
async function deliver(services: Services, client: ClientRef, week: string): Promise<void> {
  const { store } = services;
  const { row, settings } = await store.read([client.id], async (tx) => ({
    settings: await readWeekly(tx, client.id),
    row: await tx
      .selectFrom('usage_files')
      .selectAll()
      .where('client_id', '=', client.id)
      .where('week', '=', week)
      .executeTakeFirst(),
  }));
  if (row === undefined) return;
  const deliveries = row.deliveries as Delivery[];
  if (deliveries.every(({ at }) => at !== null)) return;
  const files = [
    { fileName: `${row.name}.xlsx`, mediaType: XLSX, bytes: await services.blobs.read(row.xlsx) },
    { fileName: `${row.name}.csv`, mediaType: 'text/csv', bytes: await services.blobs.read(row.csv) },
  ];
  for (const [at, delivery] of deliveries.entries()) {
    if (delivery.at !== null) continue;
    let problem: string | null = null;
    try {
      if (delivery.to === 'folder') await toFolder(folderOf(services, client), files);
      else if (delivery.to === 'sharepoint') await toSite(services, client, settings.site, files);
      else await toMail(services, client, delivery.to, settings.attach ? files : []);
    } catch (error) {
      problem = error instanceof Error ? error.message : 'It could not be handed over.';
      services.log.warn({ err: error, client: client.id }, 'a weekly usage file could not be handed over');
    }
    if (problem !== null && problem === delivery.problem) continue;
    deliveries[at] = {
      to: delivery.to,
      at: problem === null ? services.clock().toISOString() : null,
      problem,
    };
    await store.write([client.id], async (tx) => {
      await tx
        .updateTable('usage_files')
        .set({ deliveries: JSON.stringify(deliveries) })
        .where('client_id', '=', client.id)
        .where('week', '=', week)
        .execute();
      // What was written into the client's own tenant is on record like every change there.
      if (delivery.to === 'sharepoint' && problem === null)
        await appendAudit(tx, {
          chain: client.id,
          actor: BYLAW,
          action: 'usage.weekly_site',
          subject: { kind: 'usage_file', id: week, name: row.name },
          after: { week, site: settings.site, xlsx: row.xlsx, csv: row.csv },
          at: services.clock(),
        });
    });
  }
}

/** Written beside and moved into place, so that anyone who watches the folder never reads half a file. */
async function toFolder(folder: string, files: Files): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { fileName, bytes } of files) {
    const beside = join(folder, `.${fileName}.part`);
    await writeFile(beside, bytes, { mode: 0o600 });
    await rename(beside, join(folder, fileName));
  }
}

async function toMail(
  { mail, config }: Services,
  client: ClientRef,
  to: string,
  files: Files,
): Promise<void> {
  if (!(await mail.configured()))
    throw new Error('Mail is not set up. An Owner sets it up under Settings of the console.');
  await mail.send({
    to,
    subject: `Claude use this week: ${harmlessName(client.name)}`,
    text: `The weekly usage file of ${harmlessName(client.name)} was made${files.length === 0 ? '' : ' and is attached'}. Sign in to review it:\n\n${config.origin}/c/${client.slug}/usage?tab=weekly\n`,
    attachments: files,
  });
}
// Guide: G5.3-05
