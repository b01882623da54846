import type { z } from 'zod';
import { ALERT_LEVELS, ALERT_STATES, alertLevel } from '#domain/detections/alert-words.ts';
import { foldId, foldOf, foldPlaces, foldsByActor } from '#domain/detections/fold.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { logEdges } from '#store/activity/read.ts';
import { findAlert } from '#store/detections/alerts.ts';
import { alertFolds, type FoldRow } from '#store/detections/folds.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import type { Unpaged } from '../paging.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { alertGroupSchema, alertsContract } from './contract.ts';
import { searchOf } from './search.ts';
import { alertLine, detectionOf, guidanceOf } from './view.ts';

type Group = z.infer<typeof alertGroupSchema>;
type Needed = Pick<Catalogue, 'detections' | 'connectors'>;

/** Maximum people named in a row. */
const NAMED = 5;

/** Alerts grouped by detection and connector or person, most severe and latest first. */
export async function listGroups(
  context: HandlerContext,
  filter: Unpaged<(typeof alertsContract.groups)['~orpc']['inputSchema']>,
) {
  const { client, services } = context;
  const { catalogue } = services;
  const search = searchOf(catalogue.detections, filter, client.timezone);
  return context.read(async (tx) => {
    const rows = await alertFolds(tx, client.id, search, foldPlaces(catalogue.detections));
    const found = rows.filter(({ matches }) => matches).sort(worstFirst);
    const items = [];
    for (const row of found) items.push(await groupView(tx, catalogue, client.id, row));
    const edges = await logEdges(tx, client.id);
    return {
      items,
      total: items.length,
      open: await openGroups(tx, catalogue, client.id),
      alerts: found.reduce((sum, { alerts }) => sum + alerts, 0),
      choices: {
        detections: [...new Set(rows.map(({ detection }) => detection))].sort().map((id) => ({
          id,
          title: detectionOf(catalogue, id)?.title ?? id,
        })),
        connectors: distinct(rows.flatMap(({ connectors }) => connectors)),
        people: distinct(rows.flatMap(({ people }) => people)),
      },
      watched: { since: edges?.first ?? null, last: edges?.last ?? null },
      may: { decide: context.can('alerts.decide') },
    };
  });
}

/** One group, whatever the state of its alerts, with what to do. */
export async function showGroup(context: HandlerContext, id: string) {
  const { client, services, now } = context;
  const { catalogue } = services;
  const search = searchOf(catalogue.detections, { state: 'all', group: id }, client.timezone);
  return context.read(async (tx) => {
    const rows = await alertFolds(tx, client.id, search, foldPlaces(catalogue.detections));
    const row = rows.find(({ matches }) => matches);
    if (row === undefined) throw notFound();
    return {
      ...(await groupView(tx, catalogue, client.id, row)),
      ...guidanceOf(detectionOf(catalogue, row.detection)),
      today: present(now, client.timezone).today,
      may: { decide: context.can('alerts.decide') },
    };
  });
}

/** Open groups of a client by severity. */
export async function openGroups(
  tx: Tx,
  catalogue: Needed,
  clientId: string,
): Promise<Record<(typeof ALERT_LEVELS)[number], number>> {
  const rows = await openFolds(tx, catalogue, clientId);
  const counted = (level: string) => rows.filter((row) => alertLevel(row.level) === level).length;
  return {
    critical: counted('critical'),
    high: counted('high'),
    medium: counted('medium'),
    low: counted('low'),
  };
}

/** The groups of a client that need action, most severe and latest first. */
export async function openFolds(tx: Tx, catalogue: Needed, clientId: string): Promise<FoldRow[]> {
  const search = searchOf(catalogue.detections, { state: 'open' }, 'UTC');
  const rows = await alertFolds(tx, clientId, search, foldPlaces(catalogue.detections));
  return rows.sort(worstFirst);
}

export async function groupView(tx: Tx, catalogue: Needed, clientId: string, row: FoldRow): Promise<Group> {
  const detection = detectionOf(catalogue, row.detection);
  const only = row.only === null ? undefined : await findAlert(tx, clientId, row.only);
  const by = detection === undefined ? 'detection' : foldOf(detection);
  // Names from the events are better than ids for persons and connectors.
  const said =
    by === 'connector'
      ? row.connectors
      : detection !== undefined && foldsByActor(detection)
        ? row.people
        : [];
  return {
    id: foldId(row.detection, row.subject),
    detection: row.detection,
    title: detection?.title ?? row.detection,
    by,
    subject: said.length === 1 ? (said[0] ?? null) : row.subject,
    words: only === undefined ? null : (await alertLine(tx, catalogue, only)).words,
    level: alertLevel(row.level),
    state: ALERT_STATES.find((one) => one === row.state) ?? 'open',
    alerts: row.alerts,
    open: row.open,
    events: row.events,
    days: row.days,
    people: { count: row.people.length, first: row.people.slice(0, NAMED) },
    first: row.first.toISOString(),
    last: row.last.toISOString(),
    raised: row.raised.toISOString(),
    mark: row.mark,
    alert: row.only,
  };
}

function worstFirst(a: FoldRow, b: FoldRow): number {
  const rank = ({ level }: FoldRow) => ALERT_LEVELS.indexOf(alertLevel(level));
  return rank(a) - rank(b) || b.last.getTime() - a.last.getTime() || (a.detection < b.detection ? -1 : 1);
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)].sort((a, b) => a.localeCompare(b, 'en'));
}
// Guide: G5.1-06 G7.1-04
