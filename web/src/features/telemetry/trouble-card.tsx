import { Link } from '@tanstack/react-router';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { events, type Refusal, type Telemetry } from './words.ts';

/** Organizations named in telemetry, what was refused, and where the charter differs. */
export function TroubleCard({ data }: { data: Telemetry }) {
  return (
    <>
      <OrganizationsCard data={data} />
      {data.refusals.length === 0 ? null : <RefusalsCard refusals={data.refusals} />}
    </>
  );
}

function OrganizationsCard({ data }: { data: Telemetry }) {
  const { slug } = useClientHere();
  const { own, read, seen } = data.organizations;
  const { charterEndpoint, endpoint } = data;
  return (
    <Card title="Which organization it belongs to">
      <Stack>
        {own === null && read.length > 0 ? (
          <p>
            The sources read{' '}
            {read.map(({ id, name }, index) => (
              <span key={id}>
                {index === 0 ? null : ', '}
                {name === null ? null : `${name} `}
                <code>{id}</code>
              </span>
            ))}
            . Events of any other organization are kept separate.
          </p>
        ) : own === null ? (
          <p>
            The charter does not state the ID of the Claude organization and no source reads it, so events of
            other organizations cannot be recognized.{' '}
            <Link to="/c/$client/charter" params={{ client: slug }}>
              Add it to the charter
            </Link>
            .
          </p>
        ) : (
          <p>
            The charter states <code>{own}</code>
            {read.length === 0
              ? null
              : `, and the sources read ${read.length === 1 ? 'one organization' : `${read.length} organizations`}`}
            . Events of any other organization are kept separate.
          </p>
        )}
        {seen.length === 0 ? null : (
          <Stack as="ul" gap="sm" divided>
            {seen.map((one) => (
              <Row as="li" justify="between" align="baseline" key={one.organization}>
                <span className="grow">
                  <code>{one.organization}</code>
                  <span className="muted line">
                    {events(one.events)}, first <When at={one.firstAt} inline />, last{' '}
                    <When at={one.lastAt} inline />
                  </span>
                </span>
                <Whose own={one.own} />
              </Row>
            ))}
          </Stack>
        )}
        {charterEndpoint === null ? (
          <p className="muted">
            The charter does not say where telemetry goes. If it says {endpoint.base}, the device lockdown
            files send it here.
          </p>
        ) : charterEndpoint.isThisConsole ? (
          <p className="muted">
            The charter sends telemetry here, so the device lockdown files do too. Put a token into them.
          </p>
        ) : (
          <p className="muted">
            The charter sends telemetry to {charterEndpoint.value}, not to this console.
          </p>
        )}
      </Stack>
    </Card>
  );
}

function Whose({ own }: { own: boolean | null }) {
  if (own === null) return <VerdictMark state="cannot_read">Not reported</VerdictMark>;
  return own ? (
    <VerdictMark state="pass">Own</VerdictMark>
  ) : (
    <VerdictMark state="fail">Another organization</VerdictMark>
  );
}

const KIND_WORDS: Readonly<Record<Refusal['kind'], string>> = {
  refused: 'Refused',
  left_out: 'Left out',
  later: 'Asked to wait',
};

function RefusalsCard({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <Card title="Rejected or not kept" foot="In the last seven days." flush>
      <PlainTable
        label="Rejected or not kept"
        rows={refusals}
        rowId={(one) => `${one.signal} ${one.reason}`}
        columns={[
          {
            head: 'What',
            cell: (one) => (
              <>
                {KIND_WORDS[one.kind]} <span className="muted">({one.signal})</span>
              </>
            ),
          },
          { head: 'Why', cell: (one) => one.words },
          { head: 'How many', cell: (one) => one.records.toLocaleString('en') },
          { head: 'Last', cell: (one) => <When at={one.lastAt} /> },
        ]}
      />
    </Card>
  );
}
