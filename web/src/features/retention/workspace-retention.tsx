import { count } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { KeepForm } from './keep-form.tsx';
import { keepOf, type Removal } from './words.ts';

type Settings = Awaited<ReturnType<typeof calls.settings.get>>;

const keepingOf = (values: { readings: string; reports: string }) => ({
  readings: keepOf(values.readings),
  reports: keepOf(values.reports),
});

/** How long clients without a setting of their own keep what was superseded. */
export function WorkspaceRetention({ settings }: { settings: Settings }) {
  const { readings, reports } = settings.retention;
  return (
    <Card
      title="How long things are kept"
      aside={readings === 'forever' && reports === 'forever' ? 'Permanently' : 'With an end'}
    >
      <Stack gap="lg">
        <p className="muted">
          For every client without its own setting. Current data, the audit log, statements, exceptions and
          files still in use are never removed.
        </p>
        <KeepForm
          stored={settings}
          valuesOf={({ retention }) => ({ readings: retention.readings, reports: retention.reports })}
          keepingOf={keepingOf}
          preview={(values) => calls.settings.previewRetention(keepingOf(values))}
          save={(values, version) => calls.settings.setRetention({ version, ...keepingOf(values) })}
          more={(removal) => <OfClients removal={removal} />}
          mayChange
        />
      </Stack>
    </Card>
  );
}

type OfAll = Awaited<ReturnType<typeof calls.settings.previewRetention>>;

function OfClients({ removal }: { removal: Removal }) {
  if (!isOfAll(removal)) return null;
  const held = removal.clients.filter((client) => client.held);
  const going = removal.clients.filter((client) => !client.held);
  return (
    <>
      {going.length === 0 ? null : (
        <p>
          Of {count(going.length, 'client')}: {going.map(({ name }) => name).join(', ')}.
        </p>
      )}
      {held.length === 0 ? null : (
        <p>Nothing is removed from {held.map(({ name }) => name).join(', ')}: a legal hold is on.</p>
      )}
    </>
  );
}

function isOfAll(removal: Removal): removal is OfAll {
  return 'clients' in removal;
}
