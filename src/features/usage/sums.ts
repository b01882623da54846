import type { AMOUNTS } from '#domain/usage/slices.ts';
import type { Counted } from '#store/usage/read.ts';

export interface StatedSum {
  readonly sum: number;
  readonly stated: number;
  readonly of: number;
}

/** One amount over some counts; null where no event states it. `of` counts the events that could. */
export function sumOf(counts: readonly Counted[], amount: (typeof AMOUNTS)[number]): StatedSum | null {
  const stated = total(counts, (count) => count.amounts[amount].stated);
  if (stated === 0) return null;
  return {
    sum: total(counts, (count) => count.amounts[amount].sum),
    stated,
    of: total(counts, (count) => count.events),
  };
}

export function total<C extends Counted>(counts: readonly C[], of: (count: C) => number): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}

export interface Effects {
  read: number;
  write: number;
  admin: number;
  unknown: number;
}

/** What came of calls: those that ran by what they did, beside those that did nothing. */
export interface Calls {
  readonly calls: number;
  readonly effects: Effects;
  readonly failed: number;
  readonly refused: number;
}

/** @param counts Counted by effect and outcome at least. */
export function callsOf(counts: readonly Counted[]): Calls {
  const came = (outcome: string) =>
    total(
      counts.filter((count) => count.outcome === outcome),
      ({ events }) => events,
    );
  return {
    calls: total(counts, ({ events }) => events),
    effects: effectsOf(counts),
    failed: came('failure'),
    refused: came('rejected'),
  };
}

/**
 * Calls that ran, by effect. A call of which no effect is known is unknown, never a read; one that failed or was refused
 * read and wrote nothing, and one whose outcome no source reports is taken to have run.
 */
function effectsOf(counts: readonly Counted[]): Effects {
  const effects: Effects = { read: 0, write: 0, admin: 0, unknown: 0 };
  for (const { effect, events, outcome } of counts) {
    if (outcome === 'failure' || outcome === 'rejected') continue;
    const known = effect === 'read' || effect === 'write' || effect === 'admin' ? effect : 'unknown';
    effects[known] += events;
  }
  return effects;
}

export function lastOf(counts: readonly Counted[]): string {
  return counts.reduce((last, { lastAt }) => (lastAt > last ? lastAt : last), '');
}

export function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))].toSorted();
}
// Guide: G5.1-08
