import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dayWords, names } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { type EarlierChange, meanwhileOf } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { addressesOf, CADENCE_WORDS, CADENCES, type Schedule, scheduleText, WEEKDAYS } from './words.ts';

const START = { cadence: 'monthly', onDay: '1', recipients: '' };

function valuesOf(schedule: Schedule | null) {
  return schedule === null
    ? START
    : {
        cadence: schedule.cadence as string,
        onDay: String(schedule.onDay),
        recipients: schedule.recipients.join('\n'),
      };
}

/** Adds or changes a schedule. If two people change it, the second is notified and chooses. */
export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields(valuesOf(schedule), {
    recipients: (value) => {
      const wrong = addressesOf(value).find((one) => !/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(one));
      return wrong === undefined ? null : `“${wrong}” is not an email address.`;
    },
  });
  const [theirs, setTheirs] = useState<(Schedule & EarlierChange) | null>(null);
  const { values } = fields;
  const weekly = values.cadence === 'weekly';
  const plan = {
    cadence: CADENCES.find((one) => one === values.cadence) ?? ('monthly' as const),
    onDay: weekly ? Math.min(Number(values.onDay), 7) : Number(values.onDay),
    ...(schedule === null ? {} : { paper: schedule.paper }),
    recipients: addressesOf(values.recipients),
  };
  const save = async (version: number | null, paused: boolean): Promise<boolean> => {
    const stored =
      schedule === null || version === null
        ? await calls.reports.addSchedule({ client: slug, ...plan })
        : await calls.reports.changeSchedule({
            client: slug,
            schedule: schedule.id,
            version,
            paused,
            ...plan,
          });
    await done(
      stored.paused
        ? 'Saved. It is paused.'
        : `Saved. The next report is created on ${dayWords(stored.nextOn)}.`,
      api.reports.key(),
    );
    onClose();
    return false;
  };
  const submit = async () => {
    if (!fields.check()) return false;
    try {
      return await save(schedule?.version ?? null, schedule?.paused ?? false);
    } catch (error) {
      if (schedule === null || explainError(error).code !== 'CONFLICT') throw error;
      const { items } = await calls.reports.schedules({ client: slug });
      const now = items.find(({ id }) => id === schedule.id);
      if (now === undefined) throw error;
      setTheirs({ ...now, ...meanwhileOf(error) });
      return false;
    }
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={schedule === null ? 'Add a schedule' : 'Change this schedule'}
      submit={schedule === null ? 'Add schedule' : 'Save schedule'}
      onSubmit={submit}
    >
      <Stack gap="lg">
        {theirs === null ? null : (
          <ConflictNotice
            by={theirs.by}
            at={theirs.at}
            changes={differences(theirs, plan)}
            onTakeTheirs={() => {
              void queries.invalidateQueries({ queryKey: api.reports.key() });
              onClose();
            }}
            onKeepMine={() => void save(theirs.version, theirs.paused)}
          />
        )}
        <NativeSelect
          label="How often"
          data={CADENCES.map((value) => ({ value, label: CADENCE_WORDS[value] }))}
          {...fields.text('cadence')}
        />
        <NativeSelect
          label={weekly ? 'Day of the week' : 'Day of the month'}
          data={
            weekly
              ? WEEKDAYS.map((label, at) => ({ value: String(at + 1), label }))
              : Array.from({ length: 28 }, (_, at) => String(at + 1))
          }
          {...fields.text('onDay')}
          value={String(plan.onDay)}
        />
        <Textarea
          label="Who gets a link (optional)"
          description="One email address per line. The message contains no findings."
          autosize
          minRows={2}
          {...fields.text('recipients')}
        />
      </Stack>
    </FormDialog>
  );
}

function differences(theirs: Schedule, mine: Pick<Schedule, 'cadence' | 'onDay' | 'recipients'>) {
  const list = (recipients: readonly string[]) =>
    recipients.length === 0 ? 'No one' : names([...recipients], 20);
  return [
    { name: 'When', before: scheduleText(theirs), after: scheduleText(mine) },
    { name: 'Link to', before: list(theirs.recipients), after: list(mine.recipients) },
  ].map((change) => ({ ...change, same: change.before === change.after }));
}
