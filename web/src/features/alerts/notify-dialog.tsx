import { Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { LoadFailed } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { ChannelAlerts, changed, LastNotice } from '../reminders/channel-alerts.tsx';

/**
 * Who is notified of this client's critical alerts at once: the current user by email, and the client's Teams channel.
 */
export function NotifyDialog({ onClose }: { onClose: () => void }) {
  const { slug, name } = useClientHere();
  useReturnFocus(true);
  const load = useQuery(api.reminders.alerts.queryOptions({ input: { client: slug } }));
  const { data } = load;
  return (
    <Modal opened onClose={onClose} title={`Critical alerts of ${name}`}>
      {data === undefined ? (
        <LoadFailed load={load} what="Who is notified" />
      ) : data.sandbox ? (
        <p>The sandbox association is fictional, so no one is notified of its alerts.</p>
      ) : (
        <Stack gap="lg">
          <p>
            A message within a minute says how many there are and where, but never who did what. There is at
            most one message per day about each group of alerts.
          </p>
          <Switch
            label={`Email ${data.mine.to}`}
            description={
              data.mail ? <LastNotice last={data.mine.last} /> : 'Mail is not set up yet, so nothing is sent.'
            }
            checked={data.mine.on}
            onChange={({ currentTarget: { checked } }) =>
              void changed(
                calls.reminders.setMyAlerts({ client: slug, on: checked }),
                checked ? 'You will get critical alerts by email.' : 'You will not get alerts by email.',
              )
            }
          />
          {data.teams === null ? (
            <p className="muted">
              No channel in Teams is set up for this client.{' '}
              <AppLink href={`/c/${slug}/settings`}>Set one up</AppLink>
            </p>
          ) : (
            <ChannelAlerts notices={data} label={`Channel in Teams (${data.teams.host})`} />
          )}
        </Stack>
      )}
    </Modal>
  );
}
