import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { GatewaySettings } from './gateway-settings.tsx';
import type { Telemetry } from './words.ts';

/** What to enter where, with the newly created token filled in. */
export function SettingsCard({
  data,
  secret,
  open,
  onForget,
}: {
  data: Telemetry;
  secret: string | null;
  /** Whether everything is expanded, because someone is setting it up. */
  open: boolean;
  onForget: () => void;
}) {
  const { cowork, officeAgents, claudeCode, gateways, placeholder } = data.settings;
  const fill = (text: string) => (secret === null ? text : text.replaceAll(placeholder, secret));
  return (
    <Card title="Settings for senders">
      <Stack>
        {secret === null ? (
          <p className="muted">
            Put a token in place of {placeholder}. It is shown once, when it is created, and filled in here.
          </p>
        ) : (
          <Notice mark="pending" action={<Button onClick={onForget}>I have added it</Button>}>
            The new token is shown only once, and is filled in below.{' '}
            <CopyValue value={secret} name="the token" />
          </Notice>
        )}
        <Part title="Cowork" open={open}>
          <p>{cowork.where}</p>
          <Facts
            facts={[
              ['OTLP endpoint', <CopyValue key="e" value={cowork.endpoint} name="the endpoint for Cowork" />],
              ['OTLP protocol', <CopyValue key="p" value={cowork.protocol} name="the protocol for Cowork" />],
              [
                'OTLP headers',
                <CopyValue key="h" value={fill(cowork.headers)} name="the headers for Cowork" />,
              ],
            ]}
          />
        </Part>
        <Part title="Claude Code" open={open}>
          <p>{claudeCode.where}</p>
          <CopyText mono label="Settings for Claude Code" text={fill(claudeCode.json)}>
            Without OTEL_LOG_TOOL_DETAILS, Claude Code does not report the names of connectors and tools. The
            arguments it also sends are dropped on arrival unless the charter allows tool input to be kept.
          </CopyText>
        </Part>
        <Part title="Claude in Office" open={open}>
          <p>{officeAgents.where}</p>
          <Facts
            facts={[
              [
                'Endpoint',
                <CopyValue key="e" value={officeAgents.endpoint} name="the endpoint for Office" />,
              ],
              [
                'Headers',
                <CopyValue key="h" value={fill(officeAgents.headers)} name="the headers for Office" />,
              ],
            ]}
          />
        </Part>
        {gateways.length === 0 ? null : (
          <Part title="A gateway in front of connectors or models" open={open}>
            <GatewaySettings gateways={gateways} fill={fill} />
          </Part>
        )}
      </Stack>
    </Card>
  );
}

function Part({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <Fold open={open} summary={<strong>{title}</strong>}>
      <Stack gap="sm">{children}</Stack>
    </Fold>
  );
}
