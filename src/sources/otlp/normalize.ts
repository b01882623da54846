import { type Activity, NO_AMOUNTS, type Surface } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import { fillClaude, repeatsEvents } from './claude.ts';
import type { ClientOfTelemetry, Filled, LeftOut, Made } from './context.ts';
import { type Emitter, emitterOf, eventName, saysItsPart } from './emitter.ts';
import { gatewayActivity } from './gateway.ts';
import { idOf, instantIn, whoIn } from './identity.ts';
import { fillMetric } from './metrics.ts';
import { fillOffice } from './office.ts';
import { fillOther } from './other.ts';
import { countOf, type Decoded, type DecodeProblem, type TelemetryRecord } from './record.ts';
import { type CaughtTexts, textsOf } from './texts.ts';
import { either, textIn } from './values.ts';

/** Result for the records of one request. */
export interface Normalized {
  readonly activities: Activity[];
  /** Texts that the charter allows to be kept. */
  readonly texts: ActivityText[];
  readonly refused: ReadonlyMap<DecodeProblem, number>;
  /** Number of records counted but not kept, by reason. The sender did nothing wrong. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

/** Type of an event of another organization. */
export const OTHER_ORGANIZATION = 'other_organization';

const SURFACES: Readonly<Record<Exclude<Emitter, 'gateway'>, Surface>> = {
  cowork: 'cowork',
  claude_code: 'claude_code',
  office_agents: 'office',
  other: 'unknown',
};

/**
 * Converts decoded records to activities.
 * @param caught Texts that came with the records; null: not wanted.
 * @param request All records of the request, if `decoded` is a slice of it.
 */
export function normalize(
  decoded: Decoded,
  client: ClientOfTelemetry,
  caught: CaughtTexts | null = null,
  request: readonly TelemetryRecord[] = decoded.records,
): Normalized {
  const activities: Activity[] = [];
  const texts: ActivityText[] = [];
  const leftOut = new Map<LeftOut, number>();
  const turns = officeTurns(request);
  const refused = new Map(decoded.refused);
  for (const record of decoded.records) {
    const made = madeOf(turns.size === 0 ? record : withTurn(record, turns, client), client);
    if (made === null) countOf(refused, 'malformed');
    else if (typeof made === 'string') countOf(leftOut, made);
    else {
      activities.push(made);
      // Nothing but the sighting is kept from another organization.
      if (caught !== null && made.type !== OTHER_ORGANIZATION)
        texts.push(...textsOf(made, caught.get(record.attributes), client));
    }
  }
  return { activities, texts, refused, leftOut };
}

/** Returns null if a record cannot be converted for any reason, so that the rest of the request is still processed. */
function madeOf(record: TelemetryRecord, client: ClientOfTelemetry): Made | null {
  try {
    return activityOf(record, client);
  } catch {
    return null;
  }
}

/** A record as an activity, or why none is created. */
export function activityOf(record: TelemetryRecord, client: ClientOfTelemetry): Made {
  const { vocabulary } = client;
  const gateway = record.signal === 'metrics' ? null : vocabulary.gatewayOf(record);
  if (gateway !== null) return gatewayActivity(record, gateway, client);
  const emitter = emitterOf(record, vocabulary);
  if (record.signal === 'metrics') {
    const filled = fillMetric(record);
    return typeof filled === 'string'
      ? filled
      : apart(made(record, filled.type, emitter, filled, client), client);
  }
  if (emitter === 'claude_code' || emitter === 'cowork') {
    if (repeatsEvents(record)) return 'repeats_events';
  }
  const name = eventName(record) ?? 'unnamed';
  const fill = emitter === 'office_agents' ? fillOffice : emitter === 'other' ? fillOther : fillClaude;
  return apart(made(record, name, emitter, fill(record, name, client), client), client);
}

/**
 * Builds the activity as one literal, because it runs for every event and each intermediate object costs as much again.
 */
function made(
  record: TelemetryRecord,
  name: string,
  emitter: Exclude<Emitter, 'gateway'>,
  filled: Filled,
  client: ClientOfTelemetry,
): Activity {
  const { at, claimedAt } = instantIn(record, client.receivedAt);
  const { actor, person } = whoIn(record);
  const { category, connector, connectorName, tool, effect, outcome, model, amounts, detail } = filled;
  return {
    id: idOf(record, name),
    at,
    claimedAt,
    source: 'otlp',
    surface: emitter === 'claude_code' && !saysItsPart(record) ? 'unknown' : SURFACES[emitter],
    type: name,
    category,
    actor,
    person,
    organization: either(record, 'organization.id'),
    session: either(record, 'session.id'),
    prompt: textIn(record.attributes, 'prompt.id') ?? (record.signal === 'traces' ? record.traceId : null),
    ip: null,
    userAgent: null,
    connector,
    connectorName,
    tool,
    effect,
    outcome,
    model,
    amounts,
    detail: withSender(record, emitter, detail),
  };
}

function withSender(record: TelemetryRecord, emitter: Emitter, more: Filled['detail']): Filled['detail'] {
  const version = either(record, 'app.version') ?? either(record, 'service.version');
  const service = either(record, 'service.name');
  const sequence = textIn(record.attributes, 'event.sequence');
  const detail: Record<string, unknown> = { emitter };
  if (service !== null) detail.service = service;
  if (version !== null) detail.version = version;
  if (sequence !== null) detail.sequence = Number(sequence);
  return Object.assign(detail, more);
}

/**
 * What the client's staff do in another organization is not the client's use of Claude. It is kept as a sighting only,
 * outside of all counts of messages, tools, tokens and people.
 */
function apart(activity: Activity, { organizations }: ClientOfTelemetry): Activity {
  const { organization } = activity;
  if (organization === null || organizations === null || organizations.has(organization.toLowerCase()))
    return activity;
  return {
    ...activity,
    type: OTHER_ORGANIZATION,
    category: 'other',
    person: null,
    connector: null,
    connectorName: null,
    tool: null,
    effect: null,
    outcome: null,
    model: null,
    amounts: NO_AMOUNTS,
    detail: {
      emitter: activity.detail.emitter,
      event: activity.type,
      version: activity.detail.version ?? null,
      // Keep the sequence number: the session's other events may be the client's own.
      ...(activity.detail.sequence === undefined ? {} : { sequence: activity.detail.sequence }),
    },
  };
}

const OF_THE_TURN = ['session.id', 'user.email', 'user.account_uuid', 'organization.id'] as const;

/** Root spans of Office turns by trace: only these contain the person and organization. */
function officeTurns(records: readonly TelemetryRecord[]): ReadonlyMap<string, TelemetryRecord> {
  const turns = new Map<string, TelemetryRecord>();
  for (const record of records)
    if (record.signal === 'traces' && record.name === 'agent.query' && record.traceId !== null)
      turns.set(record.traceId, record);
  return turns;
}

function withTurn(
  record: TelemetryRecord,
  turns: ReadonlyMap<string, TelemetryRecord>,
  { vocabulary }: ClientOfTelemetry,
): TelemetryRecord {
  const turn = record.traceId === null ? undefined : turns.get(record.traceId);
  if (turn === undefined || turn === record || emitterOf(record, vocabulary) !== 'office_agents')
    return record;
  const attributes = new Map(record.attributes);
  for (const key of OF_THE_TURN) {
    const value = turn.attributes.get(key);
    if (value !== undefined && !attributes.has(key)) attributes.set(key, value);
  }
  return { ...record, attributes };
}
// Guide: G5.2-02 G5.2-06
