import type { ReactNode } from 'react';
import { useMedia } from '../measure.ts';
import classes from './charts.module.css';

interface FoldProps {
  readonly title: string;
  /** The main finding, visible even when collapsed. */
  readonly words: string;
  readonly children: ReactNode;
}

/** A collapsible chart above a list. Collapsed initially on a phone, so that the list is visible. */
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
