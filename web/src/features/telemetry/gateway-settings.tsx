import { Button, CopyButton, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import classes from './telemetry.module.css';
import type { Telemetry } from './words.ts';

/** How a gateway before connectors or models sends its own records here, one gateway at a time. */
export function GatewaySettings({
  gateways,
  fill,
}: {
  gateways: Telemetry['settings']['gateways'];
  fill: (text: string) => string;
}) {
  const [id, setId] = useState(gateways[0]?.id);
  const shown = gateways.find((one) => one.id === id) ?? gateways[0];
  if (shown === undefined) return null;
  const lines = fill(shown.lines);
  return (
    <section className={classes.part}>
      <h3>A gateway before connectors or models</h3>
      <p>
        If calls pass through a gateway, its records should match the telemetry from devices. Separate rules
        find anything that does not match.
      </p>
      <NativeSelect
        className={classes.copy ?? ''}
        label="Gateway"
        value={shown.id}
        onChange={(event) => setId(event.currentTarget.value)}
        data={gateways.map(({ id: value, title }) => ({ value, label: title }))}
      />
      <p>
        {shown.means} {shown.where}
      </p>
      <pre className={classes.json}>{lines}</pre>
      <CopyButton value={lines}>
        {({ copied, copy }) => (
          <Button size="xs" className={classes.copy ?? ''} onClick={copy}>
            {copied ? 'Copied' : 'Copy the settings for the gateway'}
          </Button>
        )}
      </CopyButton>
      {shown.lacks === null ? null : <p>{shown.lacks}</p>}
      <p className="muted">
        By{' '}
        {shown.read.map(({ title, url, read }) => (
          <span key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
            , as read on {dayWords(read)}
          </span>
        ))}
        . Arguments and answers that arrive with it are dropped.
      </p>
    </section>
  );
}
