import { Button } from '@mantine/core';
import { type ExplainedError, explainError } from './explain-error.ts';
import { Icon } from './icon.tsx';
import classes from './states.module.css';
import type { Load } from './templates/load.ts';
import { ownZone, timeWords } from './time.ts';
import { VerdictShape } from './verdict-mark.tsx';

interface EmptyStateProps {
  /** "No exceptions." */
  title: string;
  /** What this is, why it is empty, what to do first. */
  children: React.ReactNode;
  action?: React.ReactNode;
  /** It is the whole page, so its title is the page's heading. */
  whole?: boolean;
}

/** A list without entries. */
export function EmptyState({ title, children, action, whole }: EmptyStateProps) {
  return (
    <section className={classes.empty}>
      {whole ? <h1 tabIndex={-1}>{title}</h1> : <h2>{title}</h2>}
      <p>{children}</p>
      {action === undefined ? null : <div>{action}</div>}
    </section>
  );
}

interface ErrorStateProps {
  /** What failed: "The controls could not be loaded." */
  what: string;
  /** What remains true: "Nothing was changed." */
  still?: string;
  error: unknown;
  /** Explains the error; default: for calls. */
  explain?: (error: unknown) => ExplainedError;
  onRetry?: () => void;
  /** When it failed, in milliseconds, so that a repeated failure is visible after a retry. */
  at?: number | undefined;
  /** It is the whole page, so its title is the page's heading. */
  whole?: boolean;
}

/** Replaces content that failed to load: what failed, what remains true, Retry, code. */
export function ErrorState({
  what,
  still,
  error,
  explain = explainError,
  onRetry,
  at = 0,
  whole,
}: ErrorStateProps) {
  const { text, code } = explain(error);
  return (
    <section className={classes.error} role="alert">
      <VerdictShape state="cannot_read" size={20} />
      <div>
        {whole ? <h1 tabIndex={-1}>{what}</h1> : <h2>{what}</h2>}
        <p>
          {text} {still}
        </p>
        <p className={classes.foot}>
          {onRetry === undefined ? null : (
            <Button size="xs" leftSection={<Icon name="reload" size={14} />} onClick={onRetry}>
              Retry
            </Button>
          )}
          <code>{code}</code>
          {at === 0 ? null : <span>Tried at {timeWords(ownZone(), new Date(at))}</span>}
        </p>
      </div>
    </section>
  );
}

interface NoticeProps {
  /** A verdict's icon for a warning; an "i" otherwise. */
  mark?: 'info' | 'cannot_read' | 'fail' | 'pending';
  children: React.ReactNode;
  action?: React.ReactNode;
}

/** Information beside the work, on gray. */
export function Notice({ mark = 'info', children, action }: NoticeProps) {
  return (
    <div className={classes.notice} role="note">
      {mark === 'info' ? <Icon name="info" /> : <VerdictShape state={mark} />}
      <div>{children}</div>
      {action}
    </div>
  );
}

interface LoadFailedProps extends Pick<ErrorStateProps, 'what' | 'still'> {
  /** The result of a `useQuery`. */
  load: Pick<Load<unknown>, 'data' | 'error' | 'refetch' | 'errorUpdatedAt'>;
}

/** Shows that something could not be loaded or refreshed; empty if all is well. */
export function LoadFailed({ load, ...words }: LoadFailedProps) {
  const { data, error, errorUpdatedAt: at } = load;
  if (error === null || error === undefined) return null;
  if (data === undefined)
    return <ErrorState {...words} error={error} at={at} onRetry={() => void load.refetch()} />;
  return <Notice mark="cannot_read">This is what was last loaded. {explainError(error).text}</Notice>;
}
