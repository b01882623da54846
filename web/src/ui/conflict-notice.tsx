import { Button } from '@mantine/core';
import { useState } from 'react';
import classes from './conflict-notice.module.css';
import { type Change, Diff } from './diff.tsx';
import { When } from './when.tsx';

interface ConflictNoticeProps {
  /** Who made the conflicting change; null: not known. */
  by: string | null;
  at: string | null;
  /** `before` is their current version, `after` this person's. */
  changes: readonly Change[];
  /** Overwrites it with this person's version. */
  onKeepMine: () => void;
  /** Discards this person's version and shows theirs. */
  onTakeTheirs: () => void;
}

/** Someone else saved the same thing first. Nothing is overwritten until the person has decided. */
export function ConflictNotice({ by, at, changes, onKeepMine, onTakeTheirs }: ConflictNoticeProps) {
  const [both, setBoth] = useState(false);
  return (
    <section className={classes.root} role="alert">
      <p>
        <strong>
          {by ?? 'Someone'} changed this {at === null ? 'meanwhile' : <When at={at} inline />}.
        </strong>{' '}
        Your changes are not saved yet, but nothing is lost.
      </p>
      {both ? (
        <Diff label="Their version and yours" changes={changes} heads={['Theirs, saved', 'Yours']} />
      ) : null}
      <div className={classes.actions}>
        {both ? null : (
          <Button size="xs" onClick={() => setBoth(true)}>
            Show both
          </Button>
        )}
        <Button size="xs" onClick={onTakeTheirs}>
          Use theirs
        </Button>
        <Button size="xs" onClick={onKeepMine}>
          Overwrite with mine
        </Button>
      </div>
    </section>
  );
}
