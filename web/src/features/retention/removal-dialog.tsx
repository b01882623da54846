import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { done } from '../../acts.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';

interface RemovalDialogProps<Counted extends { readonly held: boolean }> {
  readonly title: string;
  /** What would be removed. */
  readonly load: UseQueryResult<Counted>;
  /** What would be removed, as a sentence; null: nothing. */
  readonly words: (counted: Counted) => string | null;
  readonly more?: (counted: Counted) => ReactNode;
  readonly store: () => Promise<unknown>;
  /** Queries to refetch after saving. */
  readonly changed: Parameters<typeof done>[1];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** What would be removed by age, shown before a change of retention is saved. */
export function RemovalDialog<Counted extends { readonly held: boolean }>(
  props: RemovalDialogProps<Counted>,
) {
  const { title, load, words, more, store, changed, onSaved, onClose } = props;
  const { data } = load;
  const goes = data === undefined ? null : words(data);
  return (
    <FormDialog
      opened
      onClose={onClose}
      load={load}
      title={title}
      submit={goes === null ? 'Save' : 'Save and remove it'}
      onSubmit={async () => {
        await store();
        onSaved();
        await done('It applies from the next daily run.', changed);
        return true;
      }}
    >
      {data === undefined ? (
        <p role="status">Counting …</p>
      ) : (
        <>
          <p>
            {goes === null
              ? 'Nothing will be removed at the next daily run.'
              : `${goes} will be removed at the next daily run. Only a backup can bring them back.`}
          </p>
          {more?.(data)}
          {data.held ? (
            <Notice mark="pending">
              The whole client is on legal hold: nothing is removed until it ends.
            </Notice>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
