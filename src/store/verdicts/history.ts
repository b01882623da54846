import type { State, Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { verdictOf } from './body.ts';
import { hadDuration } from './current.ts';

/** A period in which a control had one verdict. */
export interface VerdictStretch {
  readonly id: string;
  readonly control: string;
  readonly state: State;
  readonly reason: string;
  readonly verdict: Verdict;
  readonly since: Date;
  /** null: current. */
  readonly until: Date | null;
  /** Last day on which its readings were current. */
  readonly goodUntil: string | null;
  /** Last day, in the client's zone, for which it was evaluated. */
  readonly decidedDay: string;
}

/** Past and current verdicts of a control, newest first. */
export async function historyOf(
  tx: Tx,
  clientId: string,
  control: string,
  limit: number,
): Promise<VerdictStretch[]> {
  const rows = await stretches(tx, clientId)
    .where('control_id', '=', control)
    .orderBy('since', 'desc')
    .limit(limit)
    .execute();
  return rows.map(stretch);
}

/** Current verdicts that began after an instant, newest first. */
export async function newSince(tx: Tx, clientId: string, after: Date): Promise<VerdictStretch[]> {
  const rows = await stretches(tx, clientId)
    .where('until', 'is', null)
    .where('since', '>', after)
    .orderBy('since', 'desc')
    .orderBy('control_id')
    .execute();
  return rows.map(stretch);
}

/** Verdicts in effect at an instant, at most one per control. */
export async function verdictsAt(
  tx: Tx,
  clientId: string,
  at: Date,
  controls?: readonly string[],
): Promise<VerdictStretch[]> {
  if (controls?.length === 0) return [];
  const rows = await stretches(tx, clientId)
    .where('since', '<=', at)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
    .$if(controls !== undefined, (query) => query.where('control_id', 'in', controls ?? []))
    .execute();
  return rows.map(stretch);
}

function stretches(tx: Tx, clientId: string) {
  return tx
    .selectFrom('verdicts')
    .select(['id', 'control_id', 'state', 'reason', 'body', 'since', 'until', 'good_until', 'decided_day'])
    .where('client_id', '=', clientId)
    .where(hadDuration('verdicts'));
}

function stretch(row: {
  id: string;
  control_id: string;
  state: string;
  reason: string;
  body: unknown;
  since: Date;
  until: Date | null;
  good_until: string | null;
  decided_day: string;
}): VerdictStretch {
  return {
    id: row.id,
    control: row.control_id,
    state: row.state as State,
    reason: row.reason,
    verdict: verdictOf(row.body),
    since: row.since,
    until: row.until,
    goodUntil: row.good_until,
    decidedDay: row.decided_day,
  };
}
