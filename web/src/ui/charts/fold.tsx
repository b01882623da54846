import type { ReactNode } from 'react';
import { useMedia } from '../measure.ts';
import classes from './charts.module.css';

interface FoldProps {
  readonly title: string;
  /** What the picture says, in sight also while it is closed. */
  readonly words: string;
  readonly children: ReactNode;
}

/** A picture above a list, which can be closed. On a phone it is closed until it is opened, so that the list is in sight. */
export function Fold({ title, words, children }: FoldProps) {
  const wide = useMedia('(min-width: 700px)');
  return (
    <details className={classes.fold} open={wide}>
      <summary>
        <strong>{title}</strong> <span className="muted">{words}</span>
      </summary>
      <div className={classes.folded}>{children}</div>
    </details>
  );
}
