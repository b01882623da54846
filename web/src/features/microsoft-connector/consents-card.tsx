import { Card } from '../../ui/card.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Connector } from './microsoft-connector-page.tsx';

/** Who consented to the two applications and when, as far back as Entra's audit log goes. */
export function ConsentsCard({ data: { consents, apps } }: { data: Connector }) {
  const named = new Map(apps.map(({ appId, name }) => [appId, name]));
  return (
    <Card
      title="Who consented"
      foot="From Entra’s audit log. Entra keeps it for 7 days, or 30 with P1; Bylaw keeps what it has read."
      flush={consents !== null && consents.list.length > 0}
    >
      {consents === null ? (
        <VerdictMark state="cannot_read">
          Entra’s audit log was not read, or only a part of it, such as a filtered list. Connect Microsoft 365
          under Connections, or import the whole log.
        </VerdictMark>
      ) : consents.list.length === 0 ? (
        <p>
          No consent to these applications
          {consents.from === null ? (
            ''
          ) : (
            <>
              {' '}
              since <When at={consents.from} inline />
            </>
          )}
          . Earlier consents are not known here.
        </p>
      ) : (
        <Lines label="Consents to the connector" head="40%">
          {consents.list.map((one) => (
            <Line
              key={`${one.at} ${one.appId} ${one.by}`}
              head={
                <>
                  <p>{one.by ?? 'An account Entra does not name'}</p>
                  {one.application ? <p className="muted">An application</p> : null}
                </>
              }
            >
              <p>
                <When at={one.at} />: {one.activity}, {named.get(one.appId) ?? one.appId}
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Card>
  );
}
