import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { proposalWords, type Rule } from './words.ts';

/** A change that lets a rule find less: what it is, and its approval by someone else. */
export function ProposedChange({ rule, may }: { readonly rule: Rule; readonly may: boolean }) {
  const { slug } = useClientHere();
  const [refusing, setRefusing] = useState(false);
  const approve = useMutation(
    api.detections.approve.mutationOptions({
      onSuccess: () => done('Approved. It applies to events received from now on.', api.detections.key()),
      onError: failed,
    }),
  );
  const { proposed } = rule;
  if (proposed === null) return null;
  return (
    <Notice mark="pending">
      <Stack gap="sm">
        <span>
          {proposalWords(rule)} waits for approval by someone else. The rule stays as it is until then.
          <span className="second">
            {proposed.by}, <When at={proposed.at} inline />: {proposed.reason}
          </span>
        </span>
        {may && proposed.may.why !== null ? <span className="muted">{proposed.may.why}</span> : null}
        {may ? (
          <Row>
            {proposed.may.approve ? (
              <Button
                size="xs"
                loading={approve.isPending}
                onClick={() => approve.mutate({ client: slug, rule: rule.id, proposal: proposed.id })}
              >
                Approve
              </Button>
            ) : null}
            <Button size="xs" onClick={() => setRefusing(true)}>
              {proposed.may.approve ? 'Refuse…' : 'Withdraw…'}
            </Button>
          </Row>
        ) : null}
      </Stack>
      {refusing ? (
        <WithdrawDialog rule={rule} proposal={proposed.id} onClose={() => setRefusing(false)} />
      ) : null}
    </Notice>
  );
}

function WithdrawDialog({
  rule,
  proposal,
  onClose,
}: {
  readonly rule: Rule;
  readonly proposal: string;
  readonly onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  const submit = async () => {
    if (!fields.check()) return false;
    await calls.detections.withdraw({
      client: slug,
      rule: rule.id,
      proposal,
      reason: fields.values.reason.trim(),
    });
    await done('The rule stays as it is.', api.detections.key());
    onClose();
    return false;
  };
  return (
    <FormDialog opened onClose={onClose} title="Drop this change" submit="Drop it" onSubmit={submit}>
      <Stack gap="lg">
        <p>{rule.title}</p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
