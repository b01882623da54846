import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { ProposedChange } from './proposed-change.tsx';
import type { Detection } from './words.ts';

interface DetectionPanelProps {
  readonly detection: Detection;
  readonly may: boolean;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** One detection: what it detects, what it cannot see, and which alerts it would have raised. */
export function DetectionPanel({ detection, may, onChange, onClose }: DetectionPanelProps) {
  const { slug } = useClientHere();
  const [tried, setTried] = useState(false);
  return (
    <SidePanel title={detection.title} code={detection.id} onClose={onClose}>
      <Stack gap="lg">
        {detection.works.why === null ? null : <Notice mark="cannot_read">{detection.works.why}</Notice>}
        <p>{detection.purpose}</p>
        <ProposedChange detection={detection} may={may} />
        <Row>
          {may ? (
            <Button onClick={onChange}>{detection.on ? 'Switch off or tune…' : 'Switch on or tune…'}</Button>
          ) : null}
          <Button onClick={() => setTried(true)} disabled={tried}>
            Try on the last 90 days
          </Button>
        </Row>
        {tried ? <Tried detection={detection} /> : null}
        <Facts
          long
          facts={[
            ['State', detection.on ? 'On' : 'Off'],
            ...(detection.number === null
              ? []
              : [
                  [
                    detection.number.what,
                    `${detection.number.value} (allowed: ${detection.number.min} to ${detection.number.max})`,
                  ] as const,
                ]),
            ...(detection.history === null
              ? []
              : [
                  [
                    'Minimum history',
                    `${count(detection.history.value, 'day')} (allowed: ${detection.history.min} to ${detection.history.max})`,
                  ] as const,
                ]),
            [
              'Alerts so far',
              <AppLink key="alerts" href={`/c/${slug}/alerts?state=all&detection=${detection.id}`}>
                {count(detection.all, 'alert')}
              </AppLink>,
            ],
            ['Not seen', detection.blind],
            ['Known false positives', detection.falsePositives.join(' ')],
            ...(detection.changed === null
              ? []
              : [
                  [
                    'Last change',
                    <span key="changed">
                      {detection.changed.by}
                      {detection.changed.approvedBy === null
                        ? ''
                        : `, approved by ${detection.changed.approvedBy}`}
                      , <When at={detection.changed.at} inline />: {detection.changed.reason}
                    </span>,
                  ] as const,
                ]),
            ['Guide', detection.guide.join(', ') || 'Not in the guide'],
          ]}
        />
        <div>
          <h3>What to do when it fires</h3>
          <Stack as="ol" bullets>
            {detection.playbook.map((step) => (
              <li key={step.do}>
                {step.do}
                {step.where === null ? null : <span className="second">{step.where}</span>}
              </li>
            ))}
          </Stack>
        </div>
        <p className="muted">
          {detection.sources.map((one) => (
            <span key={one.url}>
              <a href={one.url} rel="noreferrer" target="_blank">
                {one.title}
              </a>
              , read {dayWords(one.read)}.{' '}
            </span>
          ))}
        </p>
      </Stack>
    </SidePanel>
  );
}

function Tried({ detection }: { detection: Detection }) {
  const { slug } = useClientHere();
  const load = useQuery(
    api.detections.try.queryOptions({ input: { client: slug, detection: detection.id } }),
  );
  if (load.isPending) return <p role="status">Searching the log…</p>;
  if (load.isError)
    return <LoadFailed load={load} what="The detection could not be tried." still="Nothing was changed." />;
  const { data } = load;
  return (
    <Stack aria-label="Alerts it would have raised" as="section" gap="lg">
      <p role="status">
        {data.looked === 0
          ? 'The log has no events for these days, so this says nothing about the detection.'
          : `${count(data.total, 'alert')} since ${dayWords(data.since)}, from ${data.looked.toLocaleString('en')} events${data.cut ? '; older events were left out' : ''}, with the charter and roster of each event’s time.`}
      </p>
      {data.total === 0 && data.works.why !== null ? <p>{data.works.why}</p> : null}
      <Stack as="ul">
        {data.items.slice(0, 20).map((one) => (
          <li key={`${one.first} ${one.words}`}>
            {one.words}
            <span className="second">
              <When at={one.last} />
            </span>
          </li>
        ))}
      </Stack>
      {data.total > 20 ? <p className="muted">And {data.total - 20} more.</p> : null}
    </Stack>
  );
}
