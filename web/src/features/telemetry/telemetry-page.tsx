import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { dayIn } from '../../ui/time.ts';
import { useZone } from '../../ui/when.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { ArrivedCard } from './arrived-card.tsx';
import { leadWords } from './missing.ts';
import { MissingCard } from './missing-card.tsx';
import { SendersCard } from './senders-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { MakeToken, TokensCard } from './tokens-card.tsx';
import { TroubleCard } from './trouble-card.tsx';
import type { Telemetry } from './words.ts';

/** Polling interval in milliseconds: events received by another process send no notification to this one. */
const POLL_INTERVAL_MS = 15_000;

/** Where telemetry is sent, with which token and settings; what arrived, from whom, and what was refused. */
export function TelemetryPage() {
  const { slug } = useClientHere();
  const mayEdit = useMay('connections.edit');
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const zone = useZone();
  const load = useQuery({
    ...api.telemetry.show.queryOptions({ input: { client: slug } }),
    refetchInterval: POLL_INTERVAL_MS,
  });
  const tokens = useQuery({
    ...api.telemetry.tokens.queryOptions({ input: { client: slug } }),
    refetchInterval: POLL_INTERVAL_MS,
  });
  return (
    <OverviewPage<Telemetry>
      title="Telemetry"
      permission="connections.read"
      load={load}
      meta={(data) => leadWords(data, (at) => dayWords(dayIn(zone, new Date(at))))}
      tabs={<ConnectionTabs />}
      actions={
        // Without a token, the page itself asks to create one.
        mayEdit && (load.data?.tokens ?? 0) > 0 ? (
          <Button onClick={() => setMaking(true)}>Create a token</Button>
        ) : undefined
      }
      main={(data) => {
        const first = secret !== null || data.emitters.length === 0;
        const settings = (
          <div ref={place}>
            <SettingsCard
              key={`${opened}`}
              data={data}
              secret={secret}
              open={first || opened}
              onForget={() => setSecret(null)}
            />
          </div>
        );
        return (
          <>
            <MissingCard
              data={data}
              onToken={() => setMaking(true)}
              onSettings={() => {
                setOpened(true);
                place.current?.scrollIntoView();
              }}
            />
            {data.emitters.length === 0 ? null : <SendersCard data={data} />}
            {first ? settings : null}
            {data.tokens === 0 && data.emitters.length === 0 ? null : <ArrivedCard data={data} />}
            <TroubleCard data={data} />
            <TokensCard load={tokens} mayEdit={mayEdit} />
            {first ? null : settings}
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
