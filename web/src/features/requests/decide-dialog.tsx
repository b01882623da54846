import { Textarea, TextInput } from '@mantine/core';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Request } from './words.ts';

interface DecideDialogProps {
  readonly act: 'approve' | 'defer' | 'refuse';
  readonly request: Request;
  readonly onClose: () => void;
}

const ACT_WORDS = { approve: 'Approve', defer: 'Postpone', refuse: 'Refuse' } as const;

/** Approves until a date, defers until a date, or refuses; each with a reason. */
export function DecideDialog({ act, request, onClose }: DecideDialogProps) {
  const { slug } = useClientHere();
  const approve = act === 'approve';
  const fields = useFields(
    { until: approve && request.wantedUntil > request.today ? request.wantedUntil : '', reason: '' },
    {
      reason: needed('Say why.'),
      until: (value) =>
        act === 'refuse'
          ? null
          : value === ''
            ? approve
              ? 'Choose the date the approval ends.'
              : 'Choose the day to decide again.'
            : value < request.today
              ? `That day has passed. Today is ${dayWords(request.today)}.`
              : value > request.latest
                ? `${dayWords(request.latest)} at the latest.`
                : null,
    },
  );
  const left = request.approvers.needed - request.approvals.length - 1;
  const submit = async () => {
    if (!fields.check()) return false;
    const { until, reason } = fields.values;
    const one = { client: slug, request: request.id, version: request.version, reason: reason.trim() };
    const { state } = await {
      approve: () => calls.requests.approve({ ...one, until }),
      defer: () => calls.requests.defer({ ...one, until }),
      refuse: () => calls.requests.refuse(one),
    }[act]();
    await done(
      state === 'approved'
        ? 'Approved. Nothing has changed in Claude yet; the charter comes next.'
        : state === 'refused'
          ? 'Refused.'
          : state === 'deferred'
            ? `Postponed. It returns to Work on ${dayWords(until)}.`
            : 'Your approval is recorded. It is waiting for a second person.',
      api.requests.key(),
    );
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${ACT_WORDS[act]} ${request.name}`}
      submit={ACT_WORDS[act]}
      onSubmit={submit}
    >
      <Stack>
        {approve ? (
          <>
            <p>
              {left > 0
                ? 'A second person has to approve too. Nothing happens until then.'
                : 'A draft of the charter is opened with the connector at the guide’s baseline. Nothing changes in Claude.'}
            </p>
            <TextInput
              type="date"
              label="Until"
              description={`The last day of the approval; ${dayWords(request.latest)} at the latest.`}
              min={request.today}
              max={request.latest}
              {...fields.text('until')}
            />
          </>
        ) : null}
        {act === 'defer' ? (
          <TextInput
            type="date"
            label="Decide again on"
            description="Until then, it does not count as waiting."
            min={request.today}
            max={request.latest}
            {...fields.text('until')}
          />
        ) : null}
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
