import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './home.module.css';
import { leadOf, type Running, runningHref, type Task } from './words.ts';

/** Tasks shown before all are asked for. */
const FIRST = 5;

/** What to do, in order; each with the one verb that leads to where it is done. */
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
        <p className={classes.nothing}>
          Nothing is failing, unread or waiting. New readings will say when that changes.
        </p>
      ) : (
        <ol>
          {shown.map((task, at) => (
            <TaskRow
              key={`${task.kind} ${task.subject ?? task.title} ${task.controls[0]?.id}`}
              slug={slug}
              task={task}
              first={at === 0}
            />
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

const DAY_WORDS: Readonly<Record<Running['what'], string>> = {
  exception_waits: 'Asked until',
  exception_ends: 'Ends',
  attestation_ends: 'Counts until',
  import_draft: 'Begun',
};

/** What waits for somebody or runs out within two weeks. */
export function RunningOut({ slug, items }: { slug: string; items: readonly Running[] }) {
  if (items.length === 0) return null;
  return (
    <Card title="Waiting and running out" flush aside="Within 14 days">
      <ul>
        {items.map((item) => (
          <li key={`${item.what} ${item.subject} ${item.control?.id}`} className={classes.change}>
            <div className={classes.words}>
              <h3>
                <AppLink href={runningHref(slug, item)}>{item.title}</AppLink>
              </h3>
              <p className={classes.detail}>{item.detail}</p>
            </div>
            <p className={classes.at}>
              {DAY_WORDS[item.what]} {dayWords(item.day)}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
