import { Switch, Textarea, TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Detection } from './words.ts';

/**
 * Switches a detection on or off or changes its threshold, with a reason. A change that makes it find less needs a
 * second person's approval.
 */
export function ChangeDialog({ detection, onClose }: { detection: Detection; onClose: () => void }) {
  const { slug } = useClientHere();
  const { number, history } = detection;
  const fields = useFields(
    {
      on: detection.on,
      number: number === null ? '' : String(number.value),
      history: history === null ? '' : String(history.value),
      reason: '',
    },
    {
      reason: needed('Say why.'),
      number: (value) => {
        if (number === null) return null;
        const given = Number(value);
        const fits = value.trim() !== '' && given >= number.min && given <= number.max;
        return fits && (!number.whole || Number.isInteger(given))
          ? null
          : `Enter ${number.whole ? 'a whole number' : 'a number'} from ${number.min} to ${number.max}.`;
      },
      history: (value) => {
        if (history === null) return null;
        const given = Number(value);
        const fits = value.trim() !== '' && Number.isInteger(given);
        return fits && given >= history.min && given <= history.max
          ? null
          : `Enter a whole number from ${history.min} to ${history.max}.`;
      },
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { on, number: given, history: days, reason } = fields.values;
    const { proposed } = await calls.detections.change({
      client: slug,
      detection: detection.id,
      version: detection.version,
      on,
      ...(number === null ? {} : { number: Number(given) }),
      ...(history === null ? {} : { history: Number(days) }),
      reason: reason.trim(),
    });
    await done(
      proposed === null
        ? 'Saved. It applies to events received from now on.'
        : 'It waits for approval by someone else. The detection stays as it is until then.',
      api.detections.key(),
    );
    onClose();
    return false;
  };
  return (
    <FormDialog opened onClose={onClose} title={detection.title} submit="Save" onSubmit={submit}>
      <Stack gap="lg">
        <Switch
          label="Raise alerts"
          checked={fields.values.on}
          onChange={({ currentTarget }) => fields.set('on', currentTarget.checked)}
        />
        {number === null ? null : (
          <TextInput
            label={number.what}
            inputMode="decimal"
            description={`Default ${number.shipped}; allowed: ${number.min} to ${number.max}.`}
            {...fields.text('number')}
          />
        )}
        {history === null ? null : (
          <TextInput
            label="Days of history before anyone is compared"
            inputMode="numeric"
            description={`Default ${history.shipped}; allowed: ${history.min} to ${history.max}.`}
            {...fields.text('history')}
          />
        )}
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
      </Stack>
    </FormDialog>
  );
}
