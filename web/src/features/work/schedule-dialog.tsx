import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { OwnerField, ownerValue } from './owner-field.tsx';
import type { ClientWork, Recurring } from './words.ts';

const MONTHS = [1, 2, 3, 4, 6, 9, 12, 18, 24] as const;

interface ScheduleDialogProps {
  readonly task: Recurring;
  readonly people: ClientWork['people'];
  readonly onClose: () => void;
}

/** Sets who does a recurring task and when, or why it is left out. */
export function ScheduleDialog({ task, people, onClose }: ScheduleDialogProps) {
  const { slug } = useClientHere();
  const guide = task.everyMonths;
  const fields = useFields(
    {
      active: task.active === false ? 'no' : 'yes',
      months: guide === null ? '' : String(task.months ?? guide),
      owner: ownerValue(task.owner),
      due: task.due ?? '',
      reason: task.reason ?? '',
    },
    {
      reason: (value, all) => {
        if (value.trim() !== '') return null;
        if (all.active === 'no') return 'Say why it is skipped.';
        return guide !== null && all.months !== String(guide)
          ? 'Say why its interval differs from the guide’s.'
          : null;
      },
    },
  );
  const { values } = fields;
  const on = values.active === 'yes';
  const differs = on && guide !== null && values.months !== String(guide);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Who and when"
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const reason = !on || differs ? values.reason.trim() : '';
        await calls.work.schedule({
          client: slug,
          task: task.id,
          version: task.version,
          active: on,
          months: on && differs ? Number(values.months) : null,
          reason: reason === '' ? null : reason,
          owner: values.owner.trim() === '' ? null : values.owner.trim(),
          due: on && values.due !== '' ? values.due : null,
        });
        await done(on ? 'Saved. It shows as due when its day comes.' : 'Saved. It is skipped here.');
        return true;
      }}
    >
      <Stack>
        <p>{task.title}</p>
        <Radio.Group
          label="Is it done here?"
          value={values.active}
          onChange={(value) => fields.set('active', value)}
        >
          <Row gap="lg">
            <Radio name="active" value="yes" label="Yes" />
            <Radio name="active" value="no" label="No, skip it" />
          </Row>
        </Radio.Group>
        {on ? (
          <>
            <OwnerField
              people={people}
              value={values.owner}
              onChange={(value) => fields.set('owner', value)}
            />
            <Columns min="10rem">
              {guide === null ? null : (
                <NativeSelect
                  label="Repeats"
                  data={[...new Set([...MONTHS, guide, task.months ?? guide])]
                    .toSorted((a, b) => a - b)
                    .map((months) => ({
                      value: String(months),
                      label: `Every ${months === 1 ? 'month' : `${months} months`}${months === guide ? ' (guide)' : ''}`,
                    }))}
                  {...fields.text('months')}
                />
              )}
              <TextInput
                type="date"
                label={guide === null ? 'Due (optional)' : 'Next day'}
                description={
                  guide === null ? 'For as long as there is something to do.' : 'The first or next time.'
                }
                {...fields.text('due')}
              />
            </Columns>
          </>
        ) : null}
        {!on || differs ? (
          <Textarea label="Why" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        ) : null}
      </Stack>
    </FormDialog>
  );
}
