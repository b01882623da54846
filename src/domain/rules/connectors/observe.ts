import type { ConnectorRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { addedAgain } from './added-again.ts';
import { approvalsOf, approvedConnectors } from './chartered.ts';
import { noLongerListed } from './dropped.ts';
import { detailText, eventLines, serverAdded } from './events.ts';
import { besideTable } from './events-beside.ts';
import { callsOf, usedByAnalytics, usedByTelemetry } from './in-use.ts';
import { lineOf } from './line.ts';
import { type ConnectorMatch, matchAction, matchConnector } from './match.ts';
import { readOut } from './read-out.ts';
import { type Line, type ObservedConnector, readTable, unlistedRest } from './table.ts';
import { WIDTH_WORDS } from './width.ts';

interface Gap {
  readonly code: string;
  readonly why: string;
  readonly howToGet: Ask;
}

export interface Observed {
  readonly connectors: readonly ObservedConnector[];
  readonly enabled: readonly ObservedConnector[];
  /** null: the table was read. Without it, events alone may show a failure but never that there is none. */
  readonly missing: Gap | null;
  /**
   * Like `missing`, and also set if a connector was added after the table, so that its lines describe an earlier one.
   */
  readonly unset: Gap | null;
  readonly evidence: readonly Evidence[];
}

/** The connectors as they are now: the table, and on Enterprise the changes by later events. */
export function observe(context: CheckContext): Observed {
  const table = context.read('connectors');
  const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
  const connectors = memo(
    table.ok ? table.rows : null,
    events?.ok ? events.rows : null,
    context.catalogue.connectors,
    () => {
      const lines = [
        ...(table.ok ? tableLines(table, context.catalogue) : []),
        ...(events?.ok
          ? eventLines(events, table.ok ? table.observedOn : null, context.profile.timezone)
          : []),
      ];
      return readTable(lines, context.catalogue);
    },
  ).map((connector) => withRest(context, connector));
  const missing = table.ok
    ? (notWhole(table.rows) ??
      usedAndNotListed(context, connectors) ??
      usedAndOff(context, connectors, table.observedOn) ??
      besideTable(context, table.observedOn, connectors) ??
      noLongerListed(context, { on: table.observedOn, connectors }))
    : table;
  return {
    connectors,
    enabled: connectors.filter((connector) => connector.enabled),
    missing,
    unset: missing ?? (table.ok ? addedAgain(context, connectors, table.observedOn) : null),
    evidence: [...(table.ok ? table.evidence : []), ...(events?.ok ? events.evidence : [])],
  };
}

/**
 * For a connector that neither the catalogue nor the charter knows, the list of tools is unknown. A table that names
 * some of them leaves the rest open, unless a line covers all others.
 */
function withRest(context: CheckContext, connector: ObservedConnector): ObservedConnector {
  const { key, name, entries, cells, listsActions } = connector;
  const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
  const spoken = cells.some(
    ({ match, lack }) => match.kind === 'rest' || match.kind === 'class' || lack === 'unnamed',
  );
  if (!listsActions || spoken || entries.length > 0 || approvalsOf(connector, approved).length > 0)
    return connector;
  return { ...connector, cells: [...cells, unlistedRest(key, name)] };
}

/**
 * Cached because several controls read the same table. Keys are object identities, so an entry cannot become outdated.
 */
const readOnce = new WeakMap<
  object,
  { events: unknown; catalogue: unknown; made: readonly ObservedConnector[] }
>();

function memo(
  rows: object | null,
  events: unknown,
  catalogue: unknown,
  make: () => readonly ObservedConnector[],
): readonly ObservedConnector[] {
  if (rows === null) return make();
  const known = readOnce.get(rows);
  if (known && known.events === events && known.catalogue === catalogue) return known.made;
  const made = make();
  readOnce.set(rows, { events, catalogue, made: made });
  return made;
}

const EMPTY = {
  code: 'empty',
  why: 'The connectors table has no line, and an empty table does not mean that nothing is enabled.',
  howToGet: ask(
    'source',
    'connectors',
    'Write one line per connector that Organization settings > Connectors lists, or one line with a connector and “no” under enabled if there is none.',
    'empty',
  ),
};

/** Why a table does not cover every connector; null: it does. */
function notWhole(rows: readonly ConnectorRow[]): Observed['missing'] {
  if (rows.length === 0) return EMPTY;
  const nameless = rows.filter(({ unread }) => unread?.field === 'connector').map(({ row }) => `row ${row}`);
  return nameless.length === 0
    ? null
    : {
        code: 'nameless',
        why: `The connectors table has ${count(nameless.length, 'line')} without a connector (${names(nameless, 4)}), so it does not cover every connector.`,
        howToGet: ask(
          'source',
          'connectors',
          `Name the connector in ${names(nameless, 4)} of the connectors table.`,
          nameless,
        ),
      };
}

/** A connector in use is enabled, so a table that lacks it is incomplete. */
function usedAndNotListed(
  context: CheckContext,
  connectors: readonly ObservedConnector[],
): Observed['missing'] {
  const listed = (place: ConnectorMatch) =>
    connectors.some(
      (one) => one.key === place.key || place.entries.some((entry) => one.entries.includes(entry)),
    );
  const places = [...usedByAnalytics(context), ...usedByTelemetry(context)].map(({ place }) => place);
  const unlisted = [...new Set(places.filter((place) => !listed(place)).map(({ name }) => name))];
  return unlisted.length === 0
    ? null
    : {
        code: 'in_use',
        why: `${names(unlisted, 4)} ${verb(unlisted.length, 'is', 'are')} in use and not in the connectors table, so it does not list every connector.`,
        howToGet: ask(
          'source',
          'connectors',
          `Add ${names(unlisted, 4)} to the connectors table, each action with its state, or one line with “no” under enabled if a connector has been removed since.`,
          ['in_use', ...unlisted],
        ),
      };
}

/** A connector used on a later day than it was seen to be off is on again, with settings that no one has recorded. */
function usedAndOff(
  context: CheckContext,
  connectors: readonly ObservedConnector[],
  tableDay: string,
): Observed['missing'] {
  const zone = context.profile.timezone;
  const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
  const same = (one: Pick<ObservedConnector, 'key' | 'entries'>, place: ConnectorMatch) =>
    one.key === place.key || place.entries.some((entry) => one.entries.includes(entry));
  const uses = [
    ...usedByAnalytics(context).map(({ place, rows }) => ({
      place,
      days: rows.flatMap((row) => (callsOf(row) === 0 ? [] : (row.on ?? []))),
    })),
    ...usedByTelemetry(context).map(({ place, rows }) => ({
      place,
      days: rows.map(({ at }) => dayOf(at, zone)),
    })),
  ];
  const again = connectors.flatMap((one) => {
    if (one.enabled) return [];
    const removed = (events?.ok ? events.rows : []).flatMap((row) =>
      serverAdded(row) === false &&
      same(one, matchConnector(detailText(row, 'mcp_server_name') ?? '', context.catalogue))
        ? [dayOf(row.at, zone)]
        : [],
    );
    const off = [tableDay, ...removed].sort().at(-1) ?? tableDay;
    const day = uses
      .flatMap(({ place, days }) => (same(one, place) ? days : []))
      .sort()
      .at(-1);
    return day !== undefined && day > off ? [{ name: one.name, day, off }] : [];
  });
  if (again.length === 0) return null;
  const list = again.map(({ name }) => name);
  return {
    code: 'in_use_and_off',
    why: `${names(
      again.map(
        ({ name, day, off }) => `${name} was used on ${dayWords(day)} and was off on ${dayWords(off)}`,
      ),
      4,
    )}, so it is on again, and the connectors table does not show how it is set.`,
    howToGet: ask(
      'source',
      'connectors',
      `Record again in the connectors table how ${names(list, 4)} is set: each action with its state.`,
      ['in_use_and_off', ...list],
    ),
  };
}

/** The lines of a table that name their connector. */
export function tableLines(
  table: Extract<Current<'connectors'>, { ok: true }>,
  catalogue: CheckContext['catalogue'],
): Line[] {
  const lines = table.rows.filter(({ unread }) => unread?.field !== 'connector');
  const read = readOut(
    lines.map((row) => tableLine(row, table)),
    catalogue,
  );
  return table.inPart ? read.map((line) => namingOnly(line, catalogue)) : read;
}

/**
 * In a table read in part, a line for a class or for all others may be overridden by a line in the missing part, so
 * only lines that name an action count.
 */
function namingOnly(line: Line, catalogue: CheckContext['catalogue']): Line {
  if (line.action === null) return line;
  const { kind } = matchAction(line.action, matchConnector(line.connector, catalogue).entries, 'observed');
  return kind === 'rest' || kind === 'class' ? { ...line, action: null, width: null, lack: null } : line;
}

function tableLine(row: ConnectorRow, table: Extract<Current<'connectors'>, { ok: true }>): Line {
  const says = `${row.connector}${row.action ? ` “${row.action}”` : ''}: ${row.state ? WIDTH_WORDS[row.state] : (row.stateText ?? 'no state')}`;
  return lineOf(
    row,
    table.cite(
      row,
      row.action === null && row.state === null
        ? `${row.connector} ${row.enabled === false ? 'not enabled' : 'listed'}`
        : says,
    ),
  );
}
