import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './planner.module.css';
import type { Cover } from './words.ts';

const SHAPES = {
  covers: <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  partly: (
    <>
      <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M2.2 8a5.8 5.8 0 0 0 11.6 0Z" fill="currentColor" />
    </>
  ),
  unknown: (
    <>
      <circle
        cx="8"
        cy="8"
        r="5.8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeDasharray="2 2"
      />
      <path
        d="M6.5 6.6a1.5 1.5 0 1 1 2.2 1.4c-.5.3-.7.5-.7 1M8 11v.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
    </>
  ),
} as const;

/** How a risk would be covered. A forecast, so it has no status color, except for the mark of `policy_only`. */
export function CoverMark({ cover }: { cover: Pick<Cover, 'coverage' | 'word'> }) {
  if (cover.coverage === 'policy_only') return <VerdictMark state="policy_only">{cover.word}</VerdictMark>;
  return (
    <span className={classes.cover}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {SHAPES[cover.coverage]}
      </svg>
      {cover.word}
    </span>
  );
}
