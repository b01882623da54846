import { checkedWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { today } from '../../ui/time.ts';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';
import type { Task } from './words.ts';

/** Where a task is done, in which role, and how to get there for the first time. */
export function WhereCard({ task }: { task: Task }) {
  return (
    <Card title={task.at.length === 1 ? 'Where' : 'Where, in this order'} flush>
      <ol className={classes.places}>
        {task.at.map((place) => (
          <li key={place.title}>
            <h3>
              <PlaceName place={place} />
            </h3>
            <p className="muted">As {place.as}</p>
            <p>{place.open}</p>
            {place.checked === null ? null : (
              <p className="muted">
                Menu path {checkedWords(place.checked, today())}
                {place.source === null ? null : (
                  <>
                    {' · '}
                    <a href={place.source} target="_blank" rel="noreferrer">
                      {new URL(place.source).host}
                    </a>
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function PlaceName({ place }: { place: Task['at'][number] }) {
  if (place.href === null) return place.title;
  if (place.here) return <AppLink href={place.href}>{place.title}</AppLink>;
  return (
    <a href={place.href} target="_blank" rel="noreferrer">
      {place.title}
      <span className="paper-only"> ({place.href})</span>
    </a>
  );
}

/** What the result looks like when it worked, and what to do otherwise. */
export function ResultCard({ task }: { task: Task }) {
  return (
    <Card title="How to tell whether it worked">
      <p className={classes.result}>{task.result}</p>
      <h3 className={classes.otherwise}>If you see something else</h3>
      <dl className={classes.cases}>
        {task.otherwise.map((one) => (
          <div key={one.when}>
            <dt>{one.when}</dt>
            <dd>{one.do}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
