import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count, dayWords, verb } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Overview } from './words.ts';

/** Whether people are reminded, when next, and what prevents mail from being sent. */
export function Reminders({ slug, data }: { slug: string; data: Overview }) {
  const [setting, setSetting] = useState(false);
  const { reminders, mail, may } = data;
  return (
    <Card title="Reminders">
      <Stack>
        <p>
          {reminders.on
            ? `People who have not acknowledged get an email ${count(reminders.firstAfter, 'day')} after a version takes effect, then every ${count(reminders.every, 'day')}, ${count(reminders.most, 'email')} at most.`
            : 'No reminders are sent automatically.'}
        </p>
        {reminders.on && data.coverage.state === 'ready' ? (
          <p className="muted">{nextWords(reminders)}</p>
        ) : null}
        {mail ? null : (
          <Notice>
            No one can be asked by email: mail is not set up under Settings, or this is the sandbox, whose
            people are fictional.
          </Notice>
        )}
        {reminders.failed === 0 ? null : (
          <Notice mark="fail">
            The last email to {count(reminders.failed, 'person', 'people')} was not sent.{' '}
            <AppLink href={`/c/${slug}/policy?tab=sent`}>See why</AppLink>
          </Notice>
        )}
        {may.edit ? (
          <div>
            <Button onClick={() => setSetting(true)}>
              {reminders.on ? 'Change reminders…' : 'Set reminders…'}
            </Button>
          </div>
        ) : null}
        <Distribution slug={slug} data={data} />
      </Stack>
      {setting ? (
        <ReminderDialog slug={slug} reminders={reminders} onClose={() => setSetting(false)} />
      ) : null}
    </Card>
  );
}

/** Staff on the roster without Claude, and how many of them were sent the version in force. */
function Distribution({ slug, data }: { slug: string; data: Overview }) {
  const [busy, setBusy] = useState(false);
  const { distribution, state } = data.coverage;
  if (state !== 'ready') return null;
  if (distribution === null)
    return (
      <p className="muted">Without a current roster, it is not known which staff have no Claude account.</p>
    );
  if (distribution.of === 0) return null;
  const send = async () => {
    setBusy(true);
    try {
      const { sent, failed: lost } = await calls.policy.remind({ client: slug, to: 'without_seat' });
      await done(
        `${count(sent, 'email')} sent.${lost > 0 ? ` ${lost} could not be sent.` : ''}`,
        api.policy.key(),
      );
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        {count(distribution.of, 'person', 'people')} on the roster {verb(distribution.of, 'has', 'have')} no
        Claude account; the version in force was sent to {distribution.reached || 'none'} of them.
      </p>
      {data.may.edit && data.mail && distribution.reached < distribution.of ? (
        <div>
          <Button loading={busy} onClick={() => void send()}>
            Send it to staff without Claude
          </Button>
        </div>
      ) : null}
    </>
  );
}

function nextWords({ next, ended }: Overview['reminders']): string {
  const rest =
    ended === 0
      ? ''
      : ` ${count(ended, 'person', 'people')} will not be reminded again because they have left or reached the maximum number of emails.`;
  if (next === null) return `No reminder is due.${rest}`;
  return `Next on ${dayWords(next.on)}, to ${count(next.people, 'person', 'people')}.${rest}`;
}

const whole = (from: number, to: number) => (text: string) =>
  /^\d{1,3}$/u.test(text.trim()) && Number(text) >= from && Number(text) <= to
    ? null
    : `Enter a whole number from ${from} to ${to}.`;

function ReminderDialog({
  slug,
  reminders,
  onClose,
}: {
  slug: string;
  reminders: Overview['reminders'];
  onClose: () => void;
}) {
  const [on, setOn] = useState(reminders.on || reminders.version === 0);
  const fields = useFields(
    {
      firstAfter: String(reminders.firstAfter),
      every: String(reminders.every),
      most: String(reminders.most),
      daysOff: reminders.daysOff.join('\n'),
    },
    {
      firstAfter: whole(0, 90),
      every: whole(1, 90),
      most: whole(1, 12),
      daysOff: (text) =>
        daysIn(text).every((day) => /^\d{4}-\d{2}-\d{2}$/u.test(day) && !Number.isNaN(Date.parse(day)))
          ? null
          : 'Write each date as 2026-12-24, one per line.',
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Set reminders"
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { firstAfter, every, most, daysOff } = fields.values;
        await calls.policy.setReminders({
          client: slug,
          version: reminders.version,
          on,
          firstAfter: Number(firstAfter),
          every: Number(every),
          most: Number(most),
          daysOff: daysIn(daysOff),
        });
        await done('Reminders are set.', api.policy.key());
        return true;
      }}
    >
      <Checkbox
        label="Remind people who have not acknowledged the policy"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        data-autofocus
      />
      <TextInput label="Days until the first email" inputMode="numeric" {...fields.text('firstAfter')} />
      <TextInput label="Days between emails" inputMode="numeric" {...fields.text('every')} />
      <TextInput
        label="Maximum emails per person"
        description="For one version. Emails sent manually count too."
        inputMode="numeric"
        {...fields.text('most')}
      />
      <Textarea
        label="Days your office is closed"
        description="One per line, such as 2026-12-24. No one is reminded on these days, on weekends or on federal holidays."
        autosize
        minRows={2}
        {...fields.text('daysOff')}
      />
    </FormDialog>
  );
}

function daysIn(text: string): string[] {
  return text.split(/[\s,;]+/u).filter((day) => day !== '');
}
// Guide: G8-17 GA-14
