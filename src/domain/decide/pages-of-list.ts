import type { PageOfList, Reading } from '../model/reading.ts';
import { names } from '../text/words.ts';

/** What files that each state which page of a list they are add up to. */
interface PagesGiven {
  /** Rows or pages of which there is no file; empty: the files are the whole list. */
  readonly missing: readonly Pick<PageOfList, 'from' | 'to'>[];
  readonly unit: PageOfList['unit'];
  readonly of: number;
}

/**
 * Whether files that are each a page of a list are pages of the same one; null: one does not state its place, they
 * state different totals, or two overlap, so that they are not pages of one list.
 */
export function pagesGiven(readings: readonly Pick<Reading, 'page'>[]): PagesGiven | null {
  const pages = readings.flatMap(({ page }) => page ?? []).toSorted((a, b) => a.from - b.from);
  const [first] = pages;
  if (first === undefined || pages.length < readings.length) return null;
  const { unit, of } = first;
  const missing: { from: number; to: number }[] = [];
  let next = 1;
  for (const page of pages) {
    if (page.unit !== unit || page.of !== of || page.from < next) return null;
    if (page.from > next) missing.push({ from: next, to: page.from - 1 });
    next = page.to + 1;
  }
  if (next <= of) missing.push({ from: next, to: of });
  return { missing, unit, of };
}

/** Whether two files state that they are different pages of one list, so that neither replaces the other. */
export function arePagesOfOne(one: Pick<Reading, 'page'>, other: Pick<Reading, 'page'>): boolean {
  return one.page !== undefined && other.page !== undefined && pagesGiven([one, other]) !== null;
}

/** What is missing of a list, such as "rows 26–58 of 58". */
export function missingWords({ missing, unit, of }: PagesGiven): string {
  const parts = missing.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const one = missing.length === 1 && missing[0]?.from === missing[0]?.to;
  return `${unit === 'rows' ? (one ? 'row' : 'rows') : one ? 'page' : 'pages'} ${names(parts, 5)} of ${of}`;
}
