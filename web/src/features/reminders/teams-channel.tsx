import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { Outcome } from './outcome.tsx';
import { RhythmFields } from './rhythm-fields.tsx';
import { type ChannelOf, RHYTHM_OPTIONS, type Rhythm, rhythmOf, type Tried, WEEKDAYS } from './words.ts';

interface Acts<Shown> {
  readonly set: (wanted: {
    readonly version: number;
    readonly rhythm: Rhythm;
    readonly weekday: number;
    readonly address?: string;
  }) => Promise<Shown>;
  readonly remove: (version: number) => Promise<unknown>;
  readonly test: () => Promise<Tried>;
}

interface Props<Shown> {
  reminders: Shown;
  acts: Acts<Shown>;
}

/** A Teams channel that gets a card of what is due: a client's or the workspace's. */
export function TeamsChannel<Shown extends ChannelOf>({
  reminders,
  acts,
  mayEdit,
}: Props<Shown> & { mayEdit: boolean }) {
  const { teams, steps, limits } = reminders;
  const [removing, setRemoving] = useState(false);
  return (
    <>
      {teams === null ? (
        <p className="muted">No channel is set up. A card there says how much is due, with a link.</p>
      ) : (
        <p>
          Cards go to a workflow at <span className="wraps">{teams.host}</span>.
        </p>
      )}
      {teams?.hasAddress === false ? (
        <Notice mark="cannot_read">
          The address was lost with the key that encrypted it. Copy it from the workflow and enter it again.
        </Notice>
      ) : null}
      {teams === null || (teams.rhythm === 'never' && teams.last === null) ? null : <Outcome {...teams} />}
      {teams?.retryAt == null ? null : (
        <p className="muted">
          Next attempt <When at={teams.retryAt} inline />.
        </p>
      )}
      {mayEdit ? (
        <>
          <Fold summary="How to get an address">
            <Stack as="ol" gap="xs" bullets>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </Stack>
            <p className="muted">{limits.join(' ')}</p>
          </Fold>
          <ChannelForm key={teams === null ? 'none' : 'set'} reminders={reminders} acts={acts} />
          {teams === null ? null : (
            <Try test={acts.test} host={teams.host} onRemove={() => setRemoving(true)} />
          )}
        </>
      ) : null}
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the channel"
        submit="Remove it"
        final
        onSubmit={async () => {
          await acts.remove(reminders.version);
          await done('No more cards are sent. The address is deleted.');
          return true;
        }}
      >
        <p>The address is deleted. The workflow in Teams stays until its owner deletes it there.</p>
      </FormDialog>
    </>
  );
}

const valuesOf = ({ teams }: ChannelOf) => ({
  rhythm: String(teams?.rhythm ?? 'weekly'),
  weekday: String(teams?.weekday ?? 1),
});
const wordOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((one) => one.value === value)?.label ?? value;

function ChannelForm<Shown extends ChannelOf>({ reminders, acts }: Props<Shown>) {
  const fields = useFields(valuesOf(reminders));
  const [address, setAddress] = useState('');
  const { version, theirs, begin } = useEdited(reminders, valuesOf, {
    changed: fields.changed || address !== '',
    reset: (values) => {
      fields.reset(values);
      setAddress('');
    },
  });
  const saving = useSaving({ notice: true });
  const stored = reminders.teams?.hasAddress === true;
  const { rhythm, weekday } = fields.values;
  const save = (on: number) =>
    saving.save(async () => {
      begin(
        await acts.set({
          version: on,
          rhythm: rhythmOf(rhythm),
          weekday: Number(weekday),
          ...(address.trim() === '' ? {} : { address: address.trim() }),
        }),
      );
      await done('The channel is saved. Send a test card to see whether it arrives.');
    });
  return (
    <Stack
      noValidate
      as="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault();
        void save(version);
      }}
    >
      {theirs === null ? null : (
        <ConflictNotice
          {...saving.quicker}
          changes={[
            {
              name: 'Remind the channel',
              before: wordOf(RHYTHM_OPTIONS, valuesOf(theirs).rhythm),
              after: wordOf(RHYTHM_OPTIONS, rhythm),
              same: valuesOf(theirs).rhythm === rhythm,
            },
            {
              name: 'Day',
              before: wordOf(WEEKDAYS, valuesOf(theirs).weekday),
              after: wordOf(WEEKDAYS, weekday),
              same: valuesOf(theirs).weekday === weekday,
            },
          ]}
          onTakeTheirs={() => begin(theirs)}
          onKeepMine={() => void save(theirs.version)}
        />
      )}
      <PasswordInput
        label="Address of the workflow"
        description={
          stored
            ? 'Stored, not shown. Leave it empty to keep it.'
            : 'Anyone who has it can post there. It is encrypted with a key outside the database and never shown again.'
        }
        autoComplete="off"
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Columns min="14rem" gap="lg">
        <RhythmFields
          label="Remind the channel"
          zone={reminders.zone}
          rhythm={fields.text('rhythm')}
          weekday={fields.text('weekday')}
        />
      </Columns>
      <SaveBar saving={saving} changed={fields.changed || address.trim() !== ''}>
        {reminders.teams === null ? 'Set up the channel' : 'Save the channel'}
      </SaveBar>
    </Stack>
  );
}

function Try({
  test: send,
  host,
  onRemove,
}: {
  test: () => Promise<Tried>;
  host: string;
  onRemove: () => void;
}) {
  const test = useMutation({ mutationFn: send });
  return (
    <>
      <Row gap="md">
        <Button loading={test.isPending} onClick={() => test.mutate()}>
          Send a test card
        </Button>
        <Button onClick={onRemove}>Remove the channel…</Button>
      </Row>
      <div role="status">
        {test.data === undefined ? null : (
          <Notice mark={test.data.accepted ? 'info' : 'fail'}>
            {test.data.says}
            {test.data.answer === null ? null : (
              <span className="wraps">
                {' '}
                {host} said: {test.data.answer}
              </span>
            )}
          </Notice>
        )}
        {test.error === null ? null : (
          <Notice mark="cannot_read">No card was sent. {explainError(test.error).text}</Notice>
        )}
      </div>
    </>
  );
}
