import { driftOf, hasCell, permissionOf } from '#domain/connectors/row.ts';
import { PERMISSION_WORDS } from '#domain/connectors/words.ts';
import { ALERT_STATES } from '#domain/detections/alert-words.ts';
import { EXCEPTION_STATE_WORDS } from '#domain/labels.ts';
import type { Charter } from '#domain/model/charter.ts';
import { addDays } from '#domain/model/day.ts';
import type {
  ConnectorFacts,
  DefenderFacts,
  ExceptionFact,
  PeopleFacts,
  SettledAlert,
} from '#domain/reviews/types.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import { classified } from '#domain/rules/microsoft/defender-alerts.ts';
import { dayWords, lowerFirst } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import { lastCalls, settledSince } from '#store/reviews/lists.ts';
import { readMatrix, shownCharter } from '../connectors/index.ts';
import type { HandlerContext } from '../context.ts';
import { dayBounds } from '../detections/index.ts';
import { readExceptions } from '../exceptions/index.ts';
import { showMicrosoftTenant } from '../microsoft-tenant/index.ts';
import type { PeopleReading } from '../people/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { ReviewFiles } from './files-task.ts';

/** Days for which a review of the rights in a source system is current (CLA-CON-29). */
const SOURCE_DAYS = 365;

export interface ConnectorLists {
  readonly connectors: ConnectorFacts;
  /** Actions that the charter allows temporarily despite an invariant. */
  readonly opened: readonly ExceptionFact[];
}

/** For reviews without items about connectors. */
export const NO_CONNECTORS: ConnectorLists = {
  connectors: { observedOn: null, why: 'It was not asked for.', lines: [], agent: null, actions: [] },
  opened: [],
};
export const NO_DEFENDER: DefenderFacts = { readOn: null, why: 'It was not asked for.', lines: [] };
export const NO_FILES: ReviewFiles = {
  changes: { readOn: null, why: 'It was not asked for.', lines: [] },
  scopes: { readOn: null, why: 'It was not asked for.', lines: [], consent: null, earlier: null },
};

/** Connectors and actions as in the matrix, with the last reported call of each. */
export async function connectorLists(context: HandlerContext): Promise<ConnectorLists> {
  const { services, client, now } = context;
  const { catalogue } = services;
  const { today } = present(now, client.timezone);
  const { shown, calls } = await context.read(async (tx) => ({
    shown: await shownCharter(tx, context, undefined),
    calls: await lastCalls(tx, client.id),
  }));
  const { connectors, rows, observed } = await readMatrix(context, shown);
  const used = new Map<string, string>();
  for (const { connector, last } of calls) {
    const { key, entries } = matchConnector(connector, catalogue);
    const day = present(last, client.timezone).today;
    for (const id of [key, ...entries.map((entry) => entry.id)])
      if ((used.get(id) ?? '') < day) used.set(id, day);
  }
  const reviewed = new Map(
    (shown.value?.connectors ?? []).map(({ name, sourceReviewed }) => [name, sourceReviewed ?? null]),
  );
  const cells = rows.filter(hasCell);
  const nameOf = new Map(connectors.map(({ id, name }) => [id, name]));
  return {
    connectors: {
      observedOn: observed.on,
      why: observed.why,
      lines: connectors.map(({ id, name, charter, enabled }) => {
        const own = cells.filter(({ connector }) => connector === id);
        return {
          key: id,
          name,
          approved: charter !== null,
          enabled,
          lastUsed: used.get(id) ?? null,
          actions: own.length,
          wider: own.filter((row) => driftOf(row) === 'wider').length,
          unconfirmed: own.filter((row) => driftOf(row) === null).length,
          prerequisite: charter === null ? null : prerequisite(reviewed.get(charter) ?? null, today),
        };
      }),
      agent: agentOf(shown.value?.ams),
      actions: cells
        // Connectors that are off allow nothing, so nothing about them needs confirmation.
        .filter(({ connector }) => connectors.find(({ id }) => id === connector)?.enabled !== false)
        .map((row) => ({
          key: row.id,
          label: `${nameOf.get(row.connector) ?? row.connector}, ${lowerFirst(row.title)}`,
          approved: PERMISSION_WORDS[permissionOf(row)],
          observed: row.observed?.state == null ? null : stateWords(row.observed.state),
          on: row.observed?.on ?? null,
          wider: driftOf(row) === 'wider',
        })),
    },
    opened: cells.flatMap((row) =>
      row.until === null
        ? []
        : [
            {
              key: row.id,
              title: `${nameOf.get(row.connector) ?? row.connector}, ${lowerFirst(row.title)}, is open against a rule of the charter`,
              state: row.until < today ? 'Ended' : 'In force',
              owner: 'the charter’s approvers',
              until: row.until,
              reason: row.justification ?? 'No reason is recorded.',
            },
          ],
    ),
  };
}

