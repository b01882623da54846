import type { CSSProperties, ReactNode } from 'react';
import { dayWords } from '../../../src/domain/text/words.ts';
import { Stack } from './layout.tsx';
import classes from './lines.module.css';

interface LinesProps {
  label: string;
  /** Width of the first column. */
  head?: string;
  /** `ol`: the order matters. */
  as?: 'ul' | 'ol';
  children: ReactNode;
}

/** Rows of a card that extend to its edges: a name, and its status beside it. Contains `Line`. */
export function Lines({ label, head = '17rem', as: List = 'ul', children }: LinesProps) {
  return (
    <List aria-label={label} className={classes.lines} style={{ '--head': head } as CSSProperties}>
      {children}
    </List>
  );
}

/** `head`: title and what belongs to it. On a narrow window it is above the rest. */
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
  /** The visible part when collapsed. */
  beside?: ReactNode;
  /** The last part of a card's row: full width, with its own background. */
  flush?: boolean;
  /** Initially. */
  open?: boolean;
  children: ReactNode;
}

/** Details that few need: expanded by its summary. */
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

/** Sources: pages of a vendor or of the guide, each with the day on which it was read. */
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
