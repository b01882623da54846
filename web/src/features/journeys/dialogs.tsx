import { Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { today } from '../../ui/time.ts';
import { toast } from '../../ui/toast.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import { reread, undoable } from './acts.ts';
import { type Journey, type JourneyList, KIND_TEXTS, type Step } from './words.ts';

interface JourneyDialogProps {
  readonly journey: Journey;
  readonly list: Pick<JourneyList, 'people' | 'roster'>;
  readonly onClose: () => void;
}

/** Starts someone's offboarding or onboarding, or changes its date and owner. */
export function JourneyDialog({ journey, list, onClose }: JourneyDialogProps) {
  const { slug } = useClientHere();
  const { id, kind, address, name, version } = journey;
  const texts = KIND_TEXTS[kind];
  const asks = id === null && kind === 'leaving' ? list.roster : null;
  const fields = useFields(
    { day: journey.day ?? '', owner: ownerValue(journey.owner), rosterChecked: false },
    {
      day: needed('Enter the date.'),
      rosterChecked: (checked) => (asks === null || checked ? null : 'Check the roster first.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={id === null ? `Start ${texts.noun}: ${name}` : `Change the ${texts.noun} of ${name}`}
      submit={id === null ? 'Start' : 'Save'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { day, rosterChecked } = fields.values;
        const said = { client: slug, day, owner: fields.values.owner.trim() || null };
        if (id === null) {
          const created = await calls.journeys.start({ ...said, kind, address, rosterChecked });
          await reread();
          const due = created.nextDue ?? day;
          undoable(`Started. The next step ${due < today() ? 'was' : 'is'} due ${dayWords(due)}.`, () =>
            calls.journeys.end({
              client: slug,
              journey: created.id ?? '',
              version: created.version,
              why: 'mistake',
            }),
          );
        } else {
          await calls.journeys.edit({ ...said, journey: id, version });
          await reread();
          toast({ kind: 'done', text: 'Saved.' });
        }
        return true;
      }}
    >
      <p>{address}. The owner sees each step under Work until a reading shows that it is done.</p>
      <TextInput type="date" label={texts.day} {...fields.text('day')} />
      <OwnerField
        people={list.people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
      {asks === null ? null : (
        <Checkbox
          label="I checked that the roster is the right one"
          description={`${asks.words} It may be the wrong file.`}
          {...fields.box('rosterChecked')}
        />
      )}
    </FormDialog>
  );
}

interface MarkDialogProps {
  readonly journey: Journey;
  readonly step: Step;
  readonly today: string;
  readonly onClose: () => void;
}

/** Marks a step as done on a date, or accepts that it stays undone. */
export function MarkDialog({ journey, step, today, onClose }: MarkDialogProps) {
  const { slug } = useClientHere();
  const fields = useFields(
    { on: today, how: 'done', note: '' },
    {
      on: needed('Enter the date.'),
      note: (note, { how }) => (how === 'accepted' && note.trim() === '' ? 'Enter the reason.' : null),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${step.title}: ${journey.name}`}
      submit={fields.values.how === 'done' ? 'Mark as done' : 'Accept as not done'}
      onSubmit={async () => {
        if (!fields.check() || journey.id === null) return false;
        const { on, how, note } = fields.values;
        const which = { client: slug, journey: journey.id, step: step.id };
        const marked = await calls.journeys.mark({
          ...which,
          version: step.version,
          on,
          how: how === 'accepted' ? 'accepted' : 'done',
          note: note.trim() || null,
        });
        await reread();
        const version = marked.steps.find(({ id }) => id === step.id)?.version ?? 0;
        undoable('Marked. No control passes because of it.', () =>
          calls.journeys.mark({ ...which, version, on: null }),
        );
        return true;
      }}
    >
      <p>
        This is your statement and changes no verdict.{' '}
        {step.provable
          ? 'A reading from a later day will confirm or contradict it.'
          : 'No source shows this step, so your statement is all there is.'}
      </p>
      <Radio.Group
        label="What happened to it"
        value={fields.values.how}
        onChange={(how) => fields.set('how', how)}
      >
        <Stack gap="sm" above="xs">
          <Radio value="done" label="It is done" />
          <Radio value="accepted" label="It will not be done, for a reason" />
        </Stack>
      </Radio.Group>
      <TextInput type="date" label="Day" max={today} {...fields.text('on')} />
      <Textarea
        label={fields.values.how === 'done' ? 'Note (optional)' : 'Reason'}
        autosize
        minRows={2}
        {...fields.text('note')}
      />
    </FormDialog>
  );
}

/** Assigns one step to someone other than the owner of the journey. */
export function StepOwnerDialog({
  journey,
  step,
  people,
  onClose,
}: Omit<MarkDialogProps, 'today'> & { readonly people: JourneyList['people'] }) {
  const { slug } = useClientHere();
  const fields = useFields({ owner: step.ownOwner ? ownerValue(step.owner) : '' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Owner of this step: ${journey.name}`}
      submit="Save"
      onSubmit={async () => {
        if (journey.id === null) return false;
        const owner = fields.values.owner.trim() || null;
        const which = { client: slug, journey: journey.id, step: step.id, version: step.version };
        await calls.journeys.assign({ ...which, owner });
        await reread();
        toast({ kind: 'done', text: 'Saved.' });
        return true;
      }}
    >
      <p>
        {step.title}. Empty: it is with the owner of the {KIND_TEXTS[journey.kind].noun}.
      </p>
      <OwnerField
        people={people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
    </FormDialog>
  );
}
