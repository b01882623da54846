import type { CSSProperties, ReactNode } from 'react';
import { dayWords } from '../../../src/domain/text/words.ts';
import { Stack } from './layout.tsx';
import classes from './lines.module.css';

interface LinesProps {
  label: string;
  /** Width of the first column. */
  head?: string;
  /** `ol`: their order matters. */
  as?: 'ul' | 'ol';
  children: ReactNode;
}

/** Rows of a card that reach its edges: what something is, and beside it how that stands. Of `Line`. */
export function Lines({ label, head = '17rem', as: List = 'ul', children }: LinesProps) {
  return (
    <List aria-label={label} className={classes.lines} style={{ '--head': head } as CSSProperties}>
      {children}
    </List>
  );
}

/** `head`: title, and what belongs to it. Where there is little room, it is above the rest. */
export function Line({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <li>
      <Stack gap="xs">{head}</Stack>
      <Stack gap="xs">{children}</Stack>
    </li>
  );
}

interface FoldProps {
  summary: ReactNode;
  /** What one reads without opening it. */
  beside?: ReactNode;
  /** The last part of a row of a card: as wide as the card, on its own ground. */
  flush?: boolean;
  /** At first. */
  open?: boolean;
  children: ReactNode;
}

/** What few want to read: opened by its summary. */
export function Fold({ summary, beside, flush = false, open, children }: FoldProps) {
  return (
    <details className={flush ? `${classes.fold} ${classes.flush}` : classes.fold} open={open}>
      <summary>
        {summary}
        {beside === undefined ? null : <span className={classes.beside}>{beside}</span>}
      </summary>
      <Stack gap="xs">{children}</Stack>
    </details>
  );
}

interface Source {
  readonly title: string;
  readonly url: string;
  /** Day on which it was read. */
  readonly read: string;
}

/** Pages of a vendor or of the guide that something is based on, each with the day on which it was read. */
export function SourceLinks({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <span className={classes.sources}>
      {sources.map(({ title, url, read }) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          {title}, {dayWords(read)}
        </a>
      ))}
    </span>
  );
}
