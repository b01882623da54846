import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { CopyText } from '../../ui/copy-text.tsx';
import { Row } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import type { Telemetry } from './words.ts';

/** How a gateway for connectors or models sends its own records to Bylaw, one gateway at a time. */
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
  return (
    <>
      <p className="measure">
        If calls pass through a gateway, its records should match the telemetry from devices. Separate rules
        find anything that does not match.
      </p>
      <Row>
        <NativeSelect
          label="Gateway"
          value={shown.id}
          onChange={(event) => setId(event.currentTarget.value)}
          data={gateways.map(({ id: value, title }) => ({ value, label: title }))}
        />
      </Row>
      <p className="measure">
        {shown.means} {shown.where}
      </p>
      <CopyText mono label="What to add to its configuration" text={fill(shown.lines)}>
        {shown.lacks} Arguments and answers that arrive with it are dropped.
      </CopyText>
      <SourceLinks sources={shown.read} />
    </>
  );
}
