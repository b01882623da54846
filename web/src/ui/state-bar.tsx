import { VERDICT_ORDER, type VerdictState, verdictWord } from '../theme/tokens.ts';
import classes from './state-bar.module.css';
import { VerdictShape } from './verdict-mark.tsx';

export type StateCounts = Readonly<Partial<Record<VerdictState, number>>>;

interface StateBarProps {
  counts: StateCounts;
  /** `bar` only if the counts are in the same row; `legend` shows every count below it. */
  look?: 'bar' | 'legend';
  /** Makes each count of the legend a link to its list. */
  link?: (state: VerdictState, content: React.ReactNode) => React.ReactNode;
}

/**
 * A stacked bar of all states in their fixed order. The counts are always available as text, visible or for screen
 * readers.
 */
export function StateBar({ counts, look = 'bar', link }: StateBarProps) {
  const present = VERDICT_ORDER.filter((state) => (counts[state] ?? 0) > 0);
  const spoken = present.map((state) => `${verdictWord(state)} ${counts[state]}`).join(', ');
  return (
    <div className={classes.root} data-look={look}>
      <div className={classes.bar} aria-hidden="true">
        {present.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: counts[state] ?? 0 }} />
        ))}
      </div>
      {look === 'bar' ? (
        <span className="hidden-text">{spoken === '' ? 'Nothing decided' : spoken}</span>
      ) : (
        <ul className={classes.legend}>
          {VERDICT_ORDER.map((state) => {
            const content = (
              <>
                <VerdictShape state={state} />
                <span className={classes.word}>{verdictWord(state)}</span>
                <strong data-zero={(counts[state] ?? 0) === 0 || undefined}>{counts[state] ?? 0}</strong>
              </>
            );
            return <li key={state}>{link === undefined ? <span>{content}</span> : link(state, content)}</li>;
          })}
        </ul>
      )}
    </div>
  );
}
