import { Button } from '@mantine/core';
import { Row } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';
import { Lock } from './task-list.tsx';
import type { Deployment, Task } from './words.ts';

interface LockCardProps {
  readonly slug: string;
  readonly deployment: Deployment;
  readonly task: Task;
  readonly onOverride: () => void;
}

/** What a task waits for, check by check, why, and how two people can start it anyway. */
export function LockCard({ slug, deployment, task, onOverride }: LockCardProps) {
  const open = task.after.filter((before) => before.open);
  const checks = task.locked?.checks ?? [];
  const asked = task.overrides.some(({ state }) => state === 'requested');
  return (
    <section className={classes.wait} aria-labelledby="locked">
      <Lock />
      <div>
        <h2 id="locked">This task waits for {open.length === 1 ? 'another' : `${open.length} others`}</h2>
        {task.waits === null ? null : <p>{task.waits}</p>}
        <ul className={classes.before}>
          {open.map((before) => (
            <li key={before.id}>
              <AppLink href={`/c/${slug}/deployment/${before.id}`}>
                Task {before.number}, {before.title}
              </AppLink>
              <ul>
                {checks
                  .filter((check) => check.task === before.id)
                  .map((check) => (
                    <li key={check.control}>
                      <VerdictMark state={check.state} look="icon" /> {check.title}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
        <p>Once {checks.length === 1 ? 'it holds' : 'all of these hold'}, the task unlocks automatically.</p>
        {deployment.may.work && !asked ? (
          <Row gap="md">
            <Button onClick={onOverride}>Override…</Button>
            <span className="muted">
              Needs a reason and a second person, and stays on the record permanently.
            </span>
          </Row>
        ) : null}
      </div>
    </section>
  );
}
