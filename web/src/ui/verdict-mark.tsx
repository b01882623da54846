import { type VerdictState, verdictWord } from '../theme/tokens.ts';
import classes from './verdict-mark.module.css';

/** A symbol for each state, distinguishable without color. 16 px; inner marks are cut out in the background color. */
const SHAPES: Record<VerdictState, React.ReactNode> = {
  fail: (
    <>
      <path fill="currentColor" d="M5.2 1.5h5.6L14.5 5.2v5.6l-3.7 3.7H5.2L1.5 10.8V5.2Z" />
      <path className={classes.cut} d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </>
  ),
  cannot_read: (
    <>
      <path fill="currentColor" d="M7.1 1.9a1 1 0 0 1 1.8 0l6 11a1 1 0 0 1-.9 1.5H2a1 1 0 0 1-.9-1.5Z" />
      <path className={classes.cut} d="M6.5 7.3a1.5 1.5 0 1 1 2.2 1.4c-.5.3-.7.5-.7 1" />
      <circle className={classes.dot} cx="8" cy="12" r=".95" />
    </>
  ),
  pending: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path fill="currentColor" d="M8 3.7a4.3 4.3 0 0 1 0 8.6Z" />
    </>
  ),
  accepted: (
    <>
      <path fill="currentColor" d="M3.5 2.5a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v12L8 11.7l-4.5 2.8Z" />
      <path className={classes.cut} d="m5.7 6.5 1.7 1.7 3-3.3" />
    </>
  ),
  policy_only: (
    <>
      <path fill="currentColor" d="M3 2.5a1 1 0 0 1 1-1h5.2L13 5.3v8.2a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1Z" />
      <path className={classes.cut} d="M9.2 1.8v3.5h3.5M5.5 8.5h5M5.5 11h5" />
    </>
  ),
  not_licensed: (
    <>
      <rect x="2.5" y="6.7" width="11" height="7.8" rx="1.2" fill="currentColor" />
      <path fill="none" stroke="currentColor" strokeWidth="1.6" d="M5 7V4.7a3 3 0 0 1 6 0V7" />
      <path className={classes.cut} d="M8 9.7v1.8" />
    </>
  ),
  not_applicable: (
    <path
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      d="M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM5.2 8h5.6"
    />
  ),
  pass: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path className={classes.cut} d="m5.2 8.3 2 2 3.7-4.2" />
    </>
  ),
};

/** The symbol alone, for places where the word is already beside it. Hidden from screen readers. */
export function VerdictShape({ state, size = 16 }: { state: VerdictState; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={classes.shape}
      data-state={state}
    >
      {SHAPES[state]}
    </svg>
  );
}

interface VerdictMarkProps {
  state: VerdictState;
  /** `plain` for rows, `badge` with a tinted background for titles, `icon` with the word for screen readers only. */
  look?: 'plain' | 'badge' | 'icon';
  /** Replaces the word with something more specific, for example "Seat kept 43 days". */
  children?: React.ReactNode;
}

/** A verdict: symbol, word and color together. */
export function VerdictMark({ state, look = 'plain', children }: VerdictMarkProps) {
  return (
    <span className={classes.mark} data-state={state} data-look={look}>
      <VerdictShape state={state} />
      <span className={look === 'icon' ? 'hidden-text' : undefined}>{children ?? verdictWord(state)}</span>
    </span>
  );
}
