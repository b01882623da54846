import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Fold } from '../../ui/lines.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './next-step.module.css';
import { leadOf } from './words.ts';

type Coverage = Awaited<ReturnType<typeof client.home.coverage>>;
type Step = Coverage['steps'][number];

/**
 * How much of what applies can be read today, and the one file or answer that makes most of the rest readable. `first`: it
 * is what the page asks for · `link`: the page has buttons that lead on, so it is a link among words.
 */
export function NextStep({ slug, lead = 'second' }: { slug: string; lead?: 'first' | 'second' | 'link' }) {
  const may = useMay('controls.read');
  const load = useQuery({ ...api.home.coverage.queryOptions({ input: { client: slug } }), enabled: may });
  if (load.data === undefined || load.data.applicable === 0) return null;
  const { applicable, readable, steps, closed } = load.data;
  const [next, ...rest] = steps;
  return (
    <Card
      title={`${percent(readable, applicable)} of what applies can be read`}
      aside={`${readable} of ${count(applicable, 'control')}`}
      flush
    >
      <div className={classes.next}>
        <progress max={applicable} value={readable} aria-label="Controls that can be read" />
        {next === undefined ? (
          <p>
            {closed.length === 0
              ? 'Every control that applies can be read.'
              : `No file or answer would make the other ${count(closed.length, 'control')} readable.`}
          </p>
        ) : (
          <>
            <div className={classes.words}>
              <h3>
                {lead === 'link' ? <AppLink href={hrefOf(slug, next)}>{next.title}</AppLink> : next.title}
              </h3>
              <p className="muted">
                Up to {count(next.unlocks, 'control')}:{' '}
                {percent(Math.min(applicable, readable + next.unlocks), applicable)} could be read.
                {next.what === null || next.kind !== null ? '' : ` ${next.what}`}
              </p>
            </div>
            {lead === 'link' ? null : (
              <LinkButton href={hrefOf(slug, next)} variant={lead === 'first' ? 'filled' : 'default'}>
                {leadOf(slug, next).label}
                <span className="hidden-text">: {next.title}</span>
              </LinkButton>
            )}
          </>
        )}
      </div>
      {next === undefined ? null : (
        <div className={classes.all}>
          <Fold summary={`What the other ${count(applicable - readable, 'control')} need`}>
            <ul>
              {[next, ...rest].map((step) => (
                <li key={step.key}>
                  <AppLink href={hrefOf(slug, step)}>{step.title}</AppLink>
                  <span className="second">
                    {count(step.controls.length, 'control')}:{' '}
                    <Controls slug={slug} controls={step.controls} />
                  </span>
                </li>
              ))}
              {closed.length === 0 ? null : (
                <li>
                  Nothing would make these readable
                  <span className="second">
                    <Controls slug={slug} controls={closed} />
                  </span>
                </li>
              )}
            </ul>
          </Fold>
        </div>
      )}
    </Card>
  );
}

function Controls({ slug, controls }: { slug: string; controls: Step['controls'] }) {
  return (
    <>
      {controls.map(({ id, short, title }, at) => (
        <span key={id} title={title}>
          {at === 0 ? '' : ', '}
          <AppLink href={`/c/${slug}/controls/${short}`}>{short}</AppLink>
        </span>
      ))}
    </>
  );
}

/** For a file, links to where it is exported and uploaded. */
function hrefOf(slug: string, step: Step): string {
  return step.kind === null ? leadOf(slug, step).href : `/c/${slug}/imports?kind=${step.kind}`;
}

/** Percentage that is 100 only if all are included and 0 only if none is. */
function percent(part: number, whole: number): string {
  return `${part === 0 ? 0 : Math.max(1, Math.floor((100 * part) / whole))}%`;
}
