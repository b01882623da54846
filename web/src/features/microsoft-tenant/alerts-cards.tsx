import { count } from '../../../../src/domain/text/words.ts';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Part } from './part.tsx';
import { ALERT_WORDS, refusalWords, type Tenant, vendorWords } from './words.ts';

/** What programs tried for people and Entra refused: the connector stops working there, and nobody sees a message. */
export function BackgroundCard({
  background: { read, total, refused },
}: {
  background: Tenant['background'];
}) {
  return (
    <Part
      title="Refused in the background"
      read={read}
      aside={`${count(total, 'sign-in')} in 30 days`}
      flush={refused.length > 0}
    >
      {refused.length === 0 ? (
        <p>None of the sign-ins that programs made for people was refused.</p>
      ) : (
        <Lines label="Refused sign-ins" head="60%">
          {refused.map((one) => (
            <Line
              key={`${one.code} ${one.sources}`}
              head={
                <>
                  <p>{refusalWords(one.code)}</p>
                  <p className="muted">
                    {one.sources === 'connector' ? 'From the connector’s servers' : 'From elsewhere'}
                  </p>
                </>
              }
            >
              <p>
                {count(one.count, 'time')}, last <When at={one.last} inline />
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}

/** Defender's alerts about Claude with what became of them there. */
export function AlertsCard({ alerts: { read, total, list } }: { alerts: Tenant['alerts'] }) {
  return (
    <Part
      title="Alerts of Defender about Claude"
      read={read}
      aside={`${list.length} of ${count(total, 'alert')}`}
      flush={list.length > 0}
    >
      {list.length === 0 ? (
        <p>No alert that was read names Claude. That does not show that Defender looks at it.</p>
      ) : (
        <Lines label="Alerts of Defender" head="60%">
          {list.map((alert) => (
            <Line
              key={alert.id}
              head={
                <>
                  <h3>
                    {alert.link === null || !alert.link.startsWith('https://') ? (
                      alert.title
                    ) : (
                      <a href={alert.link} target="_blank" rel="noreferrer">
                        {alert.title}
                      </a>
                    )}
                  </h3>
                  <p className="muted wraps">
                    {ALERT_WORDS[alert.kind]}, <When at={alert.at} inline />
                    {alert.people.length === 0 ? '' : `, ${alert.people.join(', ')}`}
                  </p>
                </>
              }
            >
              <VerdictMark state={alert.status?.toLowerCase() === 'resolved' ? 'pass' : 'pending'}>
                {alert.status === null ? 'Status not given' : vendorWords(alert.status)}
                {alert.classification === null ? '' : `, ${vendorWords(alert.classification)}`}
              </VerdictMark>
              <p className="muted">Severity {alert.severity ?? 'not given'}</p>
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}
