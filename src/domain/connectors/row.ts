import type { Connector, DataClass } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';
import type { Baseline } from './baseline.ts';
import { type Departure, departureFrom } from './order.ts';
import type { Effect } from './words.ts';

/** One system of the matrix. Microsoft 365 is one connector in Claude and several systems here, as the guide rates them. */
export interface MatrixConnector {
  readonly id: string;
  readonly name: string;
  /** Entry of the catalogue; null: the catalogue does not know it. */
  readonly entry: string | null;
  readonly kind: 'directory' | 'custom' | null;
  readonly category: Connector['category'] | null;
  /** Kinds of data that it reaches; null: nobody says. */
  readonly dataClasses: readonly DataClass[] | null;
  readonly sensitivity: 'low' | 'medium' | 'high' | null;
  readonly memberData: boolean | null;
  /** Counts as a membership system, so it is read only. */
  readonly ams: boolean;
  /** Entry of the charter that governs it, by its name there; null: the charter does not approve it. */
  readonly charter: string | null;
  /** Whether the connectors table shows it as enabled; null: it does not show it. */
  readonly enabled: boolean | null;
  /** What the vendor documents that it cannot do; null: the vendor does not say. */
  readonly limits: readonly string[] | null;
}

export interface ObservedState {
  /** null: the line states none, or states it in words that are not understood, which `words` tells. */
  readonly state: Permission | 'off' | null;
  readonly words: string | null;
  /** Day of the reading or event. */
  readonly on: string;
}

/** One action of one system: what it does, what the guide recommends, what the charter says, what was observed. */
export interface MatrixRow {
  readonly id: string;
  /** Id of its system. */
  readonly connector: string;
  readonly title: string;
  /** Name of the tool, where one is known. */
  readonly tool: string | null;
  /** action: one action or tool. class: all of an effect, as the charter puts it. rest: whatever the matrix does not list. */
  readonly kind: 'action' | 'class' | 'rest';
  readonly effect: Effect;
  /** Who says so. `nobody`: it is asked about, and the limits for writes hold until someone classifies it. */
  readonly effectFrom: 'catalogue' | 'charter' | 'nobody';
  readonly baseline: Permission;
  readonly baselineFrom: Baseline['from'];
  /** What the charter approves; null: it does not speak of the action, which counts as Blocked. */
  readonly charter: Permission | null;
  /** Through which of its words; `lapsed`: its exception has ended, so it is Blocked. */
  readonly charterFrom: 'named' | 'class' | 'rest' | 'lapsed' | null;
  readonly justification: string | null;
  /** Last day of the exception under which the charter opens it against an invariant; null: there is none. */
  readonly until: string | null;
  readonly observed: ObservedState | null;
  /** false: the vendor documents no such tool, and no reading shows it. */
  readonly exists: boolean;
  /** false: Claude does not offer Always allow for it; null: the vendor does not say. */
  readonly alwaysAllowOffered: boolean | null;
  /** States that take two approvers and an end date, because an invariant forbids them; `why` says which. */
  readonly guarded: { readonly states: readonly Permission[]; readonly why: string } | null;
  /** Other rows that are the same cell: one tool that several systems share. */
  readonly shared: readonly string[];
}

/** The permission that a row comes to. */
export function permissionOf(row: Pick<MatrixRow, 'charter'>): Permission {
  return row.charter ?? 'blocked';
}

/** Whether there is a cell at all: a tool that does not exist and that the charter does not name has none. */
export function hasCell(row: Pick<MatrixRow, 'exists' | 'charterFrom'>): boolean {
  return row.exists || row.charterFrom === 'named' || row.charterFrom === 'lapsed';
}

/** Whether a permission can be given to the row: there is a cell, a tool, or a line of the guide's table about it. */
export function canBeSet(row: Pick<MatrixRow, 'exists' | 'charterFrom' | 'baselineFrom'>): boolean {
  return hasCell(row) || row.exists || row.baselineFrom === 'guide';
}

/** Nobody has decided it: the charter says nothing of it, or only what stands for all the rest where the guide leaves it open. */
export function isUndecided(row: Pick<MatrixRow, 'charter' | 'charterFrom' | 'baselineFrom'>): boolean {
  return row.charter === null || (row.baselineFrom === 'undecided' && row.charterFrom === 'rest');
}

/** How the charter's word stands to the guide's. */
export function departureOf(row: Pick<MatrixRow, 'charter' | 'baseline'>): Departure {
  return departureFrom(row.baseline, permissionOf(row)) ?? 'same';
}

const WIDTH = { off: 0, blocked: 0, ask: 1, allow: 2 } as const;

type Compared = Pick<MatrixRow, 'charter' | 'charterFrom' | 'observed' | 'alwaysAllowOffered'>;

/**
 * How what was observed stands to the charter; null: no state was observed. What Claude does not offer is no departure:
 * an action that is not there although the charter's words for all of its kind would allow it, or one that asks because
 * Always allow cannot be chosen.
 */
export function driftOf(row: Compared): 'wider' | 'narrower' | 'same' | null {
  const state = row.observed?.state ?? null;
  if (state === null) return null;
  if (state === 'off' && row.charterFrom !== 'named') return 'same';
  const wanted = permissionOf(row);
  const reachable = wanted === 'allow' && row.alwaysAllowOffered === false ? 'ask' : wanted;
  if (WIDTH[state] > WIDTH[wanted]) return 'wider';
  return WIDTH[state] < WIDTH[reachable] ? 'narrower' : 'same';
}
