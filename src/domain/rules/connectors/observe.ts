import type { ConnectorRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names, sentence, verb } from '../../text/words.ts';
import { absent, type Because, because } from '../outcome.ts';
import { addedAgain } from './added-again.ts';
import { type Approved, approvedConnectors } from './chartered.ts';
import { noLongerListed } from './dropped.ts';
import { byWhom, detailText, eventLines, policyChanges, serverAdded } from './events.ts';
import { besideTable } from './events-beside.ts';
import { callsOf, usedByAnalytics, usedByTelemetry } from './in-use.ts';
import { lineOf } from './line.ts';
import { type ConnectorMatch, matchAction, matchConnector } from './match.ts';
import { readOut } from './read-out.ts';
import { type Cell, type Line, type ObservedConnector, readTable } from './table.ts';
import { WIDTH_WORDS } from './width.ts';

interface Gap {
  readonly code: string;
  readonly why: string;
  readonly howToGet: Ask;
}

export interface Observed {
  readonly connectors: readonly ObservedConnector[];
  readonly enabled: readonly ObservedConnector[];
  /** null: the table was read. Without it, events alone may show a fault and can never prove that there is none. */
  readonly missing: Gap | null;
  /** As `missing`, also where a connector was added after the table, so that its lines tell of an earlier one. */
  readonly unset: Gap | null;
  readonly evidence: readonly Evidence[];
}

/** The connectors as they stand: the table, and on Enterprise what events changed since. */
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
  );
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

/** Six controls read the same table; it is matched once per reading. Keys are identities, so nothing can go stale. */
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
  why: 'The connectors table has no line, and an empty table does not say that nothing is enabled.',
  howToGet: ask(
    'source',
    'connectors',
    'Write one line per connector that Organization settings > Connectors lists, or one line with a connector and "no" under enabled where there is none.',
    'empty',
  ),
};

/** Why a table does not tell of every connector; null: it does. */
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

/** What people use is enabled, so a table that does not list it does not list everything that is. */
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
          `Add ${names(unlisted, 4)} to the connectors table, each action with its state, or one line with "no" under enabled where a connector was taken away since.`,
          ['in_use', ...unlisted],
        ),
      };
}

