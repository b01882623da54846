import type { VerdictState } from '../theme/tokens.ts';
import classes from './timeline.module.css';
import { VerdictMark } from './verdict-mark.tsx';
import { When } from './when.tsx';

export interface TimelineItem {
  readonly id: string;
  /** State after the event; null: it did not change the state. */
  readonly state: VerdictState | null;
  readonly title: React.ReactNode;
  readonly detail?: React.ReactNode;
  /** RFC 3339 instant. */
  readonly at: string;
  readonly by?: string | null;
  /** At the right of the footer: a Hash or a link. */
  readonly aside?: React.ReactNode;
}

/** A list of events, newest first. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol className={classes.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>
          <span className={classes.mark}>
            {item.state === null ? (
              <span className={classes.dot} />
            ) : (
              <VerdictMark state={item.state} look="icon" />
            )}
          </span>
          <div>
            <p className={classes.title}>{item.title}</p>
            {item.detail === undefined ? null : <p className={classes.detail}>{item.detail}</p>}
            <p className={classes.foot}>
              <span>
                <When at={item.at} />
                {item.by === undefined || item.by === null ? null : ` · ${item.by}`}
              </span>
              {item.aside}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
