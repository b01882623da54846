import type { ReactNode } from 'react';
import classes from './page.module.css';
import { Page, type PageProps } from './page.tsx';

interface DetailPageProps<T> extends Omit<PageProps<T>, 'children'> {
  /** The reason in one or two sentences, at reading size, at the top. */
  reason?: (data: T) => ReactNode;
  /** Left: work. */
  work: (data: T) => ReactNode;
  /** Right: evidence, facts. */
  evidence: (data: T) => ReactNode;
}

/** State, title and reason of one thing; what to do about it on the left, what it is based on on the right. */
export function DetailPage<T>({ reason, work, evidence, ...page }: DetailPageProps<T>) {
  return (
    <Page {...page}>
      {(data: T) => (
        <div className={classes.detail}>
          <div className={classes.column}>
            {reason === undefined ? null : <div className="reading wraps">{reason(data)}</div>}
            {work(data)}
          </div>
          <div className={classes.column}>{evidence(data)}</div>
        </div>
      )}
    </Page>
  );
}
