import { SOURCE_WORDS, SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import { blindFoot, feet } from './blind-foot.tsx';
import classes from './usage.module.css';
import { type Usage, whole } from './words.ts';

const DAY_MS = 86_400_000;

/** Days in the shown range, including the first and the last. */
function daysIn({ from, to }: Usage): number {
  return Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1);
}

/** Where to go for content instead. */
function ContentRoute() {
  const { slug } = useClientHere();
  const may = useMay('incidents.lead');
  return (
    <p>
      No usage page contains what was written.{' '}
      {may ? (
        <AppLink href={`/c/${slug}/incidents?open=yes&type=content_request`}>
          Open an investigation for content
        </AppLink>
      ) : (
        'Someone who leads incidents can open an investigation for content.'
      )}
    </p>
  );
}

/** The sources of the figures, each with the period for which it has reported anything. */
export function SourcesCard({ usage }: { usage: Usage }) {
  const start = Date.parse(usage.log.first ?? '');
  const end = Math.max(Date.parse(usage.log.last ?? ''), start + 1);
  const part = (at: string) => ((Date.parse(at) - start) / (end - start)) * 100;
  return (
    <Card
      title="What these figures are based on"
      aside="First and last event of each source"
      foot={feet(blindFoot(usage, 'content'), <ContentRoute key="route" />)}
    >
      <ul className={classes.sources}>
        {usage.sources.map(({ source, surfaces, events, first, last }) => (
          <li key={source}>
            <div className={classes.sourceHead}>
              <strong>{wordsIn(SOURCE_WORDS, source)}</strong>
              <span className="muted">
                {surfaces.map((surface) => wordsIn(SURFACE_WORDS, surface)).join(', ')}, {whole(events)}{' '}
                events
              </span>
              <span className={classes.span}>
                <When at={first} inline /> to <When at={last} inline />
              </span>
            </div>
            <div className={classes.track} aria-hidden="true">
              <span
                style={{
                  marginInlineStart: `${part(first)}%`,
                  width: `${Math.max(1, part(last) - part(first))}%`,
                }}
              />
            </div>
          </li>
        ))}
      </ul>
      <p className="muted">
        The bars show when each source reported anything, not that nothing is missing in between. A source
        that has sent nothing is not listed.
      </p>
      <CompletenessNote days={daysIn(usage)} />
    </Card>
  );
}
