import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Insertable } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import { address } from '#domain/people/names.ts';
import {
  activitiesBetween,
  activitiesOfPerson,
  activitiesOfSession,
  logEdges,
} from '#store/activity/read.ts';
import { charterVersions } from '#store/charter/versions.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import { addIncidentEvidence, type IncidentRow } from '#store/incidents/incidents.ts';
import { readingsThen } from '#store/incidents/readings.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import { showAlert } from '../alerts/index.ts';
import type { HandlerContext } from '../context.ts';
import { charterFrom } from '../detections/index.ts';
import { fromDefender } from './from-defender.ts';

type NewEvidence = Insertable<Database['incident_evidence']>;

/** Time before and after, within which activities are collected. */
const HOURS_AROUND = 24;
/** Maximum number of activities that one collection stores. */
const MAX_ACTIVITIES = 5_000;
/** Maximum number of activities examined if only a connector is named. */
const MAX_READ = 20_000;

const HOUR = 3_600_000;

/** Time window of an incident: from a day before it happened until a day after it was noticed. */
export function windowOf(row: Pick<IncidentRow, 'happened_at' | 'noticed_at'>): {
  readonly from: Date;
  readonly until: Date;
} {
  const begun = row.happened_at ?? row.noticed_at;
  return {
    from: new Date(begun.getTime() - HOURS_AROUND * HOUR),
    until: new Date(Math.max(begun.getTime(), row.noticed_at.getTime()) + HOURS_AROUND * HOUR),
  };
}

/**
 * Activities of the person, otherwise of the connector, within the window, oldest first; null: neither is named. If a
 * session is named, all of its activities are included, whatever connector they used.
 */
export async function activitiesAround(
  tx: Tx,
  clientId: string,
  row: Pick<IncidentRow, 'happened_at' | 'noticed_at' | 'person' | 'connector' | 'session'>,
  max = MAX_ACTIVITIES,
): Promise<readonly StoredActivity[] | null> {
  const { from, until } = windowOf(row);
  const { connector, session } = row;
  const person = row.person === null ? null : address(row.person);
  if (session !== null) {
    const all = await activitiesOfSession(tx, clientId, session, from, until, max + 1);
    // Some events of a session name no person, but belong to the session.
    return person === null ? all : all.filter((one) => one.person === person || one.person === null);
  }
  if (person !== null) return activitiesOfPerson(tx, clientId, person, from, until, max + 1);
  if (connector === null) return null;
  const wanted = connector.toLowerCase();
  // Activities after the window do not count toward the limit.
  const edge = { at: new Date(until.getTime() + 1), id: '' };
  const all = await activitiesBetween(tx, clientId, from, edge, MAX_READ);
  return all
    .filter((one) => one.connector?.toLowerCase() === wanted || one.connectorName?.toLowerCase() === wanted)
    .reverse()
    .slice(0, max + 1);
}

/** What is stored with the incident, and the files that contain it. */
export interface Collected {
  readonly rows: readonly NewEvidence[];
  readonly files: readonly { readonly sha256: string; readonly bytes: number; readonly name: string }[];
}

/**
 * Collects the evidence that Bylaw holds for what the playbook asks for. Activities and the alert are stored as
 * separate files, so that retention does not delete them; files that are already evidence are referenced by SHA-256.
 */
export async function collect(context: HandlerContext, row: IncidentRow): Promise<Collected> {
  const { client, services, actor, now } = context;
  const held = new Set(row.plan.evidence.flatMap((one) => one.held ?? []));
  const rows: NewEvidence[] = [];
  const files: { sha256: string; bytes: number; name: string }[] = [];
  const code = incidentCode(row.number, row.drill);
  const add = (part: Partial<NewEvidence> & Pick<NewEvidence, 'kind' | 'found'>) =>
    rows.push({
      client_id: client.id,
      incident_id: row.id,
      id: randomUUID(),
      added_by_name: actor.name,
      added_at: now,
      ...part,
    });
  const keep = async (name: string, value: unknown): Promise<string> => {
    const bytes = Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
    const stored = await services.blobs.put(Readable.from([bytes]), { maxBytes: bytes.length });
    files.push({ ...stored, name });
    return stored.sha256;
  };
  const { around, edges, charters, readings } = await context.read(async (tx) => ({
    around: held.has('activities') ? await activitiesAround(tx, client.id, row) : null,
    edges: await logEdges(tx, client.id),
    charters: held.has('charter') ? await charterVersions(tx, client.id) : [],
    readings: held.has('readings')
      ? await readingsThen(tx, client.id, row.happened_at ?? row.noticed_at)
      : [],
  }));
  if (held.has('activities')) {
    const { from, until } = windowOf(row);
    const span = { from_at: from, until_at: until };
    // Finding nothing means little if the log does not cover the window.
    const read = edges !== null && edges.last >= from.toISOString() && edges.first <= until.toISOString();
    if (around === null || (around.length === 0 && !read))
      add({ kind: 'activities', found: 'not_read', ...span });
    else if (around.length === 0) add({ kind: 'activities', found: 'none', rows: 0, ...span });
    else {
      const kept = around.slice(0, MAX_ACTIVITIES);
      const sha256 = await keep(`${code} activities.json`, kept);
      add({
        kind: 'activities',
        found: 'kept',
        sha256,
        rows: kept.length,
        whole: around.length <= MAX_ACTIVITIES,
        ...span,
      });
    }
  }
  if (held.has('charter')) {
    const then = row.happened_at ?? row.noticed_at;
    const charter = charters.find((one) => charterFrom(one, charters, client.timezone) <= then);
    if (charter === undefined) add({ kind: 'charter', found: 'none' });
    else add({ kind: 'charter', found: 'kept', sha256: charter.sha256, detail: String(charter.version) });
  }
  if (held.has('alert') && row.origin === 'alert' && row.origin_id !== null) {
    const { may: _may, today: _today, ...alert } = await showAlert(context, row.origin_id);
    add({
      kind: 'alert',
      found: 'kept',
      sha256: await keep(`${code} alert ${alert.code}.json`, alert),
      detail: alert.code,
    });
  }
  if (held.has('alert') && row.origin === 'defender' && row.origin_id !== null) {
    const { alert } = await fromDefender(context, row.origin_id);
    add({
      kind: 'alert',
      found: 'kept',
      sha256: await keep(`${code} alert of Defender.json`, alert),
      detail: 'of Defender',
    });
  }
  if (held.has('readings')) {
    for (const one of readings)
      add({ kind: 'readings', found: 'kept', sha256: one.sha256, detail: one.file });
    if (readings.length === 0) add({ kind: 'readings', found: 'none' });
  }
  return { rows, files };
}

/** Stores what was collected, in the transaction of the act that collected it. */
export async function putCollected(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  made: Collected,
): Promise<void> {
  await addEvidence(
    tx,
    client.id,
    made.files.map(({ sha256, bytes, name }) => ({
      sha256,
      bytes,
      name,
      mediaType: 'application/json',
      how: 'incident',
      addedBy: actor.userId,
      addedByName: actor.name,
      addedAt: now,
    })),
  );
  await addIncidentEvidence(tx, made.rows);
}
// Guide: G7.2-03 G7.2-06 G7.2-18
