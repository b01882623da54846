import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { ChecksCard } from './checks-card.tsx';
import { CountsCard } from './counts-card.tsx';
import { IcapSettings } from './icap-settings.tsx';
import { proxyCheckRoute } from './routes.tsx';
import { heldWords, WaitingGuard } from './waiting-guard.tsx';

export type Icap = Awaited<ReturnType<typeof client.dlp.icap.show>>;

/** The check for proxies (ICAP): its setup, its decisions, and the lookup of a reference. */
export function IcapPage() {
  const { slug } = useClientHere();
  const mayEdit = useMay('connections.edit');
  const mayRead = useMay('activity.read');
  const search = proxyCheckRoute.useSearch();
  const load = useQuery(api.dlp.icap.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Icap>
      title="Check at the proxy"
      permission="connections.read"
      load={load}
      meta={metaOf}
      tabs={<ConnectorTabs />}
      main={(data) => (
        <>
          <StateNotice data={data} />
          {data.proposed === null ? null : (
            <WaitingGuard
              about="The check at the proxy"
              words={heldWords(data.proposed)}
              proposed={data.proposed}
            />
          )}
          <IcapSettings data={data} mayEdit={mayEdit} />
          {data.service === null ? null : (
            <CountsCard data={data} what="Requests" untaken="Requests that were not checked" />
          )}
          {mayRead && data.service !== null ? <ChecksCard guard="icap" search={search} /> : null}
        </>
      )}
    />
  );
}

const madeIn = ({ checks }: Icap) => checks.reduce((sum, one) => sum + one.checks, 0);

function metaOf(data: Icap): string {
  return data.service === null
    ? 'A proxy that decrypts Claude traffic can ask whether each request may leave.'
    : `${count(madeIn(data), 'request')} checked in ${data.days} days.`;
}

/** What prevents the check from working. */
function StateNotice({ data }: { data: Icap }) {
  const { server, service, blockUnchecked } = data;
  if (server === null)
    return (
      <Notice mark="pending">
        This server does not listen for proxies. The person who runs it has to set BYLAW_ICAP_PORT to a port,
        usually 1344, and list the proxies in BYLAW_ICAP_FROM.
      </Notice>
    );
  if (service === null) return null;
  if (madeIn(data) === 0)
    return (
      <Notice mark="pending">
        No request has come in yet, so nothing shows that a proxy asks here. Add the lines to the proxy, then
        write a prompt to Claude through it.
      </Notice>
    );
  if (service.mode === 'watch')
    return (
      <Notice mark="pending">
        It only watches: requests that contain disallowed data are recorded and let through.
      </Notice>
    );
  return blockUnchecked === false ? (
    <Notice mark="info">
      According to the charter, a request that cannot be checked is let through, even while Bylaw is not
      responding.
    </Notice>
  ) : null;
}
