import type { Tx } from '../open.ts';
import { type AlertWithSpan, alertsWithSpans } from './alerts.ts';

/** States in which an alert is handed on: those that somebody had, or has, to look at. */
const FORWARDED = ['open', 'follow_up', 'real', 'benign', 'withdrawn'] as const;

export interface AlertsWanted {
  readonly after: number;
  readonly limit: number;
  readonly levels: readonly string[];
}

/**
 * Alerts after a number, in order of it, and up to which number there are no others that are wanted. Numbers are given
 * out one after the other, each by a transaction that saw the one before, so none appears later below another.
 */
export async function readAlerts(
  tx: Tx,
  clientId: string,
  wanted: AlertsWanted,
): Promise<{ readonly alerts: readonly AlertWithSpan[]; readonly through: number }> {
  const { after, limit, levels } = wanted;
  const head = await lastAlert(tx, clientId);
  if (head <= after || levels.length === 0) return { alerts: [], through: Math.max(head, after) };
  const alerts = await alertsWithSpans(tx, clientId)
    .where('a.number', '>', after)
    .where('a.number', '<=', head)
    .where('a.state', 'in', [...FORWARDED])
    .where('a.level', 'in', [...levels])
    .orderBy('a.number')
    .limit(limit)
    .execute();
  const last = alerts.at(-1);
  return { alerts, through: alerts.length === limit && last !== undefined ? last.number : head };
}

/** How many alerts after a number are wanted, counted up to `limit`, and when the first of them was raised. */
export async function alertsBehind(
  tx: Tx,
  clientId: string,
  { after, limit, levels }: AlertsWanted,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const rows = await tx
    .selectFrom('alerts')
    .select('raised_at')
    .where('client_id', '=', clientId)
    .where('number', '>', after)
    .where('state', 'in', [...FORWARDED])
    .where('level', 'in', [...levels])
    .orderBy('number')
    .limit(limit)
    .execute();
  return { count: rows.length, oldest: rows[0]?.raised_at ?? null };
}

/** The number of the newest alert of a client; 0: there is none. */
export async function lastAlert(tx: Tx, clientId: string): Promise<number> {
  const row = await tx
    .selectFrom('alerts')
    .select((eb) => eb.fn.max<number | null>('number').as('number'))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.number ?? 0;
}
