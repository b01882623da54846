import type { ReactNode } from 'react';
import classes from './planner.module.css';

/** A table that may be wider than its card: it scrolls within, by keyboard too. */
export function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
    <section className={classes.scroll} tabIndex={0} aria-label={`${label}, table`}>
      {children}
    </section>
  );
}
