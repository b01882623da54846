import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './home.module.css';
import type { Home } from './words.ts';

/** Number of changes shown before all are expanded. */
const FIRST = 6;

/** What has changed since the last visit, with the causes. */
export function Changed({
  slug,
  changes,
  all,
}: {
  slug: string;
  changes: NonNullable<Home['changes']>;
  all: boolean;
}) {
  const { since, items, catalogue } = changes;
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
      {catalogue.map((one) => (
        <CatalogueChange key={one.revision} slug={slug} change={one} />
      ))}
      {items.length === 0 ? (
        <p className="muted pad">
          {since === null
            ? 'This is your first visit. Next time, what has changed since then appears here.'
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

/** A catalogue revision that affects the client, and which of its entries do. */
function CatalogueChange({
  slug,
  change,
}: {
  slug: string;
  change: NonNullable<Home['changes']>['catalogue'][number];
}) {
  const named = change.items.map(({ kindName, title }) => `${kindName.toLowerCase()} “${title}”`);
  const more = change.total - named.length;
  return (
    <div className={classes.change}>
      <span className={classes.mark}>
        <Icon name="catalogue" />
      </span>
      <div className={classes.words}>
        <h3>
          <AppLink href={`/catalogue/revisions/${change.revision}?client=${slug}`}>
            {change.guide === null ? 'The catalogue changed' : `A new revision of the guide: ${change.guide}`}
          </AppLink>
        </h3>
        <p className={classes.detail}>
          {change.total} {change.total === 1 ? 'entry touches' : 'entries touch'} this client:{' '}
          {named.join(', ')}
          {more > 0 ? ` and ${more} more` : ''}.
        </p>
      </div>
      <p className={classes.at}>
        <When at={change.at} />
      </p>
    </div>
  );
}
