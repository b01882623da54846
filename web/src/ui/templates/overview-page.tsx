import type { ReactNode } from 'react';
import classes from './page.module.css';
import { Page, type PageProps } from './page.tsx';

interface OverviewPageProps<T> extends Omit<PageProps<T>, 'children'> {
  /** TabLinks or PageLinks. */
  tabs?: ReactNode;
  /** Cards of the wide column: what to do, what changed. */
  main: ReactNode | ((data: T) => ReactNode);
  /** Cards of the narrow column: current status. */
  side?: ReactNode | ((data: T) => ReactNode);
}

/** Title, meta line and cards, each of which answers a question. */
export function OverviewPage<T>({ tabs, main, side, ...page }: OverviewPageProps<T>) {
  const part = (content: ReactNode | ((data: T) => ReactNode), data: T) =>
    typeof content === 'function' ? content(data) : content;
  return (
    <Page {...page}>
      {(data: T) =>
        side === undefined ? (
          <div className={classes.body}>
            <div className={classes.column}>
              {tabs}
              {part(main, data)}
            </div>
          </div>
        ) : (
          <div className={classes.overview}>
            <div className={classes.column}>
              {tabs}
              {part(main, data)}
            </div>
            <div className={classes.column}>{part(side, data)}</div>
          </div>
        )
      }
    </Page>
  );
}