/** What people used on a later day than it was seen to be off is on again, and how it is set now nobody has read out. */
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
    )}, so it is on again and the connectors table does not tell how.`,
    howToGet: ask(
      'source',
      'connectors',
      `Write down again how ${names(list, 4)} is set: each action with its state, in the connectors table.`,
      ['in_use_and_off', ...list],
    ),
  };
}

/** The lines of a table that say of which connector they speak. */
export function tableLines(
  table: Extract<Current<'connectors'>, { ok: true }>,
  catalogue: CheckContext['catalogue'],
): Line[] {
  const lines = table.rows.filter(({ unread }) => unread?.field !== 'connector');
  return readOut(
    lines.map((row) => tableLine(row, table)),
    catalogue,
  );
}

function tableLine(row: ConnectorRow, table: Extract<Current<'connectors'>, { ok: true }>): Line {
  const says = `${row.connector}${row.action ? ` "${row.action}"` : ''}: ${row.state ? WIDTH_WORDS[row.state] : (row.stateText ?? 'no state')}`;
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

/** The charter's connectors, or the question to ask. */
export function chartered(
  context: CheckContext,
): { ok: true; approved: readonly Approved[]; evidence: Evidence } | { ok: false; said: Because; ask: Ask } {
  const question = ask(
    'charter',
    'connectors',
    'State the approved connectors under `connectors` in the charter, each with its actions and allow, ask or blocked; an empty list is an answer.',
  );
  if (!context.charter.ok) return { ok: false, said: absent(context.charter), ask: question };
  const { connectors } = context.charter.value;
  if (!connectors)
    return {
      ok: false,
      said: because('connectors.observe.not_stated', 'The charter does not state the approved connectors.'),
      ask: question,
    };
  return {
    ok: true,
    approved: approvedConnectors(context.charter.value, context.catalogue),
    evidence: context.charter.cite('connectors', count(connectors.length, 'approved connector')),
  };
}

/** As `chartered`, for rules that judge approved connectors one by one and have nothing to judge where there is none. */
export function someChartered(
  context: CheckContext,
): { ok: true; approved: readonly Approved[]; evidence: Evidence } | { ok: false; outcome: Outcome } {
  const charter = chartered(context);
  if (!charter.ok)
    return {
      ok: false,
      outcome: charter.said.cannotRead(charter.ask),
    };
  return charter.approved.length > 0
    ? charter
    : {
        ok: false,
        outcome: because(
          'connectors.observe.no_connectors',
          'The charter approves no connector.',
        ).notApplicable([charter.evidence]),
      };
}

/** "the charter (version 6)". */
export function charterWords(context: CheckContext): string {
  const version = context.charter.ok ? context.charter.value.version : undefined;
  return version === undefined ? 'the charter' : `the charter (version ${version})`;
}

/** Who last set the cell, where events tell; on Team that nothing tells. */
export function whoSet(context: CheckContext, cell: Cell): string | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const last = policyChanges(events)
    .filter((change) => {
      const place = matchConnector(change.connector, context.catalogue);
      const match = matchAction(change.tool, place.entries, 'observed');
      if (cell.known)
        return match.kind === 'actions' && match.actions.some((one) => one.action === cell.known?.action);
      return (
        match.kind === cell.match.kind &&
        (match.kind !== 'unknown' || (cell.match.kind === 'unknown' && match.key === cell.match.key)) &&
        place.key === matchConnector(cell.connector, context.catalogue).key
      );
    })
    .at(-1);
  return last ? `Set by ${byWhom(last.row, context.profile.timezone)}.` : null;
}

/** The plan's limit, for reasons that tell of a change nobody recorded. */
export function whoUnknown(context: CheckContext): string {
  return context.profile.claudePlan === 'team' ? ' Who changed it cannot be read on the Team plan.' : '';
}

/** `SharePoint "Delete item"`. */
export function cellWords(cell: Cell): string {
  if (cell.lack === 'unnamed') return `${cell.connector}, ${cell.action}`;
  return cell.match.kind === 'rest'
    ? `${cell.connector}, all other actions`
    : `${cell.connector} "${cell.action}"`;
}

export function itemOf(cell: Cell, detail: string, evidence: readonly Evidence[] = []): Item {
  const conflict = cell.conflict ? ` ${cell.conflict}` : '';
  return {
    key: cell.key,
    label: cellWords(cell),
    detail: `${detail}${conflict}`,
    ...(cell.width === null || cell.width === 'off' ? {} : { state: cell.width }),
    evidence: [...cell.evidence, ...evidence],
  };
}

/** Why a cell has no state, as a clause. */
export function lackWords(cell: Cell): string {
  if (cell.lack === 'unset') return 'has an empty state';
  if (cell.lack === 'unreadable') return `has a state that is not understood ("${cell.text ?? ''}")`;
  if (cell.lack === 'ambiguous')
    return `cannot be determined, since "${cell.text ?? ''}" may be one tool or all of its kind`;
  if (cell.lack === 'unnamed')
    return cell.text === null
      ? 'cannot be read, since the table does not say which action is meant'
      : `cannot be read, since ${cell.text} is not known to name the action`;
  if (cell.lack === 'unstated')
    return cell.text === null
      ? 'has no state, since no column of the table gives one'
      : `cannot be read, since ${cell.text} is not known to give its state`;
  return 'is not in the table';
}

/** What to add to the table so that these cells can be read. */
export function tableQuestion(cells: readonly Cell[]): Ask {
  for (const [lack, what, heading] of UNREAD) {
    const columns = new Set(
      cells.flatMap((cell) => (cell.lack === lack && cell.text !== null ? [cell.text] : [])),
    );
    if (columns.size > 0)
      return ask(
        'source',
        'connectors',
        `Say which column of the connectors table ${what}: rename it to "${heading}", or choose it in the preview of the import. Not recognized: ${[...columns].join(', ')}.`,
        [heading, ...columns],
      );
  }
  if (cells.some(({ lack }) => lack === 'unnamed'))
    return ask(
      'source',
      'connectors',
      'Name the action in each line of the connectors table, in a column "Action". "*" means all actions of the connector that no other line names.',
      'actions',
    );
  const verbs = new Set(
    cells.flatMap(({ lack, text }) => (lack === 'ambiguous' && text !== null ? [text] : [])),
  );
  if (verbs.size > 0)
    return ask(
      'source',
      'connectors',
      `Write ${names([...verbs].map((verb) => `"${verb}"`))} in the connectors table as Claude names the tool, or as "${[...verbs][0]} tools" where all of its kind are meant.`,
      ['tools', ...verbs],
    );
  const list = names([...new Set(cells.map(cellWords))], 4);
  return ask(
    'source',
    'connectors',
    `Write the state of ${list} into the connectors table (Always allow, Needs approval or Blocked; "not offered" where Claude shows no such tool). One line "write/delete tools" or "*" may cover a whole category.`,
    ['states', list],
  );
}

const UNREAD = [
  ['unnamed', 'names the action', 'Action'],
  ['unstated', 'gives the state', 'State'],
] as const;

export interface StateGaps {
  /** One clause per cell without a state, and per connector without any action. */
  readonly parts: readonly string[];
  readonly question: Ask;
  readonly items: readonly Item[];
}

/** What the table leaves open: cells without a state, and connectors of which it lists no action. null: nothing. */
export function stateGaps(
  unread: readonly Cell[],
  connectors: readonly ObservedConnector[],
): StateGaps | null {
  const silent = connectors.filter((connector) => connector.cells.length === 0);
  if (unread.length === 0 && silent.length === 0) return null;
  return {
    parts: [
      ...unread.map((cell) => `${cellWords(cell)} ${lackWords(cell)}`),
      ...silent.map((connector) => `${connector.name} has no action in the table`),
    ],
    question:
      unread.length > 0
        ? tableQuestion(unread)
        : ask(
            'source',
            'connectors',
            `Write one line per action of ${names(silent.map((connector) => connector.name))} into the connectors table.`,
            ['each_action', ...silent.map((connector) => connector.name)],
          ),
    items: unread.map((cell) => itemOf(cell, `It ${lackWords(cell)}.`)),
  };
}

/** "All 3 requests", "The one request". */
export function every(n: number, one: string): string {
  return n === 1 ? `The one ${one}` : `All ${count(n, one)}`;
}

/** "12 actions of 3 enabled connectors". */
export function extent(connectors: readonly ObservedConnector[], cells: number): string {
  return `${count(cells, 'action')} of ${count(connectors.length, 'enabled connector')}`;
}

export function nameList(connectors: readonly ObservedConnector[]): string {
  return sentence(
    names(
      connectors.map((connector) => connector.name),
      5,
    ),
  );
}
