import { useQuery } from '@tanstack/react-query';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import classes from './reminders.module.css';
import { TeamsChannel } from './teams-channel.tsx';

const TITLE = 'Reminders in Microsoft Teams';

/** The workspace's channel, which is notified of how much is due at each client. */
export function WorkspaceChannel() {
  const load = useQuery(api.reminders.ofWorkspace.queryOptions({ input: {} }));
  if (load.error !== null)
    return (
      <Card title={TITLE}>
        <LoadFailed load={load} what="The channel in Teams" />
      </Card>
    );
  if (load.data === undefined) return null;
  return (
    <Card
      title={TITLE}
      aside={load.data.teams === null ? 'Not set up' : `Through ${load.data.teams.host}`}
      foot="A card says how much is due at each client, without details. Each client can have its own channel, under its settings."
    >
      <div className={classes.part}>
        <TeamsChannel
          reminders={load.data}
          mayEdit
          acts={{
            set: (wanted) => calls.reminders.setWorkspaceTeams(wanted),
            remove: (version) => calls.reminders.removeWorkspaceTeams({ version }),
            test: () => calls.reminders.testWorkspaceTeams({}),
          }}
        />
      </div>
    </Card>
  );
}
