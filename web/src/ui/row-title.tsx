import { Breakable } from './breakable.tsx';
import classes from './row-title.module.css';

interface RowTitleProps {
  /** Short id before it: "ACC-07". */
  code?: string;
  /** The link itself, a router `Link`. */
  children: React.ReactNode;
  /** Second line. */
  detail?: React.ReactNode;
}

/** First cell of a list: the link with the name, its id before and a line of detail below. */
export function RowTitle({ code, children, detail }: RowTitleProps) {
  return (
    <span className={classes.root} data-coded={code !== undefined || undefined}>
      {code === undefined ? null : <code className={classes.code}>{code}</code>}
      <span className={classes.text}>
        <span className={classes.title}>{children}</span>
        {detail === undefined || detail === null ? null : (
          <span className={classes.detail}>
            {typeof detail === 'string' ? <Breakable text={detail} /> : detail}
          </span>
        )}
      </span>
    </span>
  );
}
