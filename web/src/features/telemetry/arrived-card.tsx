import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Seen, Telemetry } from './words.ts';

/** The newest events, or a note that the page waits for the first one. */
export function ArrivedCard({ data }: { data: Telemetry }) {
  const [newest] = data.newest;
  if (newest === undefined)
    return (
      <Card title="Last events">
        <Waiting data={data} />
      </Card>
    );
  return (
    <Card title="Last events" flush>
      <PlainTable
        label="Last events"
        rows={data.newest}
        rowId={(seen) => seen.seq}
        columns={[
          { head: 'Received', cell: (seen) => <When at={seen.receivedAt} /> },
          {
            head: 'Recognized as',
            cell: (seen) => (
              <>
                {seen.words} <code className="muted">{seen.type}</code>
                <ToolWords seen={seen} />
              </>
            ),
          },
          { head: 'Sent by', cell: (seen) => seen.emitterTitle },
          { head: 'Person', cell: (seen) => seen.person ?? <span className="muted">not named</span> },
        ]}
      />
    </Card>
  );
}

function Waiting({ data }: { data: Telemetry }) {
  if (data.emitters.length > 0)
    return <p>The last events are older. Earlier events are listed below by sender.</p>;
  return (
    <Stack gap="xs" role="status" className="measure">
      <VerdictMark state="pending">Waiting for the first event</VerdictMark>
      <p>
        Put the token and the address on this page into the settings of the sending product, and start a
        session there. The first event appears here within seconds.
      </p>
    </Stack>
  );
}

function ToolWords({ seen }: { seen: Seen }) {
  if (seen.tool === null && seen.connector === null) return null;
  const effect = seen.effect === 'unknown' ? 'read or write not known' : seen.effect;
  const words = [
    seen.connector === 'unnamed' ? 'a connector that is not named' : seen.connector,
    seen.tool,
    effect,
  ];
  return <span className="muted line">{words.filter((word) => word !== null).join(', ')}</span>;
}
