import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { Columns, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { Outcome } from './outcome.tsx';
import { RhythmFields } from './rhythm-fields.tsx';
import { type Mine, rhythmOf } from './words.ts';

const TITLE = 'Reminders by mail';

/** How the viewer is reminded of due work by mail, and the outcome of the last mail. */
export function MailCard() {
  const load = useQuery(api.reminders.mine.queryOptions({ input: {} }));
  if (load.data !== undefined)
    return <Shown key={`${load.data.rhythm} ${load.data.weekday} ${load.data.ownOnly}`} mine={load.data} />;
  return (
    <Card title={TITLE}>
      {load.error === null ? (
        <p className="muted">Loading…</p>
      ) : (
        <LoadFailed load={load} what="Your reminders" />
      )}
    </Card>
  );
}

function Shown({ mine }: { mine: Mine }) {
  const fields = useFields({
    rhythm: String(mine.rhythm),
    weekday: String(mine.weekday),
    ownOnly: mine.ownOnly,
  });
  const saving = useSaving();
  const save = () =>
    saving.save(async () => {
      const { rhythm, weekday, ownOnly } = fields.values;
      await calls.reminders.setMine({ rhythm: rhythmOf(rhythm), weekday: Number(weekday), ownOnly });
      await done('Your reminders are saved.', api.reminders.key());
    });
  return (
    <Card
      title={TITLE}
      aside={`To ${mine.to}`}
      foot="An email says how much is due at each client, with a link. It shows details only for clients that allow it."
    >
      <Stack
        noValidate
        as="form"
        gap="lg"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {mine.mail ? null : (
          <Notice mark="cannot_read">
            Mail is not set up, so nothing is sent. An Owner can set it up under Settings.
          </Notice>
        )}
        <Columns min="14rem" gap="lg">
          <RhythmFields
            label="Remind me"
            zone={mine.zone}
            rhythm={fields.text('rhythm')}
            weekday={fields.text('weekday')}
          />
        </Columns>
        <Checkbox
          label="Only what is assigned to me"
          description="Only what you own and what is waiting for your decision. Otherwise everything you can see. Your calendar follows this setting too."
          {...fields.box('ownOnly')}
        />
        <p className="muted">
          Due now: {count(mine.due, 'item', 'items')}. When nothing is due, no email is sent.
        </p>
        {mine.rhythm === 'never' && mine.last === null ? null : <Outcome {...mine} />}
        <SaveBar saving={saving} changed={fields.changed}>
          Save reminders
        </SaveBar>
      </Stack>
    </Card>
  );
}
