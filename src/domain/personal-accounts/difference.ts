import { type Entry, isListed, type ReportSeen } from './register.ts';

export const DIFFERENCES = ['new', 'back', 'unchanged', 'gone', 'not_told'] as const;
/**
 * What a report changed for one account. `back`: listed again after a report that did not list it; `not_told`: not
 * listed, but by a report that cannot prove it is gone.
 */
export type Difference = (typeof DIFFERENCES)[number];

/** What a report changed, by address; unaffected accounts are left out. */
export function differenceOf(report: ReportSeen, entries: readonly Entry[]): ReadonlyMap<string, Difference> {
  return new Map(
    entries.flatMap((entry): [string, Difference][] => {
      const one = differenceFor(report, entry);
      return one === null ? [] : [[entry.key, one]];
    }),
  );
}

function differenceFor(report: ReportSeen, { key, rounds, firstSeen }: Entry): Difference | null {
  const { day } = report;
  const at = rounds.findLastIndex(({ from, closed }) => from <= day && (closed === null || closed.on >= day));
  const round = rounds[at];
  if (round === undefined) return null;
  if (isListed(report.accounts.get(key))) {
    if (firstSeen === day) return 'new';
    return at > 0 && round.from === day ? 'back' : 'unchanged';
  }
  if (round.closed?.on === day) return 'gone';
  return round.lastSeen !== null && round.lastSeen < day ? 'not_told' : null;
}
