import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { monthWords, shortId } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { State } from './exception-panel.tsx';
import classes from './exceptions.module.css';
import { coversText, type Exception } from './words.ts';

const DAY = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** When exceptions end, by month, soonest first. Ended ones are left out. */
export function Ends({ rows }: { rows: readonly Exception[] }) {
  const months = useMemo(() => {
    const open = rows
      .filter(({ state }) => state !== 'ended' && state !== 'refused')
      .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
    return [...Map.groupBy(open, ({ until }) => until.slice(0, 7))];
  }, [rows]);
  if (months.length === 0)
    return <EmptyState title="No end dates.">No exception is in force or waiting.</EmptyState>;
  return (
    <Stack gap="xl">
      {months.map(([month, list]) => (
        <section key={month} className={classes.month}>
          <h2 className="heading">{monthWords(month)}</h2>
          <ol>
            {list.map((one) => (
              <li key={one.id}>
                <time dateTime={one.until}>{DAY.format(noon(one.until))}</time>
                <div>
                  <Link from="/c/$client/exceptions" to="." search={(was) => ({ ...was, panel: one.id })}>
                    {shortId(one.control)} {one.title}
                  </Link>
                  <span className="second">
                    {coversText(one)}; {one.owner}
                  </span>
                  <State exception={one} />
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Stack>
  );
}
