import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Saved } from './words.ts';

interface OpenSavedProps {
  readonly saved: readonly Saved[];
  readonly open: Saved | null;
  readonly onOpen: (saved: Saved) => void;
  readonly onRemoved: () => void;
  readonly mayEdit: boolean;
}

/** Opens a saved comparison, or removes the open one. */
export function OpenSaved({ saved, open, onOpen, onRemoved, mayEdit }: OpenSavedProps) {
  const { slug } = useClientHere();
  const [removing, setRemoving] = useState<Saved | null>(null);
  if (saved.length === 0) return null;
  const remove = async () => {
    if (removing === null) return true;
    try {
      await calls.planner.removeComparison({ client: slug, comparison: removing.id });
    } finally {
      await queries.invalidateQueries({ queryKey: api.planner.comparisons.key() });
    }
    toast({ kind: 'done', text: `“${removing.name}” is removed.` });
    onRemoved();
    return true;
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<Icon name="chevron-down" />}>Saved</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {saved.map((one) => (
            <Menu.Item key={one.id} onClick={() => onOpen(one)}>
              {one.name}
            </Menu.Item>
          ))}
          {open === null || !mayEdit ? null : (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => setRemoving(open)}>Remove “{open.name}”…</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <FormDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title="Remove a saved comparison"
        submit="Remove it"
        final
        onSubmit={remove}
      >
        <p>
          “{removing?.name}” is removed for everyone. Quotes stay, and the audit log keeps a record of its
          sets.
        </p>
      </FormDialog>
    </>
  );
}
