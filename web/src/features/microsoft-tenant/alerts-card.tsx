import { Button } from '@mantine/core';
import { useState } from 'react';
import { count, names } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { StartDialog } from '../incidents/start-dialog.tsx';
import { CloseAlertDialog } from './close-alert-dialog.tsx';
import { Part } from './part.tsx';
import {
  ALERT_WORDS,
  CLOSING_WORDS,
  closedWords,
  reportedWords,
  type Tenant,
  vendorWords,
  WRITER_WORDS,
} from './words.ts';

type Alert = Tenant['alerts']['list'][number];
const KINDS = Object.keys(ALERT_WORDS) as readonly Alert['kind'][];

/** Defender's alerts about Claude by kind, with their status in Defender and the classification given here. */
export function AlertsCard({ alerts }: { alerts: Tenant['alerts'] }) {
  const { read, total, list, writer, may } = alerts;
  const [closing, setClosing] = useState<Alert | null>(null);
  const [promoting, setPromoting] = useState<Alert | null>(null);
  const none = (['dlp', 'access', 'bulk_files', 'upload_volume'] as const).filter(
    (kind) => !list.some((one) => mayBe(one, kind)),
  );
  return (
    <Part
      title="Defender alerts about Claude"
      read={read}
      aside={`${list.length} of ${count(total, 'alert')}`}
      foot={WRITER_WORDS[writer]}
    >
      {list.length === 0 ? (
        <p>No alert that was read names Claude. That does not show that Defender looks at it.</p>
      ) : (
        <Stack gap="md">
          {KINDS.map((kind) => {
            const own = list.filter((one) => one.kind === kind);
            return own.length === 0 ? null : (
              <section key={kind}>
                <h3>{`${ALERT_WORDS[kind]}: ${count(own.length, 'alert')}`}</h3>
                <Lines label={ALERT_WORDS[kind]} head="60%">
                  {own.map((alert) => (
                    <AlertLine
                      key={alert.id}
                      alert={alert}
                      onClose={may.close ? () => setClosing(alert) : null}
                      onPromote={may.promote ? () => setPromoting(alert) : null}
                    />
                  ))}
                </Lines>
              </section>
            );
          })}
          {none.length === 0 ? null : (
            <p className="muted">No alert of these kinds: {names(none.map((kind) => ALERT_WORDS[kind]))}.</p>
          )}
        </Stack>
      )}
      {promoting === null ? null : (
        <StartDialog defender={promoting.id} drill={false} onClose={() => setPromoting(null)} />
      )}
      {closing === null ? null : (
        <CloseAlertDialog alert={closing} writer={writer} onClose={() => setClosing(null)} />
      )}
    </Part>
  );
}

/** An alert of bulk use whose title does not distinguish between the two kinds may be either of them. */
function mayBe(alert: Alert, kind: Alert['kind']): boolean {
  if (alert.kind === 'bulk') return kind === 'bulk_files' || kind === 'upload_volume';
  return alert.kind === kind;
}

interface AlertLineProps {
  readonly alert: Alert;
  readonly onClose: (() => void) | null;
  readonly onPromote: (() => void) | null;
}

function AlertLine({ alert, onClose, onPromote }: AlertLineProps) {
  const { slug } = useClientHere();
  const { status, classification, classified, closed, incident } = alert;
  const open = !classified && (closed === null || closed.state === 'here' || closed.state === 'refused');
  return (
    <Line
      head={
        <>
          <h4>
            {alert.link?.startsWith('https://') ? (
              <a href={alert.link} target="_blank" rel="noreferrer">
                {alert.title}
              </a>
            ) : (
              alert.title
            )}
          </h4>
          <p className="muted wraps">
            Severity {alert.severity ?? 'not reported'}, <When at={alert.at} inline />
            {alert.people.length === 0 ? '' : `, ${alert.people.join(', ')}`}
          </p>
        </>
      }
    >
      <VerdictMark state={classified ? 'pass' : 'pending'}>
        In Defender: {status === null ? 'status not reported' : vendorWords(status)}
        {classification === null ? '' : `, ${vendorWords(classification)}`}
      </VerdictMark>
      {closed === null ? null : (
        <p className="wraps">
          {closedWords(closed)}, by {closed.by} <When at={closed.at} inline />.{' '}
          {CLOSING_WORDS[closed.problem ?? closed.state]}
        </p>
      )}
      {alert.destination === 'claude' ? null : (
        <p>It does not report where the data went. Check in Defender whether it was Claude.</p>
      )}
      {reportedWords(alert).map((words) => (
        <p key={words} className="muted wraps">
          {words}
        </p>
      ))}
      {incident === null ? null : (
        <p>
          Made into <AppLink href={`/c/${slug}/incidents/${incident.id}`}>{incident.code}</AppLink>
        </p>
      )}
      <Row>
        {open && onClose !== null ? (
          <Button onClick={onClose}>
            {closed === null ? 'Close with a classification' : 'Classify again'}
            <span className="hidden-text">: {alert.title}</span>
          </Button>
        ) : null}
        {incident === null && onPromote !== null ? (
          <Button onClick={onPromote}>
            Open an incident
            <span className="hidden-text">: {alert.title}</span>
          </Button>
        ) : null}
      </Row>
    </Line>
  );
}
// Guide: G5.5-03 G7.2-09
