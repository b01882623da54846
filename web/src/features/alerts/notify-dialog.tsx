import { Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Notices = Awaited<ReturnType<typeof calls.reminders.alerts>>;

/** Who hears of critical alerts of this client at once: whoever looks, by mail, and the client's channel in Teams. */
export function NotifyDialog({ onClose }: { onClose: () => void }) {
  const { slug, name } = useClientHere();
  const load = useQuery(api.reminders.alerts.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const set = async (change: Promise<unknown>, text: string) => {
    try {
      await change;
      await done(text, api.reminders.key());
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Critical alerts of ${name}`}>
      {data === undefined ? (
        <LoadFailed load={load} what="Who is notified" />
      ) : data.sandbox ? (
        <p>The sandbox association is invented, so no one is notified of its alerts.</p>
      ) : (
        <Stack gap="lg">
          <p>
            A message within a minute says how many there are and where, never who did what. There is at most
            one message a day about a group of alerts.
          </p>
          <Switch
            label={`Mail to ${data.mine.to}`}
            description={
              data.mail ? <Last last={data.mine.last} /> : 'Mail is not set up yet, so nothing is sent.'
            }
            checked={data.mine.on}
            onChange={({ currentTarget: { checked } }) =>
              void set(
                calls.reminders.setMyAlerts({ client: slug, on: checked }),
                checked ? 'You will get critical alerts by email.' : 'You will get no alerts by email.',
              )
            }
          />
          {data.teams === null ? (
            <p className="muted">
              Teams: no channel is set up for this client.{' '}
              <AppLink href={`/c/${slug}/settings`}>Client settings</AppLink>
            </p>
          ) : (
            <Switch
              label={`Channel in Teams (${data.teams.host})`}
              description={<Last last={data.teams.last} />}
              disabled={!data.can.teams}
              checked={data.teams.on}
              onChange={({ currentTarget: { checked } }) =>
                void set(
                  calls.reminders.setTeamsAlerts({ client: slug, on: checked }),
                  checked ? 'The channel will get critical alerts.' : 'The channel will get no alerts.',
                )
              }
            />
          )}
        </Stack>
      )}
    </Modal>
  );
}

/** What the newest message came to. */
function Last({ last }: { last: Notices['mine']['last'] }) {
  if (last === null) return 'No message has been sent yet.';
  if (last.state === 'failed') return `The last message could not be sent. ${last.why ?? ''}`;
  return (
    <>
      {last.state === 'sent' ? 'Last message ' : 'Last message started '}
      <When at={last.at} inline />.
    </>
  );
}
