import { Textarea } from '@mantine/core';
import { names } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Override, Task } from './words.ts';

/** Same minimum length as on the server. */
const reasonRule = (value: string) => (value.trim().length < 3 ? 'Briefly say why.' : null);

/** Requests an override of a locked task. It takes effect once a second person approves it. */
export function OverrideDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: reasonRule });
  const open = task.after.filter((before) => before.open);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Start task ${task.number} although it is locked`}
      submit="Ask a second person"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.deployment.override.request({
          client: slug,
          task: task.id,
          reason: fields.values.reason.trim(),
        });
        await done('Requested. The task stays locked until a second person approves.');
        return true;
      }}
    >
      <p>
        “{task.title}” waits for{' '}
        {names(
          open.map(({ number, title }) => `task ${number} (“${title}”)`),
          12,
        )}
        .
      </p>
      {task.waits === null ? null : <p className="muted">{task.waits}</p>}
      <Textarea
        label="Why it should start anyway"
        autosize
        minRows={3}
        maxLength={2000}
        data-autofocus
        {...fields.text('reason')}
      />
      <Notice>
        A second person has to approve. Both names and the reason stay permanently in the audit log and the
        deployment record. The override covers what is open today; if something else opens up, the task locks
        again.
      </Notice>
    </FormDialog>
  );
}

export interface Decision {
  readonly approve: boolean;
  readonly override: Override;
}

/** The second person's decision. */
export function DecideDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const { slug } = useClientHere();
  const { approve, override } = decision;
  const fields = useFields({ reason: '' }, { reason: reasonRule });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={approve ? 'Approve starting a locked task' : 'Refuse to start a locked task'}
      submit={approve ? 'Approve' : 'Refuse'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const input = { client: slug, override: override.id, reason: fields.values.reason.trim() };
        try {
          if (approve) await calls.deployment.override.approve(input);
          else await calls.deployment.override.refuse(input);
        } finally {
          // Someone else may have decided first; either way the page shows the decision that was made.
          await queries.invalidateQueries();
        }
        toast({ kind: 'done', text: approve ? 'Approved. The task is open.' : 'Refused. The lock stays.' });
        return true;
      }}
    >
      <p>
        {override.requested.by} asks to start <strong>{override.title}</strong>: {override.reason}
      </p>
      <p>Not proven: {override.waitedFor.join('; ')}.</p>
      <Textarea
        label={approve ? 'Why you agree' : 'Why you refuse'}
        autosize
        minRows={3}
        maxLength={2000}
        data-autofocus
        {...fields.text('reason')}
      />
      <p className="muted">Your name and this reason stay on the record permanently.</p>
    </FormDialog>
  );
}
