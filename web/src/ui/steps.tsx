import { Icon } from './icon.tsx';
import classes from './steps.module.css';

/** Progress in a form of several steps. `current` counts from 0; completed steps have a check mark. */
export function Steps({ steps, current }: { steps: readonly string[]; current: number }) {
  return (
    <ol className={classes.list} aria-label="Steps">
      {steps.map((step, at) => {
        const state = at < current ? 'done' : at === current ? 'current' : 'ahead';
        return (
          <li key={step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span className={classes.mark} aria-hidden="true">
              {state === 'done' ? <Icon name="tick" size={12} /> : at + 1}
            </span>
            {step}
            {state === 'done' ? <span className="hidden-text"> done</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