/** The charter's facts about an agent that can reach the membership system. */
function agentOf(ams: Charter['ams']): ConnectorFacts['agent'] {
  if (ams?.agent === undefined || !ams.methods.includes('bedrock')) return null;
  return { system: ams.name, ...ams.agent };
}

function stateWords(state: keyof typeof PERMISSION_WORDS | 'off'): string {
  return state === 'off' ? 'Not offered' : PERMISSION_WORDS[state];
}

function prerequisite(reviewed: string | null, today: string): string | null {
  if (reviewed === null) return 'Open prerequisite: the rights in the system itself were never reviewed.';
  return reviewed < addDays(today, -SOURCE_DAYS)
    ? `Open prerequisite: the rights in the system itself were last reviewed on ${dayWords(reviewed)}.`
    : null;
}

/** Facts from files that only the thread for decisions can read. */
export async function filesNow(context: HandlerContext): Promise<ReviewFiles> {
  const { services, client, now } = context;
  const { today } = present(now, client.timezone);
  const found = await cached(
    services.store,
    [client.id],
    { key: `review files ${today}`, weight: 2 },
    async () => (await services.verdicts.run(client.id, 'reviewFiles', undefined))?.result ?? null,
  );
  if (found === null) throw notFound();
  return found;
}

/** Exceptions that are in force, take effect later or wait for a decision. */
export async function openExceptions(context: HandlerContext): Promise<readonly ExceptionFact[]> {
  const all = await readExceptions(context);
  return all
    .filter(({ state }) => OPEN_EXCEPTIONS.has(state))
    .map(({ id, title, owner, until, reason, state }) => ({
      key: id,
      title,
      owner,
      until,
      reason,
      state: EXCEPTION_STATE_WORDS[state],
    }));
}

const OPEN_EXCEPTIONS: ReadonlySet<string> = new Set(['requested', 'not_yet', 'in_force', 'ending']);

/** Alerts settled since a day, latest first. */
export async function settledAlerts(context: HandlerContext, from: string): Promise<readonly SettledAlert[]> {
  const { client, services } = context;
  const rows = await context.read((tx) =>
    settledSince(tx, client.id, new Date(dayBounds(from, client.timezone).from)),
  );
  return rows.map(({ id, detection, state, settled_by_name, settled_at }) => ({
    key: id,
    title: services.catalogue.detections.find(({ bylaw }) => bylaw.id === detection)?.title ?? detection,
    state: ALERT_STATES.find((one) => one === state) ?? 'benign',
    by: settled_by_name,
    on: settled_at === null ? null : present(settled_at, client.timezone).today,
  }));
}

/** Defender alerts about Claude since a day, and older ones that are still open there. */
export async function defenderAlerts(context: HandlerContext, from: string): Promise<DefenderFacts> {
  const { timezone } = context.client;
  const { read, list } = (await showMicrosoftTenant(context)).alerts;
  const lines = list.map(({ id, title, kind, at, status, classification, closed }) => ({
    key: id,
    title,
    kind,
    day: present(new Date(at), timezone).today,
    status,
    classification,
    closed: closed === null ? null : { ...closed, on: present(new Date(closed.at), timezone).today },
  }));
  return {
    readOn: read.on,
    why: read.why,
    lines: lines.filter((line) => line.day >= from || !classified(line)),
  };
}

/** The comparison of members and roster, as far as a review lists it. */
export function comparedPeople({ rows }: PeopleReading): Pick<PeopleFacts, 'matched' | 'unmatched'> {
  return {
    matched: rows.filter(({ place }) => place === 'matched').length,
    unmatched: rows
      .filter(({ place }) => UNMATCHED.has(place))
      .map(({ id, key, name, why }) => ({ key: key ?? id, name, why })),
  };
}

const UNMATCHED: ReadonlySet<string> = new Set(['has_left', 'not_on_roster', 'to_confirm', 'no_seat']);
// Guide: G2.2-30 G3.1-04 G3.4-00 G3.4-01 G3.4-02 G7.1-01 G7.1-02 G7.1-04
