import { NativeSelect, Textarea } from '@mantine/core';
import {
  CLASSIFICATION_WORDS,
  CLASSIFICATIONS,
  DETERMINATION_WORDS,
  DETERMINATIONS,
  type Determination,
} from '../../../../src/domain/microsoft/alert-closing.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { CLOSED_TOASTS, type Tenant } from './words.ts';

/** Asks for the classification of a Defender alert, and says whether it is closed in Defender too. */
export function CloseAlertDialog(props: {
  alert: Tenant['alerts']['list'][number];
  writer: Tenant['alerts']['writer'];
  onClose: () => void;
}) {
  const { alert, writer, onClose } = props;
  const { slug } = useClientHere();
  const { closed } = alert;
  const fields = useFields(
    {
      classification: closed?.classification ?? '',
      determination: closed?.determination ?? '',
      note: closed?.note ?? '',
    },
    {
      classification: needed('Choose what the alert was.'),
      determination: needed('Choose why.'),
      note: needed('Say what was found.'),
    },
  );
  const classification = CLASSIFICATIONS.find((one) => one === fields.values.classification);
  const offered: readonly Determination[] =
    classification === undefined ? [] : DETERMINATIONS[classification];
  const determination = offered.find((one) => one === fields.values.determination);
  const submit = async () => {
    if (!fields.check() || classification === undefined || determination === undefined) return false;
    const { state } = await calls.microsoftTenant.closeAlert({
      client: slug,
      alert: alert.id,
      version: closed?.version ?? 0,
      classification,
      determination,
      note: fields.values.note.trim(),
    });
    await done(CLOSED_TOASTS[state], api.microsoftTenant.key());
    onClose();
    return false;
  };
  return (
    <FormDialog opened onClose={onClose} title={alert.title} submit="Close the alert" onSubmit={submit}>
      <Stack>
        <p>
          {writer === 'ready'
            ? 'It is recorded here, and the alert is closed in Defender with the same classification.'
            : 'It is recorded only here. Close the alert in Defender as well.'}
        </p>
        <NativeSelect
          label="Classification"
          {...fields.text('classification')}
          onChange={({ currentTarget }) => {
            fields.set('classification', currentTarget.value);
            fields.set('determination', '');
          }}
          data={[
            { value: '', label: 'Choose' },
            ...CLASSIFICATIONS.map((value) => ({ value, label: CLASSIFICATION_WORDS[value] })),
          ]}
        />
        <NativeSelect
          label="Determination"
          {...fields.text('determination')}
          data={[
            { value: '', label: 'Choose' },
            ...offered.map((value) => ({ value, label: DETERMINATION_WORDS[value] })),
          ]}
        />
        <Textarea label="What was found" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
      </Stack>
    </FormDialog>
  );
}
// Guide: G5.5-03
