import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { useKey } from '../../ui/keys.ts';
import { When } from '../../ui/when.tsx';
import classes from './task-list.module.css';
import { type Deployment, lineOf, summary, type Task } from './words.ts';

interface TaskListProps {
  readonly deployment: Deployment;
  readonly slug: string;
  /** Id of the open task; undefined: none. */
  readonly chosen: string | undefined;
  /**
   * The list is shown beside a task: `printed`: also on paper, before the task; `screen`: not on paper. null: it is the
   * page, which has its title.
   */
  readonly beside?: 'printed' | 'screen' | null;
}

/** All tasks by phase. Arrow keys, J and K move between them; Enter opens one. */
export function TaskList({ deployment, slug, chosen, beside = null }: TaskListProps) {
  const root = useRef<HTMLElement>(null);
  const move = useMoves(root);
  useEffect(() => {
    // The list scrolls separately beside a long task. Keep the open task in view without scrolling the page.
    const row = chosen === undefined ? null : root.current?.querySelector<HTMLElement>('[aria-current]');
    const list = root.current;
    if (!row || !list || list.scrollHeight <= list.clientHeight) return;
    const [place, frame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (place.top < frame.top || place.bottom > frame.bottom)
      list.scrollTop += place.top - frame.top - frame.height / 3;
  }, [chosen]);
  const Phase = beside ? 'h3' : 'h2';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <section
      ref={root}
      className={beside === 'screen' ? `${classes.list} screen-only` : classes.list}
      data-beside={beside ?? undefined}
      aria-label="Tasks"
    >
      {beside ? (
        <header className={classes.head}>
          <h2 className={classes.title}>{deployment.title}</h2>
          <p className={classes.summary}>{summary(deployment)}</p>
        </header>
      ) : null}
      <Progress deployment={deployment} />
      <Holder deployment={deployment} />
      {deployment.phases.map((phase) => (
        <div key={phase.id}>
          <Phase className={classes.phase} id={`phase-${phase.id}`}>
            {phase.title}
          </Phase>
          <ol aria-labelledby={`phase-${phase.id}`} onKeyDown={onKeyDown}>
            {deployment.tasks
              .filter((task) => task.phase === phase.id)
              .map((task) => (
                <li key={task.id}>
                  <Link
                    to={`/c/${slug}/deployment/${task.id}` as '/'}
                    className={classes.task}
                    data-state={task.state}
                    resetScroll={beside === null}
                    aria-current={task.id === chosen ? 'page' : undefined}
                  >
                    <Mark task={task} next={task.id === deployment.next} />
                    <span className={classes.words}>
                      <span className={classes.name}>{task.title}</span>
                      <span className="muted small">{lineOf(task)}</span>
                    </span>
                    {isMarked(task) ? <span className="muted small">{task.number}</span> : null}
                  </Link>
                </li>
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

/** Moves the focus to the link before or after the focused one, or else the open one. */
function useMoves(root: React.RefObject<HTMLElement | null>): (step: 1 | -1) => void {
  const move = (step: 1 | -1) => {
    const links = [...(root.current?.querySelectorAll<HTMLElement>('a[href]') ?? [])];
    const focused = links.indexOf(document.activeElement as HTMLElement);
    const from = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute('aria-current'));
    links[from + step]?.focus();
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  return move;
}

/** One segment per task that is needed. Hidden from screen readers, since the text above it has the count. */
function Progress({ deployment }: { deployment: Deployment }) {
  return (
    <div className={classes.progress} aria-hidden="true">
      {deployment.tasks
        .filter(({ state }) => state !== 'not_needed')
        .map((task) => (
          <span
            key={task.id}
            data-state={task.state === 'proved' ? 'proved' : task.id === deployment.next ? 'next' : undefined}
          />
        ))}
    </div>
  );
}

function Holder({ deployment: { holder, name } }: { deployment: Deployment }) {
  if (holder === null) return null;
  return (
    <p className={classes.holder}>
      With <strong>{holder.person}</strong> ({holder.side === 'msp' ? 'MSP' : name}) since{' '}
      <When at={holder.at} inline />
      {holder.note === null ? null : <span className="line">{holder.note}</span>}
    </p>
  );
}

/** Whether a symbol replaces the number. */
const isMarked = ({ state }: Task) => state === 'proved' || state === 'locked' || state === 'not_needed';

/** A symbol if the task is proved, locked or not needed, or else its number. The line below the title has the words. */
function Mark({ task, next }: { task: Task; next: boolean }) {
  return (
    <span
      className={classes.mark}
      data-state={task.state}
      data-next={next || undefined}
      aria-hidden={isMarked(task)}
    >
      {task.state === 'proved' ? (
        <Icon name="tick" size={13} />
      ) : task.state === 'locked' ? (
        <Lock size={12} />
      ) : task.state === 'not_needed' ? (
        <Icon name="minus" size={12} />
      ) : (
        task.number
      )}
    </span>
  );
}

/** A padlock, not in a status color: being locked is no verdict. */
export function Lock({ size = 16 }: { size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path
        d="M3.5 7h9v6.7h-9ZM5.3 7V4.8a2.7 2.7 0 0 1 5.4 0V7M8 9.6v1.6"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
