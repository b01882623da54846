import { Textarea } from '@mantine/core';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { withdraw } from './acts.ts';
import { type Decision, decisionText } from './words.ts';

interface WithdrawDialogProps {
  readonly client: string;
  readonly decision: Decision | null;
  readonly onClose: () => void;
}

/** Withdraws decisions; the rules then judge these people by the files again. */
export function WithdrawDialog({ client, decision, onClose }: WithdrawDialogProps) {
  const fields = useFields({ reason: '' });
  if (decision === null) return null;
  const { id } = decision;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Withdraw a decision"
      submit="Withdraw"
      onSubmit={async () => {
        if (id !== null) await withdraw(client, id, fields.values.reason);
        fields.reset();
        return true;
      }}
    >
      <p>
        {decision.by} decided that {decisionText(decision)}. From now on, only the files determine who is who;
        the decision stays on the record.
      </p>
      <Textarea label="Reason (optional)" autosize minRows={2} maxLength={1000} {...fields.text('reason')} />
    </FormDialog>
  );
}
