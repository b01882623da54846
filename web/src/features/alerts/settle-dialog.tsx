import { Radio, Textarea, TextInput } from '@mantine/core';
import { addDays } from '../../../../src/domain/model/day.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { rereadAlerts, settledToast } from './settle.ts';
import { type Act, type Alert, OUTCOME_WORDS } from './words.ts';

const WORDS = {
  benign: {
    title: (code: string) => `Settle ${code} as benign`,
    submit: 'Settle as benign',
    ...OUTCOME_WORDS.benign,
  },
  real: {
    title: (code: string) => `Settle ${code} as a true positive`,
    submit: 'Settle as a true positive',
    ...OUTCOME_WORDS.real,
  },
  follow_up: {
    title: (code: string) => `Keep ${code} open for follow-up`,
    submit: 'Keep it open',
    ...OUTCOME_WORDS.follow_up,
  },
  reopen: {
    title: (code: string) => `Reopen ${code}`,
    submit: 'Reopen',
    done: 'Reopened.',
    says: 'It was settled too soon, or more is known now.',
    missing: 'Say why it is reopened.',
  },
  silence: {
    title: (code: string) => `Silence ${code} and others like it`,
    submit: 'Silence',
    done: 'Silenced.',
    says: 'Until that date, alerts like this one are kept but not shown as open. This one is settled as benign.',
    missing: 'Say why.',
  },
} as const;
const MAX_SILENCE_DAYS = 90;

interface SettleDialogProps {
  readonly act: Exclude<Act, 'step'>;
  readonly alert: Alert;
  readonly onClose: () => void;
}

/** Records the outcome of an alert with a note, or silences similar alerts until a given day. */
export function SettleDialog({ act, alert, onClose }: SettleDialogProps) {
  const { slug } = useClientHere();
  const words = WORDS[act];
  const latest = addDays(alert.today, MAX_SILENCE_DAYS);
  const fields = useFields(
    { note: '', until: '', scope: 'same' },
    {
      note: needed(words.missing),
      until: (value) =>
        act !== 'silence'
          ? null
          : value === ''
            ? 'Choose the date the silence ends.'
            : value < alert.today
              ? `That day has passed. Today is ${dayWords(alert.today)}.`
              : value > latest
                ? `${dayWords(latest)} at the latest.`
                : null,
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { note, until, scope } = fields.values;
    const one = { client: slug, alert: alert.id, version: alert.version, note: note.trim() };
    if (act === 'silence')
      await calls.alerts.silence({ ...one, until, scope: scope === 'detection' ? 'detection' : 'same' });
    else if (act === 'reopen') await calls.alerts.reopen(one);
    else {
      const { version } = await calls.alerts.settle({ ...one, as: act });
      await rereadAlerts();
      settledToast(slug, words.done, [{ id: alert.id, version }]);
      onClose();
      return false;
    }
    await rereadAlerts();
    toast({ kind: 'done', text: words.done });
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.title(alert.code)}
      submit={words.submit}
      onSubmit={submit}
    >
      <Stack gap="lg">
        <p>{words.says}</p>
        {act === 'silence' ? (
          <>
            <Radio.Group
              label="Which alerts"
              value={fields.values.scope}
              onChange={(scope) => fields.set('scope', scope)}
            >
              <Stack gap="lg">
                <Radio value="same" label="About the same person or thing" />
                <Radio value="detection" label={`All alerts of the detection “${alert.title}”`} />
              </Stack>
            </Radio.Group>
            <TextInput
              type="date"
              label="Until"
              description={`The last day of the silence; ${dayWords(latest)} at the latest.`}
              min={alert.today}
              max={latest}
              {...fields.text('until')}
            />
          </>
        ) : null}
        <Textarea
          label={act === 'silence' ? 'Reason' : 'Note'}
          autosize
          minRows={2}
          maxLength={2000}
          {...fields.text('note')}
        />
      </Stack>
    </FormDialog>
  );
}
