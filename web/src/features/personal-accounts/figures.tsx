import { Link } from '@tanstack/react-router';
import classes from './personal-accounts.module.css';
import { AFTER_WORDS, type List } from './words.ts';

const NOTHING = {
  state: undefined,
  difference: undefined,
  closedAfter: undefined,
  marked: undefined,
  owner: undefined,
  search: undefined,
};

/** Progress in numbers, each with a link to the list behind it. Zeros are left out. */
export function Figures({ list: { statistics, counts } }: { readonly list: List }) {
  const figures = [
    { label: 'Open', count: statistics.open, search: { state: 'open' } },
    { label: 'Not contacted', count: counts.found ?? 0, search: { state: 'found' } },
    { label: AFTER_WORDS.first, count: statistics.closedAfterFirst, search: { closedAfter: 'first' } },
    { label: AFTER_WORDS.more, count: statistics.closedAfterMore, search: { closedAfter: 'more' } },
    { label: AFTER_WORDS.none, count: statistics.closedWithout, search: { closedAfter: 'none' } },
    { label: 'Overdue', count: statistics.overdue, search: { marked: 'overdue' } },
    { label: 'Open and used for work', count: statistics.usedForWork, search: { marked: 'work' } },
  ] as const;
  return (
    <ul className={classes.figures} aria-label="Progress">
      {figures
        .filter(({ count }) => count > 0)
        .map(({ label, count, search }) => (
          <li key={label}>
            <Link
              from="/c/$client/personal-accounts"
              to="."
              search={(was) => ({ ...was, ...NOTHING, ...search })}
            >
              {label}: {count}
            </Link>
          </li>
        ))}
    </ul>
  );
}
