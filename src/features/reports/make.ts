import { createHash, randomUUID } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { type AssignedControl, CONTROL_ASSIGNMENTS } from '#domain/work/facts.ts';
import type { AuditActor } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { allQuotes } from '#store/planner/quotes.ts';
import { removedOf } from '#store/retention/removed.ts';
import { assignmentsOf } from '#store/work/assignments.ts';
import type { Services } from '../context.ts';
import { quotesFor } from '../planner/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { removedWords } from '../shared/removed-words.ts';
import { version } from '../version.ts';
import { historyOf } from './board/history.ts';
import { jsonText } from './formats.ts';
import { type Report, reportSchema } from './model.ts';

export interface NewReport {
  readonly clientId: string;
  readonly title: string | null;
  readonly asOf: string | null;
  readonly preparedBy: string;
  /** Earlier report to compare with; `newest`: the newest one up to the day of the report; null: none. */
  readonly since: Report | 'newest' | null;
  /** The client's time zone. */
  readonly zone: string;
}

/** Evaluates and builds a report without storing it. */
export async function buildStored(services: Services, wanted: NewReport): Promise<Report> {
  const { clientId, zone } = wanted;
  const { today } = present(services.clock(), zone);
  const day = wanted.asOf ?? today;
  const { rows, history, since, assigned } = await services.store.read([clientId], async (tx) => ({
    rows: await allQuotes(tx, clientId),
    history: await historyOf(tx, clientId, day, zone),
    // Earlier assignments are not stored.
    assigned: day === today ? await assignedControls(tx, clientId) : [],
    since: wanted.since === 'newest' ? await newestReport(tx, clientId, day) : wanted.since,
  }));
  const run = await services.verdicts.run(
    wanted.clientId,
    'report',
    { version, preparedBy: wanted.preparedBy, since, quotes: quotesFor(rows), history, assigned },
    wanted.asOf === null ? {} : { day: wanted.asOf },
  );
  if (!run) throw notFound();
  return run.result;
}

/** Controls that are assigned to an owner or have a day. */
async function assignedControls(tx: Tx, clientId: string): Promise<AssignedControl[]> {
  const rows = await assignmentsOf(tx, clientId, CONTROL_ASSIGNMENTS);
  return rows.map((row) => ({
    control: row.task,
    owner:
      row.owner_name === null ? null : { user: row.owner_user, name: row.owner_name, mail: row.owner_mail },
    due: row.due_on,
  }));
}

/** The newest report of a client up to and including `day`; null: there is none. */
async function newestReport(tx: Tx, clientId: string, day: string): Promise<Report | null> {
  const row = await tx
    .selectFrom('reports')
    .select('model')
    .where('client_id', '=', clientId)
    .where('as_of', '<=', day)
    .orderBy('as_of', 'desc')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : reportSchema.parse(JSON.parse(inflateSync(row.model).toString('utf8')));
}

export interface StoredReport {
  readonly id: string;
  readonly title: string;
  readonly sha256: string;
}

/** Stores a report; the caller writes its record in the same transaction. */
export async function insertReport(
  tx: Tx,
  report: Report,
  about: {
    readonly clientId: string;
    readonly title: string | null;
    readonly paper: 'a4' | 'letter';
    readonly scheduleId: string | null;
    readonly by: AuditActor;
    readonly now: Date;
  },
): Promise<StoredReport> {
  const text = jsonText(report);
  const id = randomUUID();
  const title = about.title ?? 'Report';
  const sha256 = createHash('sha256').update(text).digest('hex');
  await tx
    .insertInto('reports')
    .values({
      id,
      client_id: about.clientId,
      title,
      as_of: report.asOf,
      model: deflateSync(text),
      model_sha256: sha256,
      rests_on: JSON.stringify(filesBehind(report)),
      counts: JSON.stringify(report.counts),
      paper: about.paper,
      schedule_id: about.scheduleId,
      made_by: about.by.id ?? about.by.kind,
      made_by_name: about.by.name,
      made_at: about.now,
    })
    .execute();
  return { id, title, sha256 };
}

/** SHA-256 of the files that a report's verdicts are based on. Files replaced by newer ones are only named. */
function filesBehind({ files }: Report): string[] {
  const counted = files.filter(({ outcome }) => COUNTED.has(outcome)).map(({ sha256 }) => sha256);
  return [...new Set(counted.filter((sha256) => sha256 !== ''))];
}

const COUNTED: ReadonlySet<Report['files'][number]['outcome']> = new Set(['taken', 'document', 'proof']);

const COLUMNS = [
  'id',
  'title',
  'as_of',
  'model_sha256',
  'counts',
  'paper',
  'schedule_id',
  'made_by_name',
  'made_at',
] as const;

export async function listReports(tx: Tx, clientId: string) {
  return tx
    .selectFrom('reports')
    .select(COLUMNS)
    .where('client_id', '=', clientId)
    .orderBy('made_at', 'desc')
    .execute();
}

/**
 * A stored report with its model; `text` is its JSON form exactly as stored. Throws NOT_FOUND if this client has no
 * such report, UNPROCESSABLE if retention removed it.
 */
export async function readReport(tx: Tx, clientId: string, id: string) {
  const row = await tx
    .selectFrom('reports')
    .select([...COLUMNS, 'model'])
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) {
    const [removed] = await removedOf(tx, clientId, 'report', id);
    if (removed === undefined) throw notFound();
    throw unprocessable(removedWords(`“${removed.name}”`, removed));
  }
  const { model, ...line } = row;
  const text = inflateSync(model);
  const parsed: unknown = JSON.parse(text.toString('utf8'));
  return { ...line, text, report: reportSchema.parse(parsed) };
}
