import { Switch } from '@mantine/core';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { When } from '../../ui/when.tsx';

export type Notices = Awaited<ReturnType<typeof calls.reminders.alerts>>;

/** Whether critical alerts also go to the client's Teams channel; nothing if there is no channel. */
export function ChannelAlerts({ notices: { teams, can }, label }: { notices: Notices; label: string }) {
  const { slug } = useClientHere();
  if (teams === null) return null;
  return (
    <Switch
      label={label}
      description={<LastNotice last={teams.last} />}
      disabled={!can.teams}
      checked={teams.on}
      onChange={({ currentTarget: { checked } }) =>
        void changed(
          calls.reminders.setTeamsAlerts({ client: slug, on: checked }),
          checked ? 'The channel will get critical alerts.' : 'The channel will get no alerts.',
        )
      }
    />
  );
}

/** Awaits a change of who is notified, and shows the outcome. */
export async function changed(change: Promise<unknown>, text: string): Promise<void> {
  try {
    await change;
    await done(text, api.reminders.key());
  } catch (error) {
    failed(error);
  }
}

/** The outcome of the newest message. */
export function LastNotice({ last }: { last: Notices['mine']['last'] }) {
  if (last === null) return 'No message has been sent yet.';
  if (last.state === 'failed') return `The last message could not be sent. ${last.why ?? ''}`;
  return (
    <>
      {last.state === 'sent' ? 'Last message ' : 'Last message started '}
      <When at={last.at} inline />.
    </>
  );
}
