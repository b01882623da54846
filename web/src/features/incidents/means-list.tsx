import { dayWords } from '../../../../src/domain/text/words.ts';
import type { VerdictState } from '../../theme/tokens.ts';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { Step } from './words.ts';

type Means = NonNullable<Step['means']>[number];

const STATES: Readonly<Record<Means['state'], readonly [VerdictState, string]>> = {
  active: ['pass', 'Active'],
  not_proved: ['cannot_read', 'Set up, not confirmed here'],
  not_active: ['fail', 'Not active'],
  not_licensed: ['not_licensed', 'Not licensed'],
  cannot_read: ['cannot_read', 'Cannot read'],
};

/** Which ways to block are active for the person and device, on what evidence, and how to block with each. */
export function MeansList({ means }: { means: readonly Means[] }) {
  return (
    <section aria-label="Ways to block">
      <h3>What can block it for this person and device</h3>
      <Lines label="Ways to block" head="40%">
        {means.map((one) => (
          <MeansLine key={one.id} means={one} />
        ))}
      </Lines>
    </section>
  );
}

function MeansLine({ means }: { means: Means }) {
  const { title, state, reaches, why, evidence } = means;
  // A control that only sees our own Claude cannot block a personal account, even if it is active.
  const [mark, words] =
    state === 'active' && reaches === 'own'
      ? (['accepted', 'Active, for our own Claude only'] as const)
      : STATES[state];
  return (
    <Line
      head={
        <>
          <h4>{title}</h4>
          {reaches === 'own' ? <p className="muted small">It blocks no personal account.</p> : null}
        </>
      }
    >
      <VerdictMark state={mark}>{words}</VerdictMark>
      {evidence.map((one) => (
        <p key={one.words} className="small wraps">
          {one.words}. {ageWords(one.days)}
        </p>
      ))}
      {why === null ? null : <p className="small wraps">{why}</p>}
      {means.do === null ? null : (
        <p className="small wraps">
          {means.do}{' '}
          {means.where === null ? null : (
            <span className="muted">
              {means.where}
              {means.checked === null ? '' : `, as of ${dayWords(means.checked)}`}
            </span>
          )}
        </p>
      )}
    </Line>
  );
}

const ageWords = (days: number) =>
  days === 0 ? 'Seen today.' : days === 1 ? 'Seen yesterday.' : `Seen ${days} days ago.`;
// Guide: G7.2-10
