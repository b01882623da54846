import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
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
      <table aria-label="By area" className={classes.areas}>
        <thead>
          <tr>
            <th scope="col">Area</th>
            <th scope="col" className={classes.wide}>
              By state
            </th>
            <th scope="col" data-align="end">
              Fail
            </th>
            <th scope="col" data-align="end">
              Cannot read
            </th>
          </tr>
        </thead>
        <tbody>
          {standing.areas.map(({ area, name, counts }) => (
            <tr key={area}>
              <th scope="row">
                <AppLink href={`${controls}?area=${area}`}>{name}</AppLink>
              </th>
              <td className={classes.wide}>
                <StateBar counts={counts} />
              </td>
              <td data-align="end">
                <Figure n={counts.fail} state="fail" href={`${controls}?area=${area}&state=fail`} />
              </td>
              <td data-align="end">
                <Figure
                  n={counts.cannot_read}
                  state="cannot_read"
                  href={`${controls}?area=${area}&state=cannot_read`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
    <table aria-label={byReport ? 'At each report' : 'At the end of each month'} className={classes.past}>
      <thead>
        <tr>
          <th scope="col">{byReport ? 'At each report' : 'At each month’s end'}</th>
          {standing.history.map(({ day, report }) => (
            <th key={day} scope="col" data-align="end">
              {report === null ? (
                shortDay(day)
              ) : (
                <AppLink href={`/c/${slug}/reports/${report}`}>{shortDay(day)}</AppLink>
              )}
            </th>
          ))}
          <th scope="col" data-align="end">
            Today
          </th>
        </tr>
      </thead>
      <tbody>
        {(['fail', 'cannot_read'] as const).map((state) => (
          <tr key={state}>
            <th scope="row">
              <VerdictMark state={state} />
            </th>
            {standing.history.map((point) => (
              <td key={point.day} data-align="end">
                {point[state]}
              </td>
            ))}
            <td data-align="end">
              <Figure n={standing.counts[state]} state={state} href={`/c/${slug}/controls?state=${state}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "27 Feb" */
const shortDay = (day: string) => dayWords(day).replace(/ \d{4}$/, '');
