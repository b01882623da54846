import { VERDICT_ORDER, type VerdictState } from '../../theme/tokens.ts';
import { Row } from '../../ui/layout.tsx';
import { VerdictMark, VerdictShape } from '../../ui/verdict-mark.tsx';
import classes from './risks.module.css';
import { countsWords, type Risk, STATUS_STATE, STATUS_WORDS, type Status } from './words.ts';

/** Status of a risk: word, symbol and color. `Partly` has no status color, since it is neither good nor bad. */
export function StatusMark({ status }: { status: Status }) {
  const state = STATUS_STATE[status];
  if (state !== null) return <VerdictMark state={state}>{STATUS_WORDS[status]}</VerdictMark>;
  return (
    <span className={classes.partly}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M2.2 8a5.8 5.8 0 0 0 11.6 0Z" fill="currentColor" />
      </svg>
      {STATUS_WORDS[status]}
    </span>
  );
}

/** One layer against a risk: a symbol for each of its controls, worst first, and how many hold. */
export function ScopeCell({ part }: { part: Risk['scopes'][number] }) {
  if (part.state === null) return <span className="muted">No control</span>;
  const counts = Object.fromEntries(
    VERDICT_ORDER.map((state) => [state, part.controls.filter((one) => one.state === state).length]),
  ) as Record<VerdictState, number>;
  return (
    <span className={classes.cell}>
      <Row as="span" gap="2xs" aria-hidden="true">
        {VERDICT_ORDER.flatMap((state) =>
          Array.from({ length: counts[state] }, (_, at) => (
            <VerdictShape key={`${state} ${at}`} state={state} />
          )),
        )}
      </Row>
      <span className="hidden-text">{countsWords(counts)}. </span>
      <span className="muted">{part.of === 0 ? 'None applies' : `${part.hold} of ${part.of} in place`}</span>
    </span>
  );
}
