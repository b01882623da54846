import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { rereadAlerts, settledToast } from './settle.ts';
import { OUTCOME_WORDS, type Outcome } from './words.ts';

interface SettleManyDialogProps {
  readonly as: Outcome;
  readonly groups?: readonly { readonly id: string; readonly mark: string; readonly open: number }[];
  readonly alerts?: readonly { readonly id: string; readonly version: number }[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Records one outcome and one reason for several alerts, or for all open alerts of groups. */
export function SettleManyDialog({ as, groups = [], alerts = [], onClose, onDone }: SettleManyDialogProps) {
  const { slug } = useClientHere();
  const words = OUTCOME_WORDS[as];
  const fields = useFields({ note: '' }, { note: needed(words.missing) });
  // What the dialog was opened for: while it closes, the page already counts what is settled.
  const [all] = useState(() => groups.reduce((sum, { open }) => sum + open, alerts.length));
  const submit = async () => {
    if (!fields.check()) return false;
    const { settled } = await calls.alerts.settleMany({
      client: slug,
      groups: groups.map(({ id, mark }) => ({ id, mark })),
      alerts: alerts.map(({ id, version }) => ({ id, version })),
      as,
      note: fields.values.note.trim(),
    });
    await rereadAlerts();
    settledToast(slug, `${count(settled.length, 'alert')}: ${words.name}.`, settled);
    onDone();
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${words.name}: ${count(all, 'alert')}`}
      submit={as === 'follow_up' ? 'Keep open' : 'Settle'}
      onSubmit={submit}
    >
      <Stack gap="lg">
        <p>
          {words.says}
          {groups.length === 0
            ? ''
            : ` It applies to every open alert in ${groups.length === 1 ? 'this group' : `these ${groups.length} groups`}.`}
        </p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
      </Stack>
    </FormDialog>
  );
}
