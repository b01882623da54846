import type { Catalogue, Connector } from '../../model/catalogue.ts';
import type { Evidence } from '../../model/reading.ts';
import {
  type ActionMatch,
  type ConnectorMatch,
  type Effect,
  type KnownAction,
  matchAction,
  matchConnector,
  ownerOfName,
} from './match.ts';
import { pick } from './pick.ts';
import type { Width } from './width.ts';

/** One line about a connector, from the table or from a later event. */
export interface Line {
  readonly connector: string;
  /** null: the line is about the whole connector. */
  readonly action: string | null;
  readonly enabled: boolean | null;
  readonly width: Width | null;
  /**
   * Why there is no width: the cell is empty, its words are not understood, no column is known to contain it, or (for
   * an event) the tool's own policy was removed, so that its class or the default applies again. `ambiguous`: the
   * action may be one tool or a class; `text` is the word.
   */
  readonly lack: 'unset' | 'unreadable' | 'unstated' | 'ambiguous' | 'inherited' | null;
  /** Set if the action is in no recognized column: the headings of columns that may contain it. */
  readonly unnamed?: readonly string[];
  readonly text: string | null;
  readonly evidence: Evidence;
  /** Kind of system that the connector reaches, according to the table. */
  readonly system?: string;
  /** The table marks the connector as custom. */
  readonly custom?: true;
  /** Instant of an event after the table was written; null for the table itself. */
  readonly after: string | null;
  /** Instant at which the connector was added; earlier settings were lost with the earlier connector. */
  readonly begins?: string;
}

/** One action of one connector and its permission. */
export interface Cell {
  /** `connector/action`, as exceptions refer to it. */
  readonly key: string;
  readonly connector: string;
  readonly action: string;
  readonly known: KnownAction | null;
  /** The action whose own name the lines give, if the guide also uses that name for this one. */
  readonly calledAs?: KnownAction;
  readonly match: ActionMatch;
  /** One effect, or those of a class ("write/delete tools"). */
  readonly effects: readonly Effect[];
  readonly width: Width | null;
  /**
   * `unnamed`: the table has lines about actions of the connector without naming them; `unstated`: no column is known
   * to contain the state. For these two, `text` is the columns that may contain it.
   */
  readonly lack: 'unset' | 'unreadable' | 'unstated' | 'ambiguous' | 'missing' | 'unnamed' | null;
  readonly text: string | null;
  readonly evidence: readonly Evidence[];
  /** Sentence about lines with conflicting states. */
  readonly conflict: string | null;
}

export interface ObservedConnector {
  readonly key: string;
  readonly name: string;
  readonly entries: readonly Connector[];
  readonly enabled: boolean;
  readonly cells: readonly Cell[];
  readonly evidence: readonly Evidence[];
  /** Kinds of system that the connector reaches, according to the table; absent: it does not say. */
  readonly systems?: readonly string[];
  /** The table marks it as a custom connector. */
  readonly custom?: true;
  /** false: no line states an action, only that the connector exists. */
  readonly listsActions: boolean;
  /** An event after the table added it. */
  readonly addedLater?: true;
}

export type Placed = Line & { readonly place: ConnectorMatch; readonly match: ActionMatch | null };

