import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Saved } from './words.ts';

interface SaveDialogProps {
  readonly sets: string;
  readonly goal: string | null;
  /** The open saved comparison, with the version that was read. */
  readonly open: { readonly saved: Saved; readonly seen: number } | null;
  readonly onClose: () => void;
  readonly onSaved: (saved: Saved) => void;
}

/** Saves the comparison under a name, as a new one or in place of the open one. */
export function SaveDialog({ sets, goal, open, onClose, onSaved }: SaveDialogProps) {
  const { slug } = useClientHere();
  const [asNew, setAsNew] = useState(open === null);
  const fields = useFields(
    { name: open?.saved.name ?? '' },
    { name: needed('Give it a name that others will recognize.') },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const input = { client: slug, name: fields.values.name.trim(), sets, goal };
    try {
      const saved =
        open === null || asNew
          ? await calls.planner.saveComparison(input)
          : await calls.planner.changeComparison({ ...input, comparison: open.saved.id, version: open.seen });
      toast({ kind: 'done', text: `“${saved.name}” is saved.` });
      onSaved(saved);
    } finally {
      await queries.invalidateQueries({ queryKey: api.planner.comparisons.key() });
    }
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title="Save comparison" submit="Save" onSubmit={submit}>
      {open === null ? null : (
        <Radio.Group
          label="Save"
          value={asNew ? 'new' : 'same'}
          onChange={(value) => setAsNew(value === 'new')}
        >
          <Radio value="same" label={`Replace “${open.saved.name}”`} mb="xs" />
          <Radio value="new" label="As a new comparison" />
        </Radio.Group>
      )}
      <TextInput label="Name" maxLength={120} {...fields.text('name')} />
      <p className="muted">
        Prices are not saved with it: it always shows the prices and licenses at the time it is opened.
      </p>
    </FormDialog>
  );
}
