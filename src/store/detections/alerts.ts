import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type AlertRow = Selectable<Database['alerts']>;
export type AlertStepRow = Selectable<Database['alert_steps']>;
export type SilenceRow = Selectable<Database['detection_silences']>;
export type SettingRow = Selectable<Database['detection_settings']>;

/** Alerts of a client with the time spans that they cover. */
export function alertsWithSpans(tx: Tx, clientId: string) {
  return tx
    .selectFrom('alerts as a')
    .innerJoin('activity_alert_spans as s', (join) =>
      join.onRef('s.client_id', '=', 'a.client_id').onRef('s.alert_id', '=', 'a.id'),
    )
    .selectAll('a')
    .select(['s.first_at', 's.last_at', 's.count', 's.first_activity', 's.sample', 's.outlier'])
    .where('a.client_id', '=', clientId);
}
export type AlertWithSpan = AlertRow &
  Pick<
    Selectable<Database['activity_alert_spans']>,
    'first_at' | 'last_at' | 'count' | 'first_activity' | 'sample' | 'outlier'
  >;

/** Alerts in these states, latest first. */
export async function alertsIn(
  tx: Tx,
  clientId: string,
  states: readonly string[],
  { limit, detection }: { readonly limit: number; readonly detection?: string | undefined },
): Promise<AlertWithSpan[]> {
  let query = alertsWithSpans(tx, clientId).where('a.state', 'in', [...states]);
  if (detection !== undefined) query = query.where('a.detection', '=', detection);
  return query.orderBy('s.last_at', 'desc').orderBy('a.number', 'desc').limit(limit).execute();
}

/** Latest alerts of a detection, in any state, whose events reach `since` or later. */
export async function alertsOfDetection(
  tx: Tx,
  clientId: string,
  { detection, since, limit }: { readonly detection: string; readonly since: Date; readonly limit: number },
): Promise<AlertWithSpan[]> {
  return alertsWithSpans(tx, clientId)
    .where('a.detection', '=', detection)
    .where('s.last_at', '>=', since)
    .orderBy('s.last_at', 'desc')
    .limit(limit)
    .execute();
}

export async function findAlert(tx: Tx, clientId: string, id: string): Promise<AlertWithSpan | undefined> {
  return alertsWithSpans(tx, clientId).where('a.id', '=', id).executeTakeFirst();
}

/** Finds an alert by its number, such as 12 for AL-0012. */
export async function findAlertNumbered(
  tx: Tx,
  clientId: string,
  number: number,
): Promise<AlertWithSpan | undefined> {
  return alertsWithSpans(tx, clientId).where('a.number', '=', number).executeTakeFirst();
}

/** Number of alerts by state, detection and level. */
export async function countAlerts(
  tx: Tx,
  clientId: string,
): Promise<{ state: string; detection: string; level: string; alerts: number }[]> {
  const rows = await tx
    .selectFrom('alerts')
    .select((eb) => ['state', 'detection', 'level', eb.fn.countAll<string>().as('alerts')])
    .where('client_id', '=', clientId)
    .groupBy(['state', 'detection', 'level'])
    .execute();
  return rows.map((row) => ({ ...row, alerts: Number(row.alerts) }));
}

/** Time of each alert's first event, for alerts that began at `since` or later; merged alerts are excluded. */
export async function alertsBegunSince(
  tx: Tx,
  clientId: string,
  since: Date,
): Promise<{ state: string; level: string; first: Date }[]> {
  const rows = await tx
    .selectFrom('alerts as a')
    .innerJoin('activity_alert_spans as s', (join) =>
      join.onRef('s.client_id', '=', 'a.client_id').onRef('s.alert_id', '=', 'a.id'),
    )
    .select(['a.state', 'a.level', 's.first_at as first'])
    .where('a.client_id', '=', clientId)
    .where('a.state', '<>', 'merged')
    .where('s.first_at', '>=', since)
    .execute();
  return rows;
}

/** Updates an alert if its version is still the given one, and increments the version; otherwise returns null. */
export const changeAlert = versioned('alerts');

export async function alertSteps(tx: Tx, clientId: string, alertId: string): Promise<AlertStepRow[]> {
  return tx
    .selectFrom('alert_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('alert_id', '=', alertId)
    .orderBy('seq')
    .execute();
}

/** Appends to the history of an alert. */
export async function addAlertStep(
  tx: Tx,
  row: Omit<Insertable<Database['alert_steps']>, 'seq'>,
): Promise<void> {
  const last = await tx
    .selectFrom('alert_steps')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('client_id', '=', row.client_id)
    .where('alert_id', '=', row.alert_id)
    .executeTakeFirst();
  await tx
    .insertInto('alert_steps')
    .values({ ...row, seq: (last?.seq ?? 0) + 1 })
    .execute();
}

/** States of an alert without a decision by a person. */
const UNDECIDED: readonly string[] = ['open', 'old', 'silenced'];

/** Withdraws an undecided alert after later events have shown that it was false. Returns whether it was withdrawn. */
export async function withdrawAlert(
  tx: Tx,
  clientId: string,
  alert: Pick<AlertRow, 'id' | 'state' | 'version'>,
  now: Date,
): Promise<boolean> {
  if (!UNDECIDED.includes(alert.state)) return false;
  await tx
    .updateTable('alerts')
    .set({ state: 'withdrawn', version: alert.version + 1 })
    .where('client_id', '=', clientId)
    .where('id', '=', alert.id)
    .execute();
  await addAlertStep(tx, {
    client_id: clientId,
    alert_id: alert.id,
    act: 'withdrawn',
    note: null,
    done_by: null,
    done_by_name: null,
    done_at: now,
  });
  return true;
}

/** Silences of a client that have neither been ended nor expired. */
export async function silencesOn(tx: Tx, clientId: string, today: string): Promise<SilenceRow[]> {
  return tx
    .selectFrom('detection_silences')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('ended_at', 'is', null)
    .where('until_day', '>=', today)
    .orderBy('made_at', 'desc')
    .execute();
}

/** A client's settings of its detections. */
export async function detectionSettings(tx: Tx, clientId: string): Promise<SettingRow[]> {
  return tx
    .selectFrom('detection_settings')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('detection')
    .execute();
}

export async function findSilence(tx: Tx, clientId: string, id: string): Promise<SilenceRow | undefined> {
  return tx
    .selectFrom('detection_silences')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertSilence(tx: Tx, row: Insertable<Database['detection_silences']>): Promise<void> {
  await tx.insertInto('detection_silences').values(row).execute();
}

/** Ends a silence; false if it does not exist or has already ended. */
export async function endSilence(
  tx: Tx,
  clientId: string,
  id: string,
  ended: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('detection_silences')
    .set({ ended_by_name: ended.by, ended_at: ended.at })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Stores a client's setting of a detection if the stored version is still `version` (0: none stored). Returns whether
 * it was.
 */
export async function putSetting(
  tx: Tx,
  row: Omit<Insertable<Database['detection_settings']>, 'version'>,
  version: number,
): Promise<boolean> {
  if (version === 0) {
    const added = await tx
      .insertInto('detection_settings')
      .values(row)
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    return Number(added.numInsertedOrUpdatedRows) === 1;
  }
  const { client_id, detection, ...values } = row;
  const changed = await tx
    .updateTable('detection_settings')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('detection', '=', detection)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
