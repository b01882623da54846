import type { Permission } from '../model/rows-exports.ts';
import { departureOf, driftOf, hasCell, isUndecided, type MatrixRow, permissionOf } from './row.ts';
import type { Effect } from './words.ts';

export interface MatrixSummary {
  /** Actions that have a cell. The line for everything not listed is not an action; it counts under `restOpen`. */
  readonly actions: number;
  readonly allow: Readonly<Record<Effect, number>>;
  readonly ask: Readonly<Record<Effect, number>>;
  readonly blocked: Readonly<Record<Effect, number>>;
  readonly looser: number;
  /** Looser rows without a justification. */
  readonly unjustified: number;
  readonly tighter: number;
  /** Not decided: the charter does not name them, and the guide leaves them open. */
  readonly undecided: number;
  /** Not classified, so they count as writes. */
  readonly unclassified: number;
  /** Systems where everything that the matrix does not list is open. */
  readonly restOpen: number;
  readonly wider: number;
  readonly narrower: number;
}

const none = (): Record<Effect, number> => ({ read: 0, write: 0, send: 0, delete: 0, admin: 0, unknown: 0 });

/** Totals of the matrix. Each row that has a cell counts once, under the charter's permission. */
export function summaryOf(rows: readonly MatrixRow[]): MatrixSummary {
  const by: Record<Permission, Record<Effect, number>> = { allow: none(), ask: none(), blocked: none() };
  const sum = {
    actions: 0,
    looser: 0,
    unjustified: 0,
    tighter: 0,
    undecided: 0,
    unclassified: 0,
    restOpen: 0,
    wider: 0,
    narrower: 0,
  };
  for (const row of rows) {
    if (!hasCell(row)) continue;
    if (row.kind === 'rest') {
      if (permissionOf(row) !== 'blocked') sum.restOpen += 1;
    } else {
      sum.actions += 1;
      if (row.charter !== null) by[row.charter][row.effect] += 1;
      if (isUndecided(row)) sum.undecided += 1;
      if (row.effect === 'unknown') sum.unclassified += 1;
    }
    const departure = departureOf(row);
    if (departure === 'looser') {
      sum.looser += 1;
      if (row.justification === null) sum.unjustified += 1;
    }
    if (departure === 'tighter') sum.tighter += 1;
    const drift = driftOf(row);
    if (drift === 'wider') sum.wider += 1;
    if (drift === 'narrower') sum.narrower += 1;
  }
  return { ...sum, ...by };
}

const EFFECT_ORDER = ['read', 'write', 'send', 'delete', 'admin', 'unknown'] as const;
const NOUN: Readonly<Record<Effect, string>> = {
  read: 'read',
  write: 'write',
  send: 'send',
  delete: 'delete',
  admin: 'administration',
  unknown: 'unclassified',
};

/** "12 read actions allowed, 4 need approval, 31 blocked; 2 looser than baseline." */
export function summaryWords(summary: MatrixSummary): string {
  const total = (counts: Readonly<Record<Effect, number>>) =>
    EFFECT_ORDER.reduce((sum, effect) => sum + counts[effect], 0);
  if (summary.actions === 0) return 'No action yet.';
  if (summary.undecided === summary.actions)
    return summary.actions === 1
      ? 'No one has decided the one action.'
      : `No one has decided any of the ${summary.actions} actions.`;
  const ask = total(summary.ask);
  const states = [
    allowedWords(summary.allow),
    `${ask} ${ask === 1 ? 'needs' : 'need'} approval`,
    `${total(summary.blocked)} blocked`,
  ].join(', ');
  const notes = [
    `${summary.looser} looser than baseline`,
    ...(summary.unjustified > 0 ? [`${summary.unjustified} of these without a reason`] : []),
    ...(summary.undecided > 0 ? [`${summary.undecided} not decided`] : []),
    ...(summary.unclassified > 0 ? [`${summary.unclassified} not classified`] : []),
    ...(summary.restOpen > 0
      ? [
          `${summary.restOpen} ${summary.restOpen === 1 ? 'system leaves' : 'systems leave'} open what is not listed`,
        ]
      : []),
  ].join('; ');
  return `${states}; ${notes}.`;
}

function allowedWords(allow: Readonly<Record<Effect, number>>): string {
  const there = EFFECT_ORDER.filter((effect) => allow[effect] > 0);
  if (there.length === 0) return 'No action allowed';
  const parts = there.map((effect) => `${allow[effect]} ${NOUN[effect]}`);
  const last = there.length === 1 ? allow[there[0] ?? 'read'] : 2;
  const list = parts.length < 2 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `${list} ${last === 1 ? 'action' : 'actions'} allowed`;
}
