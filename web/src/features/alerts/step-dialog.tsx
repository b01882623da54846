import { Textarea } from '@mantine/core';
import { useClientHere } from '../../session.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Alert } from './words.ts';

type Step = Alert['playbook'][number];

/** Label of the button for a first step. */
export function stepName({ button, do: text }: Step): string {
  return button ?? text;
}

interface StepDialogProps {
  readonly step: Step;
  /** What happened, in one sentence, for the person who does the step. */
  readonly about: string;
  /** Link to the activity behind the alert. */
  readonly activity: string;
  /** Marks the alert as needing follow-up; null: it already is, or the viewer cannot decide it here. */
  readonly onBegin: ((note: string) => Promise<void>) | null;
  readonly onClose: () => void;
}

/**
 * The first step of the playbook: what to do and where, a message for the person who does it, and a record that it was
 * begun.
 */
export function StepDialog({ step, about, activity, onBegin, onClose }: StepDialogProps) {
  const { name } = useClientHere();
  const fields = useFields({ note: `${stepName(step)}.` }, { note: needed('Say who will do it.') });
  const where = step.where === null ? '' : ` ${step.where}.`;
  const submit = async () => {
    if (onBegin === null) {
      onClose();
      return false;
    }
    if (!fields.check()) return false;
    await onBegin(fields.values.note.trim());
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={stepName(step)}
      submit={onBegin === null ? 'Done' : 'Mark as started'}
      onSubmit={submit}
    >
      <Stack gap="lg">
        <div>
          <p>{step.do}</p>
          {step.where === null ? null : <p className="muted">{step.where}</p>}
        </div>
        <Row>
          <CopyButton value={`${name}: ${about} ${step.do}${where} ${location.href.split('?')[0]}`}>
            Copy as message
          </CopyButton>
          <AppLink href={activity}>Related activity</AppLink>
        </Row>
        {onBegin === null ? null : (
          <Textarea
            label="Note"
            description="Who does it, and by when. The alert stays open and is marked “Needs follow-up”."
            autosize
            minRows={2}
            maxLength={2000}
            {...fields.text('note')}
          />
        )}
      </Stack>
    </FormDialog>
  );
}
