import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, type client as calls } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { WorkspaceChannel } from '../reminders/workspace-channel.tsx';
import { WorkspaceRetention } from '../retention/workspace-retention.tsx';
import { BackupCard } from './backup-card.tsx';
import { HeadsCard } from './heads-card.tsx';
import { MailCard } from './mail-card.tsx';
import { NameCard } from './name-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { TimeStampsCard } from './time-stamps-card.tsx';

export type Settings = Awaited<ReturnType<typeof calls.settings.get>>;

/** Workspace settings: name, outgoing mail, Teams channel, retention, backup, data location, and contacted hosts. */
export function SettingsPage() {
  const load = useQuery(api.settings.get.queryOptions({ input: {} }));
  return (
    <OverviewPage
      title="Settings"
      permission="workspace.settings"
      load={load}
      meta="Settings for every client in this workspace."
      main={(settings: Settings) => (
        <>
          <Warnings warnings={settings.server.warnings} />
          <NameCard settings={settings} />
          <MailCard settings={settings} />
          <Steady of={settings}>
            {(steady) => <SecondFactorCard key={steady.version} settings={steady} />}
          </Steady>
          <WorkspaceChannel />
          <WorkspaceRetention settings={settings} />
          <Steady of={settings}>{(steady) => <HeadsCard key={steady.version} settings={steady} />}</Steady>
          <Steady of={settings}>
            {(steady) => <TimeStampsCard key={steady.version} settings={steady} />}
          </Steady>
          <BackupCard backup={settings.backup} />
        </>
      )}
      side={(settings: Settings) => (
        <>
          <Outbound hosts={settings.outbound} />
          <Server settings={settings} />
          <Card title="Shortcuts and appearance">
            <p className="muted">
              Each person chooses single-letter shortcuts and light or dark mode.{' '}
              <Link to="/me">Change yours under your account.</Link>
            </p>
          </Card>
        </>
      )}
    />
  );
}

/** The warnings from the server's startup, for people who never see its terminal. */
function Warnings({ warnings }: { warnings: Settings['server']['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <Card title="Security warnings for this server" foot="Server settings are described in docs/running.md.">
      <Stack as="ul" gap="sm" bullets>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </Stack>
    </Card>
  );
}

function Outbound({ hosts }: { hosts: Settings['outbound'] }) {
  if (hosts.length === 0)
    return (
      <Card title="Hosts that the server contacts">
        <p>The server contacts no one.</p>
        <p className="muted">A mail server and sign-in providers appear here once they are set up.</p>
      </Card>
    );
  return (
    <Card
      title="Hosts that the server contacts"
      foot="Nothing outside this list is contacted. Names are resolved with this machine’s DNS server."
      flush
    >
      <PlainTable
        label="Hosts that the server contacts"
        rows={hosts}
        rowId={({ host, for: use }) => `${host} ${use}`}
        columns={[
          { head: 'Host', className: 'wraps', cell: ({ host }) => host },
          { head: 'For', cell: ({ for: use }) => use },
        ]}
      />
    </Card>
  );
}

function Server({ settings: { database, server } }: { settings: Settings }) {
  return (
    <Card title="Server and database">
      <Facts
        facts={[
          ['Address', server.origin],
          ['Version', server.version],
          ['Database', database.engine === 'embedded' ? 'Embedded, on this machine' : 'PostgreSQL server'],
          ['Location', <code key="place">{database.place}</code>],
          ['Files', <code key="files">{server.dataDir}</code>],
        ]}
      />
    </Card>
  );
}
