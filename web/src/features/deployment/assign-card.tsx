import { Button, TextInput } from '@mantine/core';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { When } from '../../ui/when.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import classes from './deployment.module.css';
import type { Deployment, Task } from './words.ts';

interface AssignCardProps {
  readonly task: Task;
  readonly today: string;
  /** null: it is not theirs to give. */
  readonly onAssign: (() => void) | null;
}

/** Who does the task and by when. Nobody and no day are said, not left out. */
export function AssignCard({ task, today, onAssign }: AssignCardProps) {
  const { owner, due, changed } = task.assignment;
  const done = task.state === 'proved' || task.state === 'not_needed';
  if (done && owner === null && due === null) return null;
  const late = due !== null && due < today && !done;
  return (
    <Card
      title="Who and when"
      aside={
        onAssign === null || done ? undefined : (
          <Button size="xs" onClick={onAssign}>
            {owner === null && due === null ? 'Assign it to someone' : 'Change'}
          </Button>
        )
      }
    >
      <p>
        {owner === null ? 'No one is assigned.' : owner.name}
        {owner?.mail == null || owner.mail === owner.name ? '' : ` (${owner.mail})`}
        {owner === null ? ' ' : ', '}
        <span className={late ? 'late' : 'muted'}>
          {due === null
            ? `${owner === null ? 'No' : 'no'} day was set.`
            : `${late ? 'was due' : owner === null ? 'Due' : 'due'} ${dayWords(due)}.`}
        </span>
      </p>
      {owner?.access === false ? (
        <p className="late">{owner.name} can no longer open this client. Assign the task to someone else.</p>
      ) : null}
      {changed === null ? null : (
        <p className={`${classes.rests} muted`}>
          <span>
            Set by {changed.by}, <When at={changed.at} inline />
          </span>
        </p>
      )}
    </Card>
  );
}

/** Gives the task to someone, with a day. Neither proves anything. */
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
      submit="Store"
      onSubmit={async () => {
        const { values } = fields;
        await calls.deployment.assign({
          client: slug,
          task: task.id,
          version,
          owner: values.owner.trim() === '' ? null : values.owner.trim(),
          due: values.due === '' ? null : values.due,
        });
        await done('Saved. It shows under Work until the task is proven.');
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
