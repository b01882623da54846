import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './copy-text.module.css';
import { Row } from './layout.tsx';

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
  readonly mono?: boolean;
  /** What to fill in by hand. */
  readonly children?: ReactNode;
}

/**
 * Text to copy, with a copy button. A value that only shows its beginning cannot be copied, because pasting it would
 * be wrong.
 */
export function CopyText({ label, text, mono = false, children }: CopyTextProps) {
  return (
    <div className={classes.root}>
      <Row justify="between">
        <h3>{label}</h3>
        {text.includes('…') ? null : <CopyButton size="xs" value={text} name={label} />}
      </Row>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1). */}
      <section tabIndex={0} aria-label={label} data-mono={mono || undefined}>
        <pre>{text}</pre>
      </section>
      {children === undefined || children === null ? null : <p className="muted">{children}</p>}
    </div>
  );
}
