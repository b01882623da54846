import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './home.module.css';
import type { Home } from './words.ts';

type StandingOf = NonNullable<Home['standing']>;

/** How many controls are in each state, by area and over time. Every figure opens the list that it is made of. */
export function Standing({ slug, standing }: { slug: string; standing: StandingOf }) {
  const controls = `/c/${slug}/controls`;
  return (
    <Card
      title="Current status"
      flush
      aside={<AppLink href={controls}>{standing.total} controls</AppLink>}
      {...(standing.counts.policy_only === 0
        ? {}
        : {
            foot: (
              <>
                No technology can prevent{' '}
                <AppLink href={`${controls}?state=policy_only`}>
                  {standing.counts.policy_only} of these
                </AppLink>
                ; only the policy covers them.
              </>
            ),
          })}
    >
      <div className="pad">
        <StateBar
          counts={standing.counts}
          look="legend"
          link={(state, content) => <AppLink href={`${controls}?state=${state}`}>{content}</AppLink>}
        />
      </div>
      <PlainTable
        label="By area"
        figures
        rows={standing.areas}
        rowId={({ area }) => area}
        columns={[
          {
            head: 'Area',
            cell: ({ area, name }) => <AppLink href={`${controls}?area=${area}`}>{name}</AppLink>,
          },
          { head: 'By state', wide: true, cell: ({ counts }) => <StateBar counts={counts} /> },
          {
            head: 'Fail',
            align: 'end',
            cell: ({ area, counts }) => (
              <Figure n={counts.fail} state="fail" href={`${controls}?area=${area}&state=fail`} />
            ),
          },
          {
            head: 'Cannot read',
            align: 'end',
            cell: ({ area, counts }) => (
              <Figure
                n={counts.cannot_read}
                state="cannot_read"
                href={`${controls}?area=${area}&state=cannot_read`}
              />
            ),
          },
        ]}
      />
      {standing.history.length === 0 ? null : <Past slug={slug} standing={standing} />}
    </Card>
  );
}

/** A count; zero is gray and leads nowhere. */
export function Figure({ n, state, href }: { n: number; state: 'fail' | 'cannot_read'; href: string }) {
  return n === 0 ? (
    <span className="muted">0</span>
  ) : (
    <AppLink href={href} className={state === 'fail' ? classes.fail : classes.unread}>
      {n}
    </AppLink>
  );
}

function Past({ slug, standing }: { slug: string; standing: StandingOf }) {
  const byReport = standing.history.some(({ report }) => report !== null);
  return (
    <PlainTable
      label={byReport ? 'At each report' : 'At the end of each month'}
      figures
      rows={['fail', 'cannot_read'] as const}
      rowId={(state) => state}
      columns={[
        {
          head: byReport ? 'At each report' : 'At each month’s end',
          cell: (state) => <VerdictMark state={state} />,
        },
        ...standing.history.map((point) => ({
          head:
            point.report === null ? (
              shortDay(point.day)
            ) : (
              <AppLink href={`/c/${slug}/reports/${point.report}`}>{shortDay(point.day)}</AppLink>
            ),
          cell: (state: 'fail' | 'cannot_read') => point[state],
        })),
        {
          head: 'Today',
          cell: (state) => (
            <Figure n={standing.counts[state]} state={state} href={`/c/${slug}/controls?state=${state}`} />
          ),
        },
      ]}
    />
  );
}

/** "27 Feb" */
const shortDay = (day: string) => dayWords(day).replace(/ \d{4}$/, '');
