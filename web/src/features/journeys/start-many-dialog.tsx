import { Checkbox, TextInput } from '@mantine/core';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { OwnerField } from '../work/owner-field.tsx';
import { reread, undoable } from './acts.ts';
import { type Journey, type JourneyList, KIND_TEXTS } from './words.ts';

interface StartManyProps {
  readonly journeys: readonly Journey[];
  readonly list: Pick<JourneyList, 'people' | 'roster'>;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

/** Starts the offboarding or onboarding of several people, each on their date in the roster. */
export function StartManyDialog({ journeys, list, onClose, onStarted }: StartManyProps) {
  const { slug } = useClientHere();
  const kind = journeys[0]?.kind ?? 'leaving';
  const texts = KIND_TEXTS[kind];
  const without = journeys.filter(({ day }) => day === null);
  const asks = kind === 'leaving' ? list.roster : null;
  const fields = useFields(
    { day: '', owner: '', rosterChecked: false },
    {
      day: (value) => (without.length > 0 && value === '' ? 'Enter the date.' : null),
      rosterChecked: (checked) => (asks === null || checked ? null : 'Check the roster first.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Start ${texts.noun} of ${count(journeys.length, 'person', 'people')}`}
      submit="Start"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { day, owner, rosterChecked } = fields.values;
        const { started, before } = await calls.journeys.startMany({
          client: slug,
          kind,
          people: journeys.map((one) => ({ address: one.address, name: one.name, day: one.day ?? day })),
          owner: owner.trim() || null,
          rosterChecked,
        });
        await reread();
        undoable(
          `${started.length} started.${before.length === 0 ? '' : ` Already underway: ${names(before)}.`}`,
          () =>
            Promise.all(
              started.map(({ id, version }) =>
                calls.journeys.end({ client: slug, journey: id ?? '', version, why: 'mistake' }),
              ),
            ),
        );
        onStarted();
        return true;
      }}
    >
      <Stack as="ul" gap="2xs" bullets>
        {journeys.map(({ address, name, day }) => (
          <li key={address} className="wraps">
            {name}, {day === null ? 'no day on the roster' : dayWords(day)}
          </li>
        ))}
      </Stack>
      {without.length === 0 ? null : (
        <TextInput
          type="date"
          label={texts.day}
          description={`For ${names(without.map(({ name }) => name))}, for whom the roster gives no date.`}
          {...fields.text('day')}
        />
      )}
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
