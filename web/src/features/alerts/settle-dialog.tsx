import { Radio, Textarea, TextInput } from '@mantine/core';
import { addDays } from '../../../../src/domain/model/day.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Act, Alert } from './words.ts';

const WORDS: Readonly<Record<Act, { title: string; submit: string; done: string; says: string }>> = {
  benign: {
    title: 'is benign',
    submit: 'Settle as benign',
    done: 'Settled as benign.',
    says: 'It was fine. If more events arrive, the alert opens again.',
  },
  real: {
    title: 'is a true positive',
    submit: 'Settle as a true alarm',
    done: 'Settled as a true alarm.',
    says: 'It was a real problem and was dealt with. Say what was done.',
  },
  follow_up: {
    title: 'needs follow-up',
    submit: 'Keep it open',
    done: 'It stays open until someone closes it.',
    says: 'It stays open. Say what needs to be found out, and by whom.',
  },
  reopen: {
    title: 'opens again',
    submit: 'Open again',
    done: 'Open again.',
    says: 'It was settled too soon, or more is known now.',
  },
  silence: {
    title: 'and others like it are silenced',
    submit: 'Silence',
    done: 'Silenced.',
    says: 'Alerts like this one are kept and do not show as open until the day. This one is settled as benign.',
  },
};
const LONGEST_DAYS = 90;

interface SettleDialogProps {
  readonly act: Act;
  readonly alert: Alert;
  readonly onClose: () => void;
}

/** Says what an alert is, with a note; or silences what is like it until a day. */
export function SettleDialog({ act, alert, onClose }: SettleDialogProps) {
  const { slug } = useClientHere();
  const words = WORDS[act];
  const latest = addDays(alert.today, LONGEST_DAYS);
  const fields = useFields(
    { note: '', until: '', scope: 'same' },
    {
      note: needed('Say why.'),
      until: (value) =>
        act !== 'silence'
          ? null
          : value === ''
            ? 'Choose the date the silence ends.'
            : value < alert.today
              ? `That day is past. Today is ${dayWords(alert.today)}.`
              : value > latest
                ? `At the latest ${dayWords(latest)}.`
                : null,
    },
  );
  const submit = async () => {
    if (!fields.check()) return false;
    const { note, until, scope } = fields.values;
    const one = { client: slug, alert: alert.id, version: alert.version, note: note.trim() };
    if (act === 'silence')
      await calls.alerts.silence({ ...one, until, scope: scope === 'rule' ? 'rule' : 'same' });
    else if (act === 'reopen') await calls.alerts.reopen(one);
    else await calls.alerts.settle({ ...one, as: act });
    await Promise.all([
      queries.invalidateQueries({ queryKey: api.alerts.key() }),
      queries.invalidateQueries({ queryKey: api.detections.key() }),
      queries.invalidateQueries({ queryKey: api.shell.key() }),
      queries.invalidateQueries({ queryKey: api.home.key() }),
    ]);
    toast({ kind: 'done', text: words.done });
    onClose();
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${alert.code} ${words.title}`}
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
                <Radio value="same" label="Of the same person or thing" />
                <Radio value="rule" label={`All of the rule “${alert.title}”`} />
              </Stack>
            </Radio.Group>
            <TextInput
              type="date"
              label="Until"
              description={`The last day of the silence; at the latest ${dayWords(latest)}.`}
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
