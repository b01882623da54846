import type { ReactNode } from 'react';
import classes from './charts.module.css';

interface FoldProps {
  readonly title: string;
  /** What the picture says, in sight also while it is closed. */
  readonly words: string;
  readonly children: ReactNode;
}

/** A picture above a list, which can be closed. */
export function Fold({ title, words, children }: FoldProps) {
  return (
    <details className={classes.fold} open>
      <summary>
        <strong>{title}</strong> <span className="muted">{words}</span>
      </summary>
      <div className={classes.folded}>{children}</div>
    </details>
  );
}
