import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count, dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';

/** A control and its current assignee. */
interface Assigned {
  readonly id: string;
  readonly title: string;
  readonly owner: { readonly name: string; readonly mail: string | null } | null;
  readonly due: string | null;
  readonly version: number;
}

interface AssignDialogProps {
  readonly controls: readonly Assigned[];
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

async function reread(): Promise<void> {
  await Promise.all(
    [api.controls, api.work, api.home, api.shell].map((part) =>
      queries.invalidateQueries({ queryKey: part.key() }),
    ),
  );
}

/** Assigns controls to a person, with a due day. Does not affect verdicts. */
export function AssignDialog({ controls, onClose, onDone }: AssignDialogProps) {
  const { slug } = useClientHere();
  const [first] = controls;
  const only = controls.length === 1 ? first : undefined;
  const { data } = useQuery(
    api.controls.get.queryOptions({ input: { client: slug, control: first?.id ?? '' } }),
  );
  const fields = useFields({ owner: ownerValue(only?.owner ?? null), due: only?.due ?? '' });
  const submit = async () => {
    const owner = fields.values.owner.trim();
    const due = fields.values.due === '' ? null : fields.values.due;
    const { done, refused } = await calls.controls.assignMany({
      client: slug,
      assignments: controls.map(({ id, version }) => ({
        control: id,
        version,
        owner: owner === '' ? null : owner,
        due,
      })),
    });
    await reread();
    const [refusal] = refused;
    if (done.length === 0 && refusal !== undefined) throw new Error(refusal.why);
    const to = done[0]?.assignment.owner?.name ?? null;
    const what = only === undefined ? count(done.length, 'control') : shortId(only.id);
    const undo = () =>
      calls.controls
        .assignMany({
          client: slug,
          assignments: done.map(({ control, assignment }) => {
            const was = controls.find(({ id }) => id === control);
            return {
              control,
              version: assignment.version,
              owner: ownerValue(was?.owner ?? null) || null,
              due: was?.due ?? null,
            };
          }),
        })
        .then(reread)
        .then(() => toast({ kind: 'done', text: 'Undone.' }), failed);
    toast({
      kind: 'done',
      text: `${what}: ${to === null ? 'assigned to no one' : `assigned to ${to}`}${due === null ? '' : `, due ${dayWords(due)}`}.`,
      undo: () => void undo(),
    });
    if (refused.length > 0)
      toast({
        kind: 'failed',
        text: `${count(refused.length, 'control')} not assigned: ${refused.map(({ control }) => shortId(control)).join(', ')}. ${refusal?.why ?? ''}`,
      });
    onDone?.();
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={
        only === undefined ? `Assign ${count(controls.length, 'control')}` : `Assign ${shortId(only.id)}`
      }
      submit="Assign"
      onSubmit={submit}
    >
      <p>
        {only === undefined
          ? 'The owner and due date apply to each of them and replace whatever was set before.'
          : only.title}
      </p>
      <OwnerField
        people={data?.people ?? []}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
      <TextInput type="date" label="Due (optional)" {...fields.text('due')} />
    </FormDialog>
  );
}
