import { Card } from '../../ui/card.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './home.module.css';
import type { Home } from './words.ts';

/** Changes shown before all are asked for. */
const FIRST = 6;

/** What is different from the last visit, with what brought it about. */
export function Changed({
  slug,
  changes,
  all,
}: {
  slug: string;
  changes: NonNullable<Home['changes']>;
  all: boolean;
}) {
  const { since, items } = changes;
  const shown = all ? items : items.slice(0, FIRST);
  return (
    <Card
      title="Changed since your last visit"
      flush
      aside={
        since === null ? (
          'First visit'
        ) : (
          <>
            Since <When at={since} inline />
            {items.length <= FIRST ? null : (
              <>
                {' · '}
                <AppLink href={all ? `/c/${slug}` : `/c/${slug}?all=changes`}>
                  {all ? 'First six' : `All ${items.length} changes`}
                </AppLink>
              </>
            )}
          </>
        )
      }
    >
      {items.length === 0 ? (
        <p className={classes.nothing}>
          {since === null
            ? 'This is your first visit. From the next on, what changed in between stands here.'
            : 'No control changed.'}
        </p>
      ) : (
        <ul>
          {shown.map((change) => (
            <li key={change.control.id} className={classes.change}>
              <span className={classes.mark}>
                <VerdictMark state={change.to} look="icon" />
              </span>
              <div className={classes.words}>
                <h3>
                  <span className="mono">{change.control.short}</span>{' '}
                  <AppLink href={`/c/${slug}/controls/${change.control.short}`}>
                    {change.control.title}
                  </AppLink>
                </h3>
                <p className={classes.detail}>{change.words}</p>
                <p className={classes.detail}>
                  {change.cause.words}
                  {change.cause.by === null ? '' : `, by ${change.cause.by}`}
                </p>
              </div>
              <p className={classes.at}>
                <When at={change.at} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
