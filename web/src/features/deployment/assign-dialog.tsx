import { TextInput } from '@mantine/core';
import { undoable } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import type { Deployment, Task } from './words.ts';

/** Assigns the task to a person, with a due date. Neither is evidence that it was done. */
export function AssignDialog({
  task,
  people,
  onClose,
}: {
  task: Task;
  people: Deployment['people'];
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const { owner, due, version } = task.assignment;
  const fields = useFields({ owner: ownerValue(owner), due: due ?? '' }, {});
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Task ${task.number}: who and when`}
      submit="Save"
      onSubmit={async () => {
        const { values } = fields;
        const stored = await calls.deployment.assign({
          client: slug,
          task: task.id,
          version,
          owner: values.owner.trim() === '' ? null : values.owner.trim(),
          due: values.due === '' ? null : values.due,
        });
        await undoable('Saved. It appears under Work until the task is proven.', () =>
          calls.deployment.assign({
            client: slug,
            task: task.id,
            version: stored.version,
            owner: ownerValue(owner) || null,
            due,
          }),
        );
        return true;
      }}
    >
      <p>{task.title}</p>
      <OwnerField
        people={people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
      <TextInput type="date" label="Due (optional)" {...fields.text('due')} />
    </FormDialog>
  );
}
