import { count, names } from '../text/words.ts';
import { NOW, type WorkItem, type WorkWhen } from '../work/items.ts';

/** Number of items to be done now, by reason. */
export interface DueCounts {
  readonly overdue: number;
  readonly soon: number;
  readonly waiting: number;
}

/** The items that a reminder covers, in order: overdue, due soon, or waiting for someone. */
export function dueNow(items: readonly WorkItem[]): readonly WorkItem[] {
  return items.filter(({ when }) => NOW.includes(when));
}

export function countsOf(items: readonly WorkItem[]): DueCounts {
  const of = (when: WorkWhen) => items.filter((item) => item.when === when).length;
  return { overdue: of('overdue'), soon: of('soon'), waiting: of('waiting') };
}

export function sumOf({ overdue, soon, waiting }: DueCounts): number {
  return overdue + soon + waiting;
}

/** "3 overdue, 2 due within 14 days and 1 waiting for someone": counts only, without any content. */
export function countWords({ overdue, soon, waiting }: DueCounts): string {
  const parts = [
    overdue === 0 ? null : `${overdue} overdue`,
    soon === 0 ? null : `${soon} due within 14 days`,
    waiting === 0 ? null : `${waiting} waiting for someone`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'nothing due' : names(parts, 3);
}

/** "12 pieces of work are due", for a subject or title. */
export function sumWords(counts: DueCounts): string {
  const sum = sumOf(counts);
  return `${count(sum, 'piece of work is due', 'pieces of work are due')}`;
}
