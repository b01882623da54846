import { GATE_WORDS, RESULT_WORDS } from '../../../../src/domain/connectors/access/words.ts';
import type { client } from '../../api.ts';
import classes from './access.module.css';

export type Access = Awaited<ReturnType<typeof client.connectors.access>>;
export type Person = NonNullable<Access['person']>;
export type ConnectorAccess = Person['connectors'][number];
export type ActionAccess = ConnectorAccess['actions'][number];
export type Gate = Person['seat'];
type Shape = 'full' | 'half' | 'shut' | 'unsure' | 'own';

const GATE_SHAPES: Readonly<Record<Gate['state'], Shape>> = {
  open: 'full',
  asks: 'half',
  closed: 'shut',
  unknown: 'unsure',
  own: 'own',
  account: 'own',
};
const RESULT_SHAPES: Readonly<Record<ActionAccess['result'], Shape>> = {
  allow: 'full',
  ask: 'half',
  cannot: 'shut',
  unknown: 'unsure',
};

/**
 * The symbols of permissions, and two more: a question mark for what cannot be determined, a person for whose
 * permissions apply.
 */
function AccessShape({ shape }: { shape: Shape }) {
  return (
    <svg viewBox="0 0 14 14" width={14} height={14} aria-hidden="true" className={classes.shape}>
      {shape === 'full' ? <circle cx="7" cy="7" r="5.5" fill="currentColor" /> : null}
      {shape === 'half' ? (
        <>
          <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M7 2a5 5 0 0 1 0 10Z" fill="currentColor" />
        </>
      ) : null}
      {shape === 'shut' ? (
        <path
          d="M2.2 2.2h9.6v9.6H2.2ZM2.2 2.2l9.6 9.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      ) : null}
      {shape === 'unsure' ? (
        <path
          d="M4.4 4.6a2.6 2.6 0 1 1 3.9 2.2c-.9.5-1.3 1-1.3 1.9M7 11.2v.2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      ) : null}
      {shape === 'own' ? (
        <path
          d="M7 6.6a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM2.4 12.4a3.4 3.4 0 0 1 3.4-3.4h2.4a3.4 3.4 0 0 1 3.4 3.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinecap="round"
        />
      ) : null}
    </svg>
  );
}

/** State of a gate, as symbol and word; not in a status color, since it is no verdict. */
export function GateMark({ state }: { state: Gate['state'] }) {
  return (
    <span className={classes.mark} data-state={state}>
      <AccessShape shape={GATE_SHAPES[state]} />
      {GATE_WORDS[state]}
    </span>
  );
}

export function ResultMark({ result }: { result: ActionAccess['result'] }) {
  return (
    <span className={classes.mark} data-result={result}>
      <AccessShape shape={RESULT_SHAPES[result]} />
      {RESULT_WORDS[result]}
    </span>
  );
}
