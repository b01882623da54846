import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './risks.module.css';
import { type Risk, STANDING_STATE, STANDING_WORDS, type Standing } from './words.ts';

/** Where a risk stands: word, shape and color. In part is ink: it is neither good nor bad. */
export function StandingMark({ standing }: { standing: Standing }) {
  const state = STANDING_STATE[standing];
  if (state !== null) return <VerdictMark state={state}>{STANDING_WORDS[standing]}</VerdictMark>;
  return (
    <span className={classes.partly}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M2.2 8a5.8 5.8 0 0 0 11.6 0Z" fill="currentColor" />
      </svg>
      {STANDING_WORDS[standing]}
    </span>
  );
}

/** What the controls of one scope say: the worst of them, and how many hold. */
export function ScopeCell({ part }: { part: Risk['scopes'][number] }) {
  if (part.state === null) return <span className="muted">No control</span>;
  return (
    <span className={classes.cell}>
      <VerdictMark state={part.state} />
      {part.of === 0 ? null : (
        <span className="muted">
          {part.hold} of {part.of} hold
        </span>
      )}
    </span>
  );
}
