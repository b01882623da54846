import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import { ArrivedCard } from './arrived-card.tsx';
import { SendersCard } from './senders-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { MakeToken, TokensCard } from './tokens-card.tsx';
import { TroubleCard } from './trouble-card.tsx';
import { events, type Telemetry } from './words.ts';

/** Another process may have taken an event in, of which this one hears nothing; in milliseconds. */
const LOOK_AGAIN = 15_000;

/** Where telemetry is sent to, with which token and settings; what came in, from whom, and what was not taken. */
export function TelemetryPage() {
  const { slug } = useClientHere();
  const mayEdit = useMay('connections.edit');
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const load = useQuery({
    ...api.telemetry.show.queryOptions({ input: { client: slug } }),
    refetchInterval: LOOK_AGAIN,
  });
  const tokens = useQuery({
    ...api.telemetry.tokens.queryOptions({ input: { client: slug } }),
    refetchInterval: LOOK_AGAIN,
  });
  return (
    <OverviewPage<Telemetry>
      title="Telemetry"
      permission="connections.read"
      load={load}
      meta={(data) => metaOf(data)}
      tabs={<ConnectionTabs />}
      actions={
        mayEdit ? (
          <Button variant={load.data?.tokens === 0 ? 'filled' : 'default'} onClick={() => setMaking(true)}>
            Create a token
          </Button>
        ) : undefined
      }
      main={(data) => {
        const settings = (
          <SettingsCard
            data={data}
            secret={secret}
            open={secret !== null || data.emitters.length === 0}
            onForget={() => setSecret(null)}
          />
        );
        return (
          <>
            {data.endpoint.warnings.map((warning) => (
              <Notice key={warning} mark="pending">
                {warning}
              </Notice>
            ))}
            {data.emitters.length === 0 ? null : <SendersCard emitters={data.emitters} />}
            {secret === null ? null : settings}
            <ArrivedCard data={data} />
            {secret === null && data.emitters.length === 0 ? settings : null}
            <TroubleCard data={data} />
            {data.emitters.length === 0 ? null : (
              <Card title="What is known to be missing from the last 30 days">
                <CompletenessNote days={30} source="otlp" />
              </Card>
            )}
            <TokensCard load={tokens} mayEdit={mayEdit} />
            {secret === null && data.emitters.length > 0 ? settings : null}
            <p className="muted measure">
              What people write and what Claude answers is dropped on arrival unless the charter allows it to
              be kept.
            </p>
            <MakeToken opened={making} onClose={() => setMaking(false)} onMade={setSecret} />
          </>
        );
      }}
    />
  );
}

function metaOf({ emitters }: Telemetry): string {
  if (emitters.length === 0)
    return 'What Cowork, Claude Code, Claude in Office and gateways send about use. Nothing has come in yet.';
  const sent = emitters.reduce((sum, { total }) => sum + total, 0);
  return `${events(sent)} in 24 hours, sent by ${names(emitters.map(({ emitter, title }) => (emitter === 'other' ? title.toLowerCase() : title)))}.`;
}
