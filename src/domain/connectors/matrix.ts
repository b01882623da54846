import { effectiveCharter, exceptionFor, lapsedException } from '../charter/effective.ts';
import { INVARIANT_WORDS, isMembershipSystem } from '../charter/invariants.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import {
  type Approved,
  approvalsOf,
  approvedConnectors,
  effectsOf,
  type Grant,
  grantFor,
  justificationFor,
  ownReason,
} from '../rules/connectors/chartered.ts';
import type { Cell, ObservedConnector } from '../rules/connectors/table.ts';
import { baselineFor } from './baseline.ts';
import { fileKey, type Place, type PlacedCell, placesOf } from './places.ts';
import type { MatrixConnector, MatrixRow, ObservedState } from './row.ts';
import { targetsOf } from './target.ts';
import { EFFECT_WORDS, type Effect } from './words.ts';

export interface MatrixInput {
  readonly catalogue: Pick<Catalogue, 'connectors'>;
  /** null: there is no charter, and every row is undecided. */
  readonly charter: Charter | null;
  /** What was read of the client's connectors; empty if nothing could be read. */
  readonly observed: readonly ObservedConnector[];
  readonly today: string;
}

export interface Matrix {
  readonly connectors: readonly MatrixConnector[];
  readonly rows: readonly MatrixRow[];
}

/** A row with its inputs, for callers that write it back into the charter. */
export interface Part {
  readonly row: MatrixRow;
  readonly cell: Cell;
  /** The cell in a reading; null: no reading shows it. */
  readonly seen: Cell | null;
  /** Charter entries that govern it, the deciding one first. */
  readonly own: readonly Approved[];
}

/** The matrix: every action of every system in the charter or in a reading, sorted by name. */
export function matrixOf(input: MatrixInput): Matrix {
  const { connectors, parts } = matrixParts(input);
  return { connectors, rows: parts.map(({ row }) => row) };
}

export function matrixParts({ catalogue, charter, observed, today }: MatrixInput): {
  readonly connectors: readonly MatrixConnector[];
  readonly parts: readonly Part[];
} {
  const stated = charter ?? {};
  const approved = approvedConnectors(effectiveCharter(stated, today), catalogue);
  const places = [...placesOf(catalogue, stated, observed)].sort((a, b) => order(a.name, b.name));
  const connectors: MatrixConnector[] = [];
  const governs = new Map<string, Approved | null>();
  const parts: Part[] = [];
  for (const place of places) {
    const own = governing(place, approved);
    const first = own[0] ?? null;
    const ams = isAms(place, first, stated, catalogue);
    const connector = connectorOf(place, first, ams);
    governs.set(place.id, first);
    connectors.push(connector);
    const made = [...place.cells.values()].map((one) => ({
      row: rowOf({ one, place, connector, own, ams, charter: stated, today }),
      cell: one.cell,
      seen: place.enabled === false ? null : one.seen,
      own,
    }));
    parts.push(...made.sort((a, b) => rank(a.row) - rank(b.row) || order(a.row.title, b.row.title)));
  }
  return { connectors, parts: parts.map((part) => ({ ...part, row: sharing(part.row, governs) })) };
}

/** A tool shared by several systems is one cell only if one charter entry governs all of them. */
function sharing(row: MatrixRow, governs: ReadonlyMap<string, Approved | null>): MatrixRow {
  if (row.shared.length === 0) return row;
  const own = governs.get(row.connector);
  const shared = row.shared.filter((id) => governs.get(id.slice(0, id.lastIndexOf('/'))) === own);
  return { ...row, shared };
}

/**
 * Charter entries for a system, the deciding (narrower) one first. What belongs to no single part of "Microsoft 365" is
 * governed by the entry of that name, if there is one.
 */
export function governing(place: Place, approved: readonly Approved[]): readonly Approved[] {
  const all = approvalsOf({ key: place.id, entries: place.entries }, approved);
  const same = place.entries.length === 1 ? [] : all.filter((one) => fileKey(one.place.key) === place.id);
  return same.length > 0 ? same : [...all].sort((a, b) => a.place.entries.length - b.place.entries.length);
}

function isAms(
  place: Place,
  governs: Approved | null,
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
): boolean {
  const stand: Approved = governs ?? {
    connector: { name: place.name, kind: 'custom', actions: {}, justifications: {} },
    index: -1,
    place: { name: place.name, key: place.id, entries: place.entries },
    actions: [],
  };
  return isMembershipSystem(stand, charter, catalogue);
}

function connectorOf(place: Place, governs: Approved | null, ams: boolean): MatrixConnector {
  const entry = place.entries.length === 1 ? (place.entries[0] ?? null) : null;
  const said = governs?.connector;
  return {
    id: place.id,
    name: place.name,
    entry: entry?.id ?? null,
    kind: said?.kind ?? (entry === null ? null : entry.directory === 'confirmed' ? 'directory' : 'custom'),
    category: entry?.category ?? null,
    dataClasses: entry?.dataClasses ?? null,
    sensitivity: said?.sensitivity ?? entry?.sensitivity ?? null,
    memberData: said?.holdsMemberData ?? entry?.holdsMemberData ?? null,
    ams,
    charter: said?.name ?? null,
    enabled: place.enabled,
    limits: entry?.limits?.map(({ says }) => says) ?? null,
  };
}

interface RowInput {
  readonly one: PlacedCell;
  readonly place: Place;
  readonly connector: MatrixConnector;
  /** Entries that govern the place, the narrower first. */
  readonly own: readonly Approved[];
  readonly ams: boolean;
  readonly charter: Charter;
  readonly today: string;
}