/** The connectors of a table, each with the actions that the table lists and those that the catalogue knows. */
export function readTable(
  lines: readonly Line[],
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly ObservedConnector[] {
  const groups: { entries: Set<Connector>; keys: Set<string>; lines: Placed[] }[] = [];
  for (const line of lines) {
    const place = matchConnector(line.connector, catalogue);
    const { action } = line;
    const placed: Placed = {
      ...line,
      place,
      match: action === null ? null : matchAction(action, place.entries, 'observed'),
    };
    const found = groups.filter(
      (g) => g.keys.has(place.key) || place.entries.some((entry) => g.entries.has(entry)),
    );
    const home = found[0] ?? { entries: new Set(), keys: new Set(), lines: [] };
    if (found.length === 0) groups.push(home);
    for (const other of found.slice(1)) {
      for (const entry of other.entries) home.entries.add(entry);
      for (const key of other.keys) home.keys.add(key);
      home.lines.push(...other.lines);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const entry of place.entries) home.entries.add(entry);
    home.keys.add(place.key);
    home.lines.push(placed);
  }
  return groups
    .map((group) => observed([...group.entries], group.lines))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function observed(entries: readonly Connector[], lines: readonly Placed[]): ObservedConnector {
  const first = [...lines].sort(
    (a, b) => a.connector.length - b.connector.length || (a.connector < b.connector ? -1 : 1),
  )[0];
  const key =
    entries.length > 0
      ? entries
          .map((entry) => entry.id)
          .sort()
          .join('+')
      : (first?.place.key ?? '');
  const name = first?.connector.trim() ?? key;
  const began = lines
    .filter(({ begins }) => begins !== undefined)
    .sort(byBeginning)
    .at(-1);
  const set = lines.filter(({ after }) => began?.begins === undefined || (after ?? '') >= began.begins);
  const stating = set.filter((line) => line.match !== null);
  const unnamed = set.filter((line) => line.unnamed !== undefined);
  const whole = lines.filter((line) => line.match === null && line.unnamed === undefined);
  const systems = [...new Set(lines.flatMap(({ system }) => system ?? []))];
  return {
    key,
    name,
    entries,
    enabled: isEnabled(lines, whole),
    cells: [
      ...unnamedCells(key, name, unnamed),
      ...knownCells(name, entries, stating).filter(
        // Lines that are not understood lead to one question, not to one per action.
        ({ lack }) => lack !== 'missing' || !unnamed.some((line) => line.unnamed?.length),
      ),
      ...ownCells(key, name, entries, stating),
      ...unlistedCategory(key, name, entries, stating),
    ],
    evidence: (whole.length > 0 ? whole : lines.slice(0, 1)).map((line) => line.evidence),
    ...(systems.length === 0 ? {} : { systems }),
    ...(lines.some(({ custom }) => custom) ? { custom: true as const } : {}),
    listsActions: stating.length > 0 || unnamed.length > 0,
    ...(began === undefined ? {} : { addedLater: true as const }),
  };
}

function byBeginning(a: Placed, b: Placed): number {
  return (a.begins ?? '') < (b.begins ?? '') ? -1 : 1;
}

/** The cell for lines about unnamed actions. They may be anything, so it covers every effect. */
function unnamedCells(key: string, name: string, lines: readonly Placed[]): Cell[] {
  if (lines.length === 0) return [];
  const columns = [...new Set(lines.flatMap((line) => line.unnamed ?? []))];
  return [
    {
      key: `${fileKey(key)}/${UNNAMED}`.toLowerCase(),
      connector: name,
      action: columns.length > 0 ? 'actions under a heading that is not known' : 'lines that name no action',
      known: null,
      match: { kind: 'unknown', key: UNNAMED },
      effects: ['unknown'],
      width: null,
      lack: 'unnamed',
      text: columnWords(columns),
      evidence: lines.map((line) => line.evidence),
      conflict: null,
    },
  ];
}

/** Headings, formatted for a sentence; null: none. */
export function columnWords(columns: readonly string[]): string | null {
  return columns.length === 0 ? null : columns.map((column) => `“${column}”`).join(', ');
}

/** Placeholder in keys for an action without a name. No spelling of an action normalizes to it. */
const UNNAMED = '(unnamed)';

/** A listed connector counts as enabled unless a line says otherwise; the latest line decides. */
function isEnabled(lines: readonly Placed[], whole: readonly Placed[]): boolean {
  const later = whole
    .filter((line) => line.after !== null && line.enabled !== null)
    .sort((a, b) => ((a.after ?? '') < (b.after ?? '') ? -1 : 1));
  const last = later.at(-1);
  if (last) return last.enabled === true;
  if (lines.some((line) => line.enabled === true)) return true;
  if (whole.some((line) => line.enabled === false)) return false;
  return !lines.every((line) => line.enabled === false);
}

function knownCells(name: string, entries: readonly Connector[], lines: readonly Placed[]): Cell[] {
  return entries.flatMap((connector) =>
    connector.actions.flatMap((action) => {
      const covering = lines.filter(
        (line) => line.place.entries.includes(connector) && covers(line.match, connector, action),
      );
      const cell = pick(covering);
      if (cell.lack === 'missing' && action.tool === false) return [];
      const calledAs = calledAsIn(covering, action);
      return [
        {
          key: `${connector.id}/${action.id}`.toLowerCase(),
          connector: entries.length > 1 ? connector.name : name,
          action: writtenName(covering, action.title),
          known: { connector, action },
          ...(calledAs === null ? {} : { calledAs }),
          match: { kind: 'actions' as const, actions: [{ connector, action }] },
          effects: [action.effect],
          ...cell,
        },
      ];
    }),
  );
}

/**
 * The other action whose own name is given by every line that names `action`, if a line for the rest also covers
 * `action`; null: a line uses the action's own name, or only these lines cover it.
 */
function calledAsIn(lines: readonly Placed[], action: Connector['actions'][number]): KnownAction | null {
  const owners = lines.flatMap(({ action: text, match }) =>
    text !== null && match?.kind === 'actions' ? [ownerOfName(text, match, action)] : [],
  );
  const [owner] = owners;
  const isInRest = lines.some(({ match }) => match?.kind === 'rest' || match?.kind === 'class');
  return isInRest && owner !== undefined && owners.every((one) => one !== null) ? owner : null;
}

/**
 * The action as written in the table, if a line names only this action and not by a tool id; else the catalogue's
 * title.
 */
function writtenName(lines: readonly Placed[], title: string): string {
  const written = lines.flatMap((line) =>
    line.match?.kind === 'actions' &&
    line.match.actions.length === 1 &&
    line.action !== null &&
    !line.action.includes('_')
      ? [line.action.trim()]
      : [],
  );
  return written.sort()[0] ?? title;
}

function covers(
  match: ActionMatch | null,
  connector: Connector,
  action: Connector['actions'][number],
): boolean {
  if (match === null || match.kind === 'unknown') return false;
  if (match.kind === 'rest') return true;
  if (match.kind === 'class') return match.effects.includes(action.effect);
  return match.actions.some((one) => one.connector === connector && one.action === action);
}

/**
 * Cells for what the catalogue does not know: actions under their own name, and classes and "the rest" if nothing else
 * covers them.
 */
function ownCells(
  key: string,
  name: string,
  entries: readonly Connector[],
  lines: readonly Placed[],
): Cell[] {
  const byName = new Map<string, Placed[]>();
  for (const line of lines) {
    const own = ownKey(line.match, entries);
    if (own !== null) byName.set(own, [...(byName.get(own) ?? []), line]);
  }
  return [...byName].flatMap(([own, list]) => {
    const first = list[0];
    if (!first?.match) return [];
    const { match } = first;
    // An unknown action whose own policy was removed has its server's default.
    const rest = match.kind === 'unknown' ? lines.filter((line) => line.match?.kind === 'rest') : [];
    return [
      {
        key: `${entries.length > 0 ? key : fileKey(first.place.key)}/${own}`.toLowerCase(),
        connector: name,
        action: match.kind === 'rest' ? 'all other actions' : (first.action ?? own).trim(),
        known: null,
        match,
        effects: match.kind === 'class' ? match.effects : (['unknown'] as const),
        ...pick([...list, ...rest]),
      },
    ];
  });
}

function ownKey(match: ActionMatch | null, entries: readonly Connector[]): string | null {
  if (match === null || match.kind === 'actions') return null;
  if (match.kind === 'unknown') return match.key;
  if (match.kind === 'rest') return '*';
  const spoken = entries.some((entry) =>
    entry.actions.some((action) => match.effects.includes(action.effect)),
  );
  return spoken ? null : `${[...match.effects].sort().join('-')} tools`;
}

/**
 * A table that lists an unknown connector by category ("read-only tools") and lacks the other category is incomplete. A
 * table that lists individual tools counts as complete here; for unapproved connectors, `observe` asks for the rest.
 */
function unlistedCategory(
  key: string,
  name: string,
  entries: readonly Connector[],
  lines: readonly Placed[],
): Cell[] {
  const classes = lines.flatMap((line) => (line.match?.kind === 'class' ? [line.match.effects] : []));
  const spoken =
    lines.some((line) => line.match?.kind === 'rest') ||
    classes.some((effects) => effects.some((effect) => effect !== 'read'));
  if (entries.length > 0 || classes.length === 0 || spoken) return [];
  const effects = ['write', 'delete', 'send', 'admin'] as const;
  const cell = {
    key: `${fileKey(key)}/write-delete tools`,
    connector: name,
    action: 'write/delete tools',
    known: null,
    match: { kind: 'class' as const, effects },
    effects,
  };
  return [{ ...cell, ...pick([]) }];
}

/** Cell for tools that a table does not name and no line covers. */
export function unlistedRest(key: string, name: string): Cell {
  return {
    key: `${fileKey(key)}/*`.toLowerCase(),
    connector: name,
    action: 'all other actions',
    known: null,
    match: { kind: 'rest' },
    effects: ['unknown'],
    ...pick([]),
  };
}

function fileKey(key: string): string {
  return key.replaceAll('/', ' ');
}
