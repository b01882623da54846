import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import classes from './permission.module.css';
import type { Permission } from './words.ts';

/** Filled disc, half disc, struck square, dash: a permission never has the color of a verdict. */
export function PermissionShape({ state, size = 14 }: { state: Permission | 'none'; size?: number }) {
  return (
    <svg viewBox="0 0 14 14" width={size} height={size} aria-hidden="true" className={classes.shape}>
      {state === 'allow' ? <circle cx="7" cy="7" r="5.5" fill="currentColor" /> : null}
      {state === 'ask' ? (
        <>
          <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M7 2a5 5 0 0 1 0 10Z" fill="currentColor" />
        </>
      ) : null}
      {state === 'blocked' ? (
        <path
          d="M2.2 2.2h9.6v9.6H2.2ZM2.2 2.2l9.6 9.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      ) : null}
      {state === 'none' ? <path d="M4 7h6" stroke="currentColor" strokeWidth="1.4" /> : null}
    </svg>
  );
}

/** A permission as symbol and word. */
export function PermissionMark({ state, quiet }: { state: Permission | 'none'; quiet?: boolean }) {
  return (
    <span className={classes.mark} data-state={state} data-quiet={quiet || undefined}>
      <PermissionShape state={state} />
      {state === 'none' ? 'No such action' : PERMISSION_WORDS[state]}
    </span>
  );
}
