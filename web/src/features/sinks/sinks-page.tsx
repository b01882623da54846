import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { KindDialog } from './kind-dialog.tsx';
import { sinksRoute } from './routes.tsx';
import { SinkCard } from './sink-card.tsx';
import { SinkDialog } from './sink-dialog.tsx';
import classes from './sinks.module.css';
import type { Sinks } from './words.ts';

/** Where a client's activities and alerts are sent, the status of each sink, and the possible actions. */
export function SinksPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.sinks.list.queryOptions({ input: { client: slug } }));
  return (
    <Page
      title="Sinks"
      permission="connections.read"
      load={load}
      meta="Where activities, alerts and the audit log are sent. This is optional; nothing else depends on it."
      actions={(data) =>
        data.may.edit ? (
          <LinkButton href={`/c/${slug}/connections/sinks?add=choose`} variant="filled">
            Add a sink
          </LinkButton>
        ) : null
      }
      className={classes.page}
    >
      {(data) => (
        <>
          <div className={classes.tabs}>
            <ConnectionTabs />
          </div>
          <Stack gap="lg" inset="tall">
            <List data={data} />
            <Leaves />
            <Defender data={data} />
          </Stack>
          <Dialogs data={data} />
        </>
      )}
    </Page>
  );
}

function List({ data }: { data: Sinks }) {
  if (data.items.length === 0)
    return (
      <EmptyState title="Nothing is sent anywhere.">
        Add a sink to send activities, alerts and the audit log to Splunk, Microsoft Sentinel, a collector or
        files. Until then, they stay only in Bylaw.
      </EmptyState>
    );
  return data.items.map((sink) => <SinkCard key={sink.id} sink={sink} mayEdit={data.may.edit} />);
}

function Leaves() {
  return (
    <Card title="What is sent">
      <div className={classes.words}>
        <Stack as="ul" gap="xs" bullets>
          <li>
            <strong>Sent:</strong> who did what, when, with which tool, and how much. It includes names, email
            addresses and IP addresses, so it is personal data: tell staff where it goes, and choose only the
            categories the other side needs.
          </li>
          <li>
            <strong>Never sent:</strong> what people wrote or what Claude answered.
          </li>
          <li>
            <strong>From the audit log:</strong> who did what in Bylaw, with the number and hash of each
            record. Anyone who keeps those can prove later that the log was not rewritten.
          </li>
        </Stack>
      </div>
    </Card>
  );
}

function Defender({ data: { defender } }: { data: Sinks }) {
  return (
    <Card
      title={defender.title}
      aside={
        defender.route === null ? 'No route' : defender.works ? 'Route takes events' : 'Route does not work'
      }
    >
      <div className={classes.words}>
        {defender.says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Notice mark={defender.route !== null && !defender.works ? 'fail' : 'info'}>
          {defender.route ??
            'No sink leads there. Until one to a system named above does, Defender shows no Claude activity from here.'}
        </Notice>
      </div>
    </Card>
  );
}

function Dialogs({ data }: { data: Sinks }) {
  const { add, edit } = sinksRoute.useSearch();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '.', search: {} as never, replace: true });
  if (!data.may.edit) return null;
  if (add === 'choose') return <KindDialog kinds={data.kinds} onClose={close} />;
  const kind = data.kinds.find(({ id }) => id === add);
  if (kind !== undefined)
    return (
      <SinkDialog
        key={kind.id}
        kind={kind}
        sink={null}
        mayForwardWorkspace={data.may.workspaceAudit}
        onClose={close}
      />
    );
  const sink = data.items.find(({ id }) => id === edit);
  const its = data.kinds.find(({ id }) => id === sink?.kind);
  return sink === undefined || its === undefined ? null : (
    <Steady of={sink}>
      {(steady) => (
        <SinkDialog
          key={`${steady.id} ${steady.version}`}
          kind={its}
          sink={steady}
          mayForwardWorkspace={data.may.workspaceAudit}
          onClose={close}
        />
      )}
    </Steady>
  );
}
