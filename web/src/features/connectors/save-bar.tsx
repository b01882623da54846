import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import type { Change } from '../../ui/diff.tsx';
import type { EarlierChange } from '../../ui/edited.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import classes from './matrix.module.css';

const ConflictNotice = lazy(async () => ({
  default: (await import('../../ui/conflict-notice.tsx')).ConflictNotice,
}));

interface SaveBarProps {
  /** Summary of the matrix including unsaved changes. */
  readonly words: string;
  readonly changes: number;
  readonly canUndo: boolean;
  readonly saving: boolean;
  readonly into: string;
  readonly conflict: (EarlierChange & { readonly words: string }) | null;
  readonly differences: readonly Change[];
  readonly onUndo: () => void;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Summary of the edit, always visible, and the draft into which it is saved. */
export function SaveBar(props: SaveBarProps) {
  const { changes, conflict } = props;
  return (
    <section className={classes.bar} aria-label="Your changes">
      {conflict === null ? null : (
        <>
          <p className={classes.barWords}>{conflict.words}</p>
          <Suspense fallback={null}>
            <ConflictNotice
              by={conflict.by}
              at={conflict.at}
              changes={props.differences}
              onKeepMine={props.onKeepMine}
              onTakeTheirs={props.onTakeTheirs}
            />
          </Suspense>
        </>
      )}
      <p className={classes.barWords} role="status">
        <strong>{changes === 0 ? 'Nothing changed yet.' : `${count(changes, 'change')}, not saved.`}</strong>{' '}
        {props.words}
      </p>
      <Row>
        <Button disabled={!props.canUndo} onClick={props.onUndo} leftSection={<Icon name="reload" />}>
          Undo
        </Button>
        <Button onClick={props.onDiscard}>{changes === 0 ? 'Stop editing' : 'Discard'}</Button>
        <Button variant="filled" disabled={changes === 0} loading={props.saving} onClick={props.onSave}>
          {props.into}
        </Button>
      </Row>
    </section>
  );
}
