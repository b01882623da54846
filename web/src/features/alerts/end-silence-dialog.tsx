import { Textarea } from '@mantine/core';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Detections } from './words.ts';

interface EndSilenceDialogProps {
  readonly silence: Detections['silences'][number];
  readonly onClose: () => void;
}

/** Ends a silence before its last day, so that alerts are opened again. */
export function EndSilenceDialog({ silence, onClose }: EndSilenceDialogProps) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  const submit = async () => {
    if (!fields.check()) return false;
    await calls.detections.endSilence({
      client: slug,
      silence: silence.id,
      reason: fields.values.reason.trim(),
    });
    await done('The silence has ended.', api.detections.key());
    onClose();
    return false;
  };
  return (
    <FormDialog opened onClose={onClose} title="End the silence" submit="End it" onSubmit={submit}>
      <Stack gap="lg">
        <p>{silence.about}</p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
