import type { Connector, DataClass } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';
import type { Baseline } from './baseline.ts';
import { type Departure, departureFrom } from './order.ts';
import type { Effect } from './words.ts';

/**
 * One system of the matrix. Microsoft 365 is one connector in Claude but several systems here, as the guide rates them.
 */
export interface MatrixConnector {
  readonly id: string;
  readonly name: string;
  /** Id of the catalogue entry; null: not in the catalogue. */
  readonly entry: string | null;
  readonly kind: 'directory' | 'custom' | null;
  readonly category: Connector['category'] | null;
  /** Kinds of data that it reaches; null: not stated. */
  readonly dataClasses: readonly DataClass[] | null;
  readonly sensitivity: 'low' | 'medium' | 'high' | null;
  readonly memberData: boolean | null;
  /** Counts as a membership system, so it is read only. */
  readonly ams: boolean;
  /** Name of the charter entry that governs it; null: the charter does not approve it. */
  readonly charter: string | null;
  /** Whether the connectors table shows it as enabled; null: not shown. */
  readonly enabled: boolean | null;
  /** What it cannot do according to the vendor; null: the vendor does not say. */
  readonly limits: readonly string[] | null;
}

export interface ObservedState {
  /** null: the line states none, or states it in words that are not understood, which `words` describes. */
  readonly state: Permission | 'off' | null;
  readonly words: string | null;
  /** Day of the reading or event. */
  readonly on: string;
}

/**
 * One action of one system: its effect, the guide's recommendation, the charter's permission, and what was observed.
 */
export interface MatrixRow {
  readonly id: string;
  /** Id of the system. */
  readonly connector: string;
  readonly title: string;
  /** Name of the tool, if known. */
  readonly tool: string | null;
  /**
   * action: one action or tool. class: all of an effect, as in the charter. rest: everything that the matrix does not
   * list.
   */
  readonly kind: 'action' | 'class' | 'rest';
  readonly effect: Effect;
  /**
   * Source of the effect. `nobody`: unclassified, so it is asked about and treated as a write until someone classifies
   * it.
   */
  readonly effectFrom: 'catalogue' | 'charter' | 'nobody';
  readonly baseline: Permission;
  readonly baselineFrom: Baseline['from'];
  /** The charter's permission; null: the charter does not cover the action, which counts as Blocked. */
  readonly charter: Permission | null;
  /** Kind of charter entry that covers it; `lapsed`: its exception has ended, so it is Blocked. */
  readonly charterFrom: 'named' | 'class' | 'rest' | 'lapsed' | null;
  readonly justification: string | null;
  /** Last day of the charter's exception to an invariant; null: there is none. */
  readonly until: string | null;
  readonly observed: ObservedState | null;
  /** false: the vendor documents no such tool and no reading shows it. */
  readonly exists: boolean;
  /** false: Claude does not offer Always allow for it; null: the vendor does not say. */
  readonly alwaysAllowOffered: boolean | null;
  /** States that take two approvers and an end date because an invariant forbids them; `why` names the invariant. */
  readonly guarded: { readonly states: readonly Permission[]; readonly why: string } | null;
  /** Other rows with the same cell: one tool that several systems share. */
  readonly shared: readonly string[];
}

/** The effective permission of a row. */
export function permissionOf(row: Pick<MatrixRow, 'charter'>): Permission {
  return row.charter ?? 'blocked';
}

/** Whether the row has a cell: a tool that does not exist and that the charter does not name has none. */
export function hasCell(row: Pick<MatrixRow, 'exists' | 'charterFrom'>): boolean {
  return row.exists || row.charterFrom === 'named' || row.charterFrom === 'lapsed';
}

/** Whether a permission can be set: there is a cell, a tool, or a line about it in the guide's table. */
export function canBeSet(row: Pick<MatrixRow, 'exists' | 'charterFrom' | 'baselineFrom'>): boolean {
  return hasCell(row) || row.exists || row.baselineFrom === 'guide';
}

/** No one has decided it: the charter does not cover it, or only by `*` although the guide leaves it open. */
export function isUndecided(row: Pick<MatrixRow, 'charter' | 'charterFrom' | 'baselineFrom'>): boolean {
  return row.charter === null || (row.baselineFrom === 'undecided' && row.charterFrom === 'rest');
}

/** Compares the charter's permission with the guide's. */
export function departureOf(row: Pick<MatrixRow, 'charter' | 'baseline'>): Departure {
  return departureFrom(row.baseline, permissionOf(row)) ?? 'same';
}

const WIDTH = { off: 0, blocked: 0, ask: 1, allow: 2 } as const;

type Compared = Pick<MatrixRow, 'charter' | 'charterFrom' | 'observed' | 'alwaysAllowOffered'>;

/**
 * Compares the observed state with the charter; null: no state was observed. What Claude does not offer is not drift:
 * an action that does not exist although a class entry of the charter would allow it, or one that asks because Always
 * allow is not offered.
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
