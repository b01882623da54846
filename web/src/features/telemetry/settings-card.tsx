import { Button, CopyButton } from '@mantine/core';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { GatewaySettings } from './gateway-settings.tsx';
import classes from './telemetry.module.css';
import type { Telemetry } from './words.ts';

/** What to write where, with the token that was just made in its place. */
export function SettingsCard({
  data,
  secret,
  onForget,
}: {
  data: Telemetry;
  secret: string | null;
  onForget: () => void;
}) {
  const { cowork, officeAgents, claudeCode, gateways, placeholder } = data.settings;
  const fill = (text: string) => (secret === null ? text : text.replaceAll(placeholder, secret));
  const json = fill(claudeCode.json);
  return (
    <Card title="Settings for what sends">
      <Stack>
        {secret === null ? (
          <p className="muted">
            Put a token in place of {placeholder}. It is shown once, when it is made, and filled in here.
          </p>
        ) : (
          <Notice mark="pending" action={<Button onClick={onForget}>I have put it in place</Button>}>
            The new token is shown only now, and is filled in below.{' '}
            <CopyValue value={secret} name="the token" />
          </Notice>
        )}
        <section className={classes.part}>
          <h3>Cowork</h3>
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
        </section>
        <section className={classes.part}>
          <h3>Claude Code</h3>
          <p>{claudeCode.where}</p>
          <pre className={classes.json}>{json}</pre>
          <CopyButton value={json}>
            {({ copied, copy }) => (
              <Button size="xs" className={classes.copy ?? ''} onClick={copy}>
                {copied ? 'Copied' : 'Copy the settings for Claude Code'}
              </Button>
            )}
          </CopyButton>
          <p className="muted">
            Without OTEL_LOG_TOOL_DETAILS, Claude Code does not report the names of connectors and tools. The
            arguments it also sends are dropped on arrival unless the charter allows tool input to be kept.
          </p>
        </section>
        <section className={classes.part}>
          <h3>Claude in Office</h3>
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
        </section>
        <GatewaySettings gateways={gateways} fill={fill} />
        <p className="muted">Chat in the browser and in the app sends no telemetry.</p>
      </Stack>
    </Card>
  );
}
