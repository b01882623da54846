import { Card } from '../../ui/card.tsx';
import { OverTime } from '../../ui/charts/over-time.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './home.module.css';
import { type Home, overTimeWords } from './words.ts';

type StatusOf = NonNullable<Home['status']>;

/** Number of controls in each state, by area and over time. Each figure links to the list it counts. */
export function Status({ slug, status }: { slug: string; status: StatusOf }) {
  const controls = `/c/${slug}/controls`;
  return (
    <Card
      title="Current status"
      flush
      aside={<AppLink href={controls}>{status.total} controls</AppLink>}
      {...(status.counts.policy_only === 0
        ? {}
        : {
            foot: (
              <>
                Technology cannot prevent{' '}
                <AppLink href={`${controls}?state=policy_only`}>{status.counts.policy_only} of these</AppLink>
                ; only the policy covers them.
              </>
            ),
          })}
    >
      <div className="pad">
        <StateBar
          counts={status.counts}
          look="legend"
          link={(state, content) => <AppLink href={`${controls}?state=${state}`}>{content}</AppLink>}
        />
      </div>
      {status.overTime.length === 0 ? null : <Past overTime={status.overTime} />}
      <PlainTable
        label="By area"
        figures
        rows={status.areas}
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
    </Card>
  );
}

/** A count; zero is gray and not a link. */
export function Figure({ n, state, href }: { n: number; state: 'fail' | 'cannot_read'; href: string }) {
  return n === 0 ? (
    <span className="muted">0</span>
  ) : (
    <AppLink href={href} className={state === 'fail' ? classes.fail : classes.unread}>
      {n}
    </AppLink>
  );
}

/** Daily history. */
function Past({ overTime }: { overTime: StatusOf['overTime'] }) {
  const words = overTimeWords(overTime);
  return (
    <section className="pad" aria-label="Over time">
      <p>{words}</p>
      {overTime.length < 2 ? null : <OverTime summary={words} stretches={overTime} />}
    </section>
  );
}
