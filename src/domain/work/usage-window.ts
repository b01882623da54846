import { addDays, daysBetween } from '../model/day.ts';
import { byCodeUnit } from '../text/order.ts';
import { count, dayWords } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

type Range = { readonly from: string; readonly to: string };

/**
 * Days without an imported usage report, as one work item, due on the last day on which the vendor still provides the
 * first of them. Empty if no report was ever imported, because a control asks for the first one.
 */
export function usageWindow({ usage }: WorkFacts, today: string): Draft[] {
  if (usage === null) return [];
  const gaps = uncovered(usage.covered, addDays(today, -1));
  const reach = addDays(today, -usage.keepsDays);
  const open = gaps.flatMap(({ from, to }) =>
    to < reach ? [] : [{ from: from < reach ? reach : from, to }],
  );
  const [first, ...others] = open;
  if (first === undefined) return [];
  const lost = daysOf(gaps) - daysOf(open);
  return [
    {
      key: 'usage_window',
      kind: 'reading_ends',
      title: `Export the use of Claude from ${dayWords(first.from)} to ${dayWords(first.to)}`,
      why: [
        `No imported report covers ${count(daysOf(open), 'day')}${others.length === 0 ? '' : `, in ${open.length} stretches`}.`,
        `Claude exports ${usage.keepsDays} days at most.`,
        ...(lost === 0 ? [] : [`${count(lost, 'earlier day')} can no longer be exported.`]),
      ].join(' '),
      due: addDays(first.from, usage.keepsDays),
      role: 'it_admin',
    },
  ];
}

/** Gaps between the first day of any range and a day. */
function uncovered(ranges: readonly Range[], until: string): Range[] {
  const gaps: Range[] = [];
  let next: string | null = null;
  for (const { from, to } of ranges.toSorted((a, b) => byCodeUnit(a.from, b.from))) {
    if (next !== null && from > next) gaps.push({ from: next, to: addDays(from, -1) });
    if (next === null || to >= next) next = addDays(to, 1);
  }
  if (next !== null && next <= until) gaps.push({ from: next, to: until });
  return gaps.filter(({ from }) => from <= until);
}

function daysOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0);
}
// Guide: G5.1-07
