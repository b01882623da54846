import { Button } from '@mantine/core';
import classes from './bulk-bar.module.css';

interface BulkBarProps {
  /** "3 people selected". */
  words: string;
  explain: React.ReactNode;
  onClear: () => void;
  children: React.ReactNode;
}

/** Actions for the selected rows, above the footer of the list. */
export function BulkBar({ words, explain, onClear, children }: BulkBarProps) {
  return (
    <section className={classes.bar} aria-label="Selection">
      <p role="status" className={classes.words}>
        <strong>{words}</strong>
      </p>
      <p className={classes.explain}>{explain}</p>
      <div className={classes.actions}>
        <Button variant="subtle" onClick={onClear} rightSection={<kbd>Esc</kbd>}>
          Clear
        </Button>
        {children}
      </div>
    </section>
  );
}
