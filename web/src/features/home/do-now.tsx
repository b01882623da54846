import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './home.module.css';
import { type Home, leadOf, type Task } from './words.ts';

/** Number of tasks shown before all are expanded. */
const FIRST = 5;

/** Tasks in order, each with a link, labeled with a verb, to where it is done. */
export function DoNow({ slug, tasks, all }: { slug: string; tasks: readonly Task[]; all: boolean }) {
  const shown = all ? tasks : tasks.slice(0, FIRST);
  return (
    <Card
      title="Do now"
      flush
      aside={
        <>
          {shown.length} of {tasks.length} {tasks.length === 1 ? 'task' : 'tasks'}
          {tasks.length <= FIRST ? null : (
            <>
              {' · '}
              <AppLink href={all ? `/c/${slug}` : `/c/${slug}?all=do`}>
                {all ? 'First five' : 'All tasks'}
              </AppLink>
            </>
          )}
        </>
      }
    >
      {tasks.length === 0 ? (
        <p className="muted pad">
          Nothing is failing, unread or waiting. New imports will show when that changes.
        </p>
      ) : (
        <ol>
          {shown.map((task, at) => (
            <TaskRow key={task.key} slug={slug} task={task} first={at === 0} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function TaskRow({ slug, task, first }: { slug: string; task: Task; first: boolean }) {
  const lead = leadOf(slug, task);
  const [control, ...others] = task.controls;
  return (
    <li className={classes.task}>
      <span className={classes.mark}>
        <VerdictMark state={task.state} look="icon" />
      </span>
      <div className={classes.words}>
        <h3>{task.title}</h3>
        <p className={classes.detail}>{task.detail}</p>
      </div>
      <p className={classes.when}>
        {task.due === null ? null : (
          <span className={task.late ? 'late' : 'muted'}>
            {task.late ? 'Was due' : 'Due'} {dayWords(task.due)}
          </span>
        )}
        {control === undefined ? null : (
          <span className="mono muted">
            <AppLink href={`/c/${slug}/controls/${control.short}`}>{control.short}</AppLink>
            {others.length === 0 ? '' : ` and ${others.length} more`}
          </span>
        )}
      </p>
      <LinkButton href={lead.href} variant={first ? 'filled' : 'default'} className={classes.verb}>
        {lead.label}
        <span className="hidden-text">: {task.title}</span>
      </LinkButton>
    </li>
  );
}

/**
 * Tasks that are overdue, due within two weeks or waiting for someone, as on the Work page. Those already listed under
 * Do now are counted here but not repeated.
 */
export function DueWork({ slug, work, all }: { slug: string; work: Home['work']; all: boolean }) {
  const { items, inDoNow } = work;
  if (work.now === 0) return null;
  const shown = all ? items : items.slice(0, FIRST);
  return (
    <Card
      title="Due and waiting"
      flush
      aside={
        <>
          {items.length === 0 ? null : `${shown.length} of ${items.length} · `}
          {items.length <= FIRST ? null : (
            <>
              <AppLink href={all ? `/c/${slug}` : `/c/${slug}?all=work`}>
                {all ? 'First five' : 'All'}
              </AppLink>
              {' · '}
            </>
          )}
          <AppLink href={`/c/${slug}/work`}>Work</AppLink>
        </>
      }
      foot={
        inDoNow === 0 ? undefined : (
          <>
            {items.length === 0
              ? `Everything that is due or waiting, ${inDoNow}, is listed under `
              : `${inDoNow} more ${inDoNow === 1 ? 'item that is due or waiting is' : 'items that are due or waiting are'} under `}
            <AppLink href={`/c/${slug}?all=do`}>Do now</AppLink>.
          </>
        )
      }
    >
      <ul>
        {shown.map((item) => (
          <li key={item.key} className={classes.change}>
            <div className={classes.words}>
              <h3>
                <AppLink href={item.href}>{item.title}</AppLink>
              </h3>
              <p className={classes.detail}>{item.why}</p>
            </div>
            <p className={classes.at}>
              {item.due === null ? (
                'No date'
              ) : (
                <span className={item.when === 'overdue' ? 'late' : undefined}>
                  {item.when === 'overdue' ? 'Was due' : 'Due'} {dayWords(item.due)}
                </span>
              )}
              <br />
              {item.owner?.name ?? 'Unassigned'}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
