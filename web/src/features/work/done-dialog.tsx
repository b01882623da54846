import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { EvidenceField } from '../attestations/evidence-field.tsx';
import { useEvidence } from '../attestations/use-evidence.ts';
import { AREA_WORDS, type Recurring } from './words.ts';
import classes from './work.module.css';

type Area = NonNullable<Recurring['review']>[number];

/** Records that the viewer did a task. No checkbox is preselected. */
export function DoneDialog({
  task,
  today,
  onClose,
}: {
  task: Recurring;
  today: string;
  onClose: () => void;
}) {
  const { slug, name: clientName } = useClientHere();
  const { person } = useSession();
  const proof = useEvidence(slug, clientName);
  const [areas, setAreas] = useState<ReadonlySet<Area>>(new Set());
  const fields = useFields(
    { on: '', note: '' },
    {
      on: (value) => {
        if (value === '') return 'Enter the date it was done.';
        return value > today ? `That day is in the future. Today is ${dayWords(today)}.` : null;
      },
      note: needed('Briefly say what was found.'),
    },
  );
  const review = task.review ?? [];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Mark as done"
      submit="Record it"
      onSubmit={async () => {
        if (!fields.check() || !proof.check()) return false;
        await calls.work.done({
          client: slug,
          task: task.id,
          on: fields.values.on,
          note: fields.values.note.trim(),
          areas: [...areas],
          evidence: proof.files.map(({ sha256 }) => sha256),
        });
        await done('Recorded. The controls are being re-evaluated.');
        return true;
      }}
    >
      <Stack>
        <p>{task.title}</p>
        <TextInput type="date" label="Date done" max={today} {...fields.text('on')} />
        {review.length === 0 ? null : (
          <fieldset className={classes.boxes}>
            <legend>What was reviewed</legend>
            {review.map((area) => (
              <Checkbox
                key={area}
                label={AREA_WORDS[area]}
                checked={areas.has(area)}
                onChange={({ currentTarget: { checked } }) =>
                  setAreas(
                    (was) => new Set(checked ? [...was, area] : [...was].filter((one) => one !== area)),
                  )
                }
              />
            ))}
          </fieldset>
        )}
        <Textarea
          label="What was found"
          description="Even if nothing was found."
          autosize
          minRows={2}
          maxLength={4000}
          {...fields.text('note')}
        />
        <EvidenceField slug={slug} evidence={proof} />
        <p className="muted">
          {review.length === 0
            ? ''
            : 'Without evidence, the task moves on, but it does not count as a review for any control. '}
          This is recorded in your name: {person.name} ({person.email}).
        </p>
      </Stack>
    </FormDialog>
  );
}
