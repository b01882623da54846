import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { failed } from '../../acts.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

interface WaitingChangeProps {
  /** What would change. */
  readonly about: string;
  /** The proposed change, as a sentence. */
  readonly words: ReactNode;
  readonly proposed: {
    readonly by: string;
    readonly at: string;
    readonly reason?: string;
    readonly may: { readonly approve: boolean; readonly why: string | null };
  };
  readonly may: boolean;
  readonly approve: () => Promise<unknown>;
  readonly withdraw: (reason: string) => Promise<unknown>;
}

/** A change that makes detections or guards find less, and its approval by a second person. */
export function WaitingChange(props: WaitingChangeProps) {
  const { words, proposed, may, approve } = props;
  const [refusing, setRefusing] = useState(false);
  const act = useMutation({ mutationFn: approve, onError: failed });
  return (
    <Notice mark="pending">
      <Stack gap="sm">
        <span>
          {words}
          <span className="second">
            Proposed by {proposed.by}, <When at={proposed.at} inline />
            {proposed.reason === undefined ? '' : `: ${proposed.reason}`}
          </span>
        </span>
        {may && proposed.may.why !== null ? <span className="muted">{proposed.may.why}</span> : null}
        {may ? (
          <Row>
            {proposed.may.approve ? (
              <Button size="xs" loading={act.isPending} onClick={() => act.mutate()}>
                Approve
              </Button>
            ) : null}
            <Button size="xs" onClick={() => setRefusing(true)}>
              {proposed.may.approve ? 'Refuse…' : 'Withdraw…'}
            </Button>
          </Row>
        ) : null}
      </Stack>
      {refusing ? <WithdrawDialog {...props} onClose={() => setRefusing(false)} /> : null}
    </Notice>
  );
}

function WithdrawDialog({
  about,
  proposed,
  withdraw,
  onClose,
}: Pick<WaitingChangeProps, 'about' | 'proposed' | 'withdraw'> & { readonly onClose: () => void }) {
  const verb = proposed.may.approve ? 'Refuse' : 'Withdraw';
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  const submit = async () => {
    if (!fields.check()) return false;
    await withdraw(fields.values.reason.trim());
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${verb} this change`}
      submit={`${verb} it`}
      onSubmit={submit}
    >
      <Stack gap="lg">
        <p>{about}</p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
