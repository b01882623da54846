import type { z } from 'zod';
import { OPEN_STATES } from '#domain/imports/states.ts';
import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import type { VerdictHead } from '#domain/model/verdict.ts';
import { dayWords } from '#domain/text/words.ts';
import { allDrafts, approvalsOfDraft, stepsOf } from '#store/charter/drafts.ts';
import type { Tx } from '#store/open.ts';
import { present } from '../assess/moment.ts';
import { authorsOf, counting } from '../charter/approval.ts';
import { shortId } from '../reports/shared/words.ts';
import type { homeSchema } from './contract.ts';
import type { WaitingDraft, WaitingException } from './do-now.ts';

export type Running = z.infer<typeof homeSchema>['running'][number];

/** Days ahead in which something that runs out is shown. */
const AHEAD = 14;
/** Days for which a statement counts where its control names none. */
const STATEMENT_DAYS = 90;

export async function waitingDrafts(tx: Tx, clientId: string): Promise<WaitingDraft[]> {
  const rows = (await allDrafts(tx, clientId)).filter(({ state }) => state === 'proposed');
  return Promise.all(
    rows.map(async (row) => {
      const steps = await stepsOf(tx, clientId, row.id);
      const approvals = await approvalsOfDraft(tx, clientId, row.id);
      return {
        id: row.id,
        title: row.title,
        reason: row.reason,
        proposedByName: row.proposed_by_name ?? 'Somebody',
        authors: [...authorsOf({ row, steps })],
        approvedBy: counting({ row, approvals }).map((one) => one.approved_by),
      };
    }),
  );
}

export async function waitingExceptions(tx: Tx, clientId: string): Promise<WaitingException[]> {
  const rows = await tx
    .selectFrom('exceptions')
    .select(['id', 'control_id', 'reason', 'until_day', 'requested_by', 'requested_by_name'])
    .where('client_id', '=', clientId)
    .where('state', '=', 'requested')
    .orderBy('requested_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    control: row.control_id,
    reason: row.reason,
    until: row.until_day,
    requestedBy: row.requested_by,
    requestedByName: row.requested_by_name,
  }));
}

export interface Statement {
  readonly id: string;
  readonly control: string;
  readonly by: string;
  readonly seen: string;
  readonly expires: string | null;
}

/** The newest statement that counts of each control. */
export async function newestStatements(tx: Tx, clientId: string): Promise<Statement[]> {
  const rows = await tx
    .selectFrom('attestations')
    .select(['id', 'control_id', 'attested_by', 'seen', 'expires'])
    .distinctOn('control_id')
    .where('client_id', '=', clientId)
    .where('withdrawn_at', 'is', null)
    .orderBy('control_id')
    .orderBy('seen', 'desc')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    control: row.control_id,
    by: row.attested_by,
    seen: row.seen,
    expires: row.expires,
  }));
}

export interface Draft {
  readonly id: string;
  readonly createdAt: Date;
  readonly files: number;
}

/** Imports that were begun and neither stored nor given up. */
export async function openImports(tx: Tx, clientId: string): Promise<Draft[]> {
  const rows = await tx
    .selectFrom('imports as i')
    .leftJoin('import_files as f', (join) =>
      join.onRef('f.client_id', '=', 'i.client_id').onRef('f.import_id', '=', 'i.id'),
    )
    .select((eb) => ['i.id', 'i.created_at', eb.fn.count<string>('f.id').as('files')])
    .where('i.client_id', '=', clientId)
    .where('i.state', 'in', [...OPEN_STATES])
    .groupBy(['i.id', 'i.created_at'])
    .orderBy('i.created_at')
    .execute();
  return rows.map((row) => ({ id: row.id, createdAt: row.created_at, files: Number(row.files) }));
}

interface RunningInput {
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly zone: string;
  /** Each null where it is not the person's to see. */
  readonly waiting: readonly WaitingException[] | null;
  readonly verdicts: readonly VerdictHead[] | null;
  readonly statements: readonly Statement[] | null;
  readonly drafts: readonly Draft[] | null;
}

/** What waits for somebody or runs out soon: what waits first, then by day. */
export function runningOut(input: RunningInput): Running[] {
  const { catalogue, today, zone } = input;
  const last = addDays(today, AHEAD);
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const ref = (id: string) => ({ id, short: shortId(id), title: controls.get(id)?.title ?? id });
  const waits = (input.waiting ?? []).map(
    (one): Running => ({
      what: 'exception_waits',
      title: `An exception for ${shortId(one.control)} waits for a second person`,
      detail: `${one.requestedByName} asks until ${dayWords(one.until)}: ${one.reason}`,
      day: one.until,
      control: ref(one.control),
      subject: one.id,
    }),
  );
  const drafts = (input.drafts ?? []).map(
    (draft): Running => ({
      what: 'import_draft',
      title: 'An import is not finished',
      detail: `${draft.files === 1 ? '1 file' : `${draft.files} files`}, begun and not stored. Nothing of it counts yet.`,
      day: present(draft.createdAt, zone).today,
      control: null,
      subject: draft.id,
    }),
  );
  const exceptions = (input.verdicts ?? []).flatMap(({ control, exception }): Running[] =>
    exception === null || exception.until > last
      ? []
      : [
          {
            what: 'exception_ends',
            title: `The exception for ${shortId(control)} ends`,
            detail: `Of ${exception.owner}: ${exception.reason}`,
            day: exception.until,
            control: ref(control),
            subject: null,
          },
        ],
  );
  const statements = (input.statements ?? []).flatMap((statement): Running[] => {
    const control = controls.get(statement.control);
    const ends = control === undefined ? statement.expires : endOf(statement, control);
    if (ends === null || ends < today || ends > last) return [];
    return [
      {
        what: 'attestation_ends',
        title: `What ${statement.by} saw for ${shortId(statement.control)} stops counting`,
        detail: `Seen on ${dayWords(statement.seen)}. Look again before then.`,
        day: ends,
        control: ref(statement.control),
        subject: statement.id,
      },
    ];
  });
  return [
    ...waits,
    ...[...drafts, ...exceptions, ...statements].sort(
      (a, b) => a.day.localeCompare(b.day) || a.title.localeCompare(b.title, 'en'),
    ),
  ];
}

/** Last day on which a statement counts, as the rule reads it. */
function endOf({ seen, expires }: Statement, control: Control): string | null {
  const check = control.checks.find(({ rule }) => rule === 'attested');
  if (check === undefined) return expires;
  const days = typeof check.with.days === 'number' ? check.with.days : STATEMENT_DAYS;
  const ends = addDays(seen, days);
  return expires !== null && expires < ends ? expires : ends;
}
