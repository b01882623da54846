import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { dayIn } from '../../ui/time.ts';
import type { Report } from './words.ts';

/** No comparison with an earlier report. */
const NONE = 'none';

interface MakeDialogProps {
  /** Existing reports, newest first, to compare the new one with. */
  readonly reports: readonly Report[];
  readonly onClose: () => void;
  readonly onMade: (report: string) => void;
}

/** Creates a report that will not change: for today, or for a past day from what is known now. */
export function MakeDialog({ reports, onClose, onMade }: MakeDialogProps) {
  const { slug, timezone } = useClientHere();
  const today = dayIn(timezone, serverNow());
  const [past, setPast] = useState(false);
  const fields = useFields(
    { title: 'Claude governance report', asOf: '', since: '' },
    {
      title: needed('Enter the title for the report’s first page.'),
      asOf: (value) => {
        if (!past) return null;
        if (value === '') return 'Choose the report’s date.';
        return value > today ? `That day is in the future. Today is ${dayWords(today)}.` : null;
      },
    },
  );
  const { values } = fields;
  const day = past && values.asOf !== '' ? values.asOf : today;
  const earlier = reports.filter(({ asOf }) => asOf <= day);
  const submit = async () => {
    if (!fields.check()) return false;
    const created = await calls.reports.make({
      client: slug,
      title: values.title.trim(),
      ...(past ? { asOf: values.asOf } : {}),
      ...(values.since === '' || (values.since !== NONE && !earlier.some(({ id }) => id === values.since))
        ? {}
        : { since: values.since }),
    });
    await done(`“${created.title}” was created and will not change.`, api.reports.key());
    onMade(created.id);
    return false;
  };
  return (
    <FormDialog opened onClose={onClose} title="Create a report" submit="Create report" onSubmit={submit}>
      <Stack gap="lg">
        <TextInput label="Title" maxLength={200} {...fields.text('title')} />
        <Radio.Group
          label="As of"
          value={past ? 'past' : 'today'}
          onChange={(value) => setPast(value === 'past')}
        >
          <Stack gap="sm" above="sm">
            <Radio value="today" label={`Today, ${dayWords(today)}`} />
            <Radio value="past" label="The end of a past day, based on what is known now" />
          </Stack>
        </Radio.Group>
        {past ? <TextInput type="date" label="Day" max={today} {...fields.text('asOf')} /> : null}
        <NativeSelect
          label="Compare with an earlier report"
          description="The report then says what has changed since."
          data={[
            { value: '', label: earlier.length === 0 ? 'No earlier report' : 'The newest one' },
            ...earlier.map(({ id, title, asOf }) => ({
              value: id,
              label: `${title}, as of ${dayWords(asOf)}`,
            })),
            ...(earlier.length === 0 ? [] : [{ value: NONE, label: 'No comparison' }]),
          ]}
          {...fields.text('since')}
        />
      </Stack>
    </FormDialog>
  );
}