function rowOf(input: RowInput): MatrixRow {
  const { one, place, connector, own, ams, charter, today } = input;
  const { cell } = one;
  // No action of a switched-off connector can run, whatever its state says.
  const seen = place.enabled === false ? null : one.seen;
  const group = { ...GROUP, key: place.id, name: place.name, entries: place.entries };
  const effects = effectsOf(cell, group, own);
  const effect = worst(effects);
  const grant = grantFor(cell, group, own);
  const action = cell.known?.action ?? null;
  const sensitivity = connector.sensitivity;
  const baseline = baselineFor({ effect, action, ams, sensitivity });
  const guarded = guardedStates(cell, effects, ams);
  const [target] = targetsOf(cell, own);
  const exception = grant && exceptionFor(charter, grant.approved.connector.name, grant.text);
  const observed = seen === null ? null : observedState(seen);
  const kind = cell.match.kind === 'rest' ? 'rest' : cell.match.kind === 'class' ? 'class' : 'action';
  return {
    id: one.id,
    connector: place.id,
    title: titleOf(cell, effect, kind),
    tool: toolOf(cell),
    kind,
    effect,
    effectFrom:
      effect === 'unknown'
        ? 'nobody'
        : action !== null && action.effect !== 'unknown'
          ? 'catalogue'
          : 'charter',
    baseline: baseline.permission,
    baselineFrom: baseline.from,
    charter: grant?.permission ?? null,
    charterFrom: grant === null ? null : grantedBy(grant, charter, today),
    justification: grant === null ? null : reasonOf(cell, grant),
    until: exception?.until ?? null,
    observed,
    exists:
      action?.tool !== false || (observed !== null && observed.state !== null && observed.state !== 'off'),
    alwaysAllowOffered: action?.alwaysAllowOffered === undefined ? true : action.alwaysAllowOffered,
    guarded,
    shared: (target?.covers ?? []).filter((id) => id !== one.id),
  };
}

const GROUP = { enabled: true, cells: [], evidence: [], listsActions: true } as const;

function grantedBy(grant: Grant, charter: Charter, today: string): MatrixRow['charterFrom'] {
  if (lapsedException(charter, grant.approved.connector.name, grant.text, today) !== null) return 'lapsed';
  const kind = grant.approved.actions.find(({ text }) => text === grant.text)?.match.kind;
  return kind === 'rest' ? 'rest' : kind === 'class' ? 'class' : 'named';
}

function reasonOf(cell: Cell, grant: Grant): string | null {
  return justificationFor(cell.match, grant.approved) ?? ownReason(grant.text, grant.approved);
}

/** The observed state of a cell with its day; null: no line covers it. */
export function observedState(cell: Cell): ObservedState | null {
  if (cell.lack === 'missing') return null;
  const days = cell.evidence.map(({ observedOn }) => observedOn).sort();
  const words =
    cell.lack === 'unset'
      ? 'The cell is empty'
      : cell.lack === 'unreadable'
        ? `“${cell.text ?? ''}” is not understood`
        : cell.lack === 'ambiguous'
          ? `“${cell.text ?? ''}” may be one tool or all of its kind`
          : cell.lack === 'unstated'
            ? 'No column that is known gives its state'
            : cell.conflict;
  return { state: cell.width, words, on: days.at(-1) ?? '' };
}

/** States that an invariant forbids, which therefore take two approvers and an end date. */
function guardedStates(cell: Cell, effects: readonly Effect[], ams: boolean): MatrixRow['guarded'] {
  const rest = cell.match.kind === 'rest';
  if (ams)
    return rest || effects.some((effect) => effect !== 'read')
      ? { states: ['ask', 'allow'], why: INVARIANT_WORDS.ams_reads_only }
      : null;
  const bad = effects.some((effect) => effect === 'delete' || effect === 'send' || effect === 'admin');
  return rest || bad ? { states: ['allow'], why: INVARIANT_WORDS.never_always_allow } : null;
}

/** The most dangerous effect of a class that covers several. */
function worst(effects: readonly Effect[]): Effect {
  const order: readonly Effect[] = ['admin', 'delete', 'send', 'unknown', 'write', 'read'];
  return order.find((effect) => effects.includes(effect)) ?? 'unknown';
}

function titleOf(cell: Cell, effect: Effect, kind: MatrixRow['kind']): string {
  if (kind === 'rest') return 'Anything not listed';
  if (kind === 'class' && cell.match.kind === 'class')
    return cell.match.effects.length > 1
      ? 'All actions that write, delete, send or administer'
      : `All ${CLASS_WORDS[effect]}`;
  return cell.known?.action.title ?? cell.action;
}

const CLASS_WORDS: Readonly<Record<Effect, string>> = {
  read: 'actions that read',
  write: 'actions that write',
  send: 'actions that send',
  delete: 'actions that delete',
  admin: 'actions that administer',
  unknown: `actions (${EFFECT_WORDS.unknown.toLowerCase()})`,
};

/** The action's name if it looks like an identifier rather than a title. */
function toolOf(cell: Cell): string | null {
  if (cell.known !== null) return cell.known.action.scope === undefined ? null : cell.known.action.id;
  if (cell.match.kind !== 'unknown') return null;
  return /^[\p{L}\p{N}]+([_.:/-][\p{L}\p{N}]+)+$|^[a-z]+[A-Z]\w*$/u.test(cell.action) ? cell.action : null;
}

const RANK: Readonly<Record<Effect, number>> = {
  read: 0,
  write: 1,
  unknown: 2,
  send: 3,
  delete: 4,
  admin: 5,
};

function rank(row: MatrixRow): number {
  return row.kind === 'rest' ? 9 : RANK[row.effect];
}

function order(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
}
// Guide: G2.2-13 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29 G2.2-30
// Guide: G3.4-02
