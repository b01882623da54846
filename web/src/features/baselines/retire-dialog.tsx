import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import type { Shown } from './words.ts';

export function RetireDialog({
  data,
  opened,
  onClose,
}: {
  data: Shown;
  opened: boolean;
  onClose: () => void;
}) {
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  const retire = useMutation(api.baselines.retire.mutationOptions());
  const save = async () => {
    if (!fields.check()) return false;
    await retire.mutateAsync({ baseline: data.id, reason: fields.values.reason });
    await queries.invalidateQueries({ queryKey: api.baselines.key() });
    return true;
  };
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`Retire “${data.name}”`}
      submit="Retire it"
      onSubmit={save}
    >
      <p>
        It can no longer be changed or applied. Clients on it are still compared with it, and you can put it
        back into use later.
      </p>
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
    </FormDialog>
  );
}
