import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { AgentsCard } from './agents-card.tsx';
import { AlertsCard } from './alerts-card.tsx';
import { BackgroundCard } from './background-card.tsx';
import { AppsCard, DevicesCard, DomainsCard, PoliciesCard, PremiumCard } from './inventory-cards.tsx';
import { LicensedCard } from './licensed-card.tsx';
import { UnreadCard } from './part.tsx';
import { RiskCard } from './risk-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { SitesCard } from './sites-card.tsx';
import type { Tenant } from './words.ts';

/** The parts of the client's Microsoft 365 tenant relevant to Claude: devices, applications, risk, alerts, licenses. */
export function MicrosoftTenantPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.microsoftTenant.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Tenant>
      title="Microsoft tenant"
      permission="controls.read"
      load={load}
      meta={(data) => metaOf(data)}
      actions={<LinkButton href={`/c/${slug}/connections`}>Sources</LinkButton>}
      tabs={<ConnectorTabs />}
      main={(data) => (
        <>
          {unreadOf(data).length * 2 < partsOf(data).length ? null : (
            <Notice
              mark="cannot_read"
              action={
                <LinkButton href={`/c/${slug}/connections?open=connect`}>Connect Microsoft 365</LinkButton>
              }
            >
              {unreadOf(data).length} parts were not read. One connection reads nearly all of them every day;
              without it, each can be imported as a file.
            </Notice>
          )}
          <DevicesCard devices={data.devices} />
          <PoliciesCard policies={data.policies} />
          <AppsCard apps={data.apps} />
          <AgentsCard agents={data.agents} />
          <BackgroundCard background={data.background} />
          <RiskCard risk={data.risk} />
          <AlertsCard alerts={data.alerts} />
          <SessionsCard sessions={data.sessions} />
          <SitesCard sites={data.sites} />
          <LicensedCard licensed={data.licensed} />
          <PremiumCard premium={data.premium} />
          <DomainsCard domains={data.domains} />
          <UnreadCard parts={partsOf(data)} />
        </>
      )}
    />
  );
}

function partsOf(data: Tenant) {
  const {
    devices,
    policies,
    apps,
    agents,
    background,
    risk,
    alerts,
    sessions,
    sites,
    licensed,
    premium,
    domains,
  } = data;
  return [
    { title: 'Devices in Intune', read: devices.read },
    { title: 'Compliance policies in Intune', read: policies.read },
    { title: 'Applications that use Claude’s name', read: apps.read },
    { title: 'Catalog of agents (Microsoft Agent 365, optional)', read: agents.read },
    { title: 'Refused in the background', read: background.read },
    { title: 'Risky users', read: risk.users.read },
    { title: 'Risk detections', read: risk.detections.read },
    { title: 'Defender alerts about Claude', read: alerts.read },
    { title: 'Claude in Defender for Cloud Apps', read: sessions.read },
    { title: 'Widely shared SharePoint sites', read: sites.read },
    { title: 'Licenses of people with a seat', read: licensed.read },
    { title: 'Entra ID P1 and P2: used and owned', read: premium.read },
    { title: 'Domains of the tenant', read: domains.read },
  ];
}

function unreadOf(data: Tenant) {
  return partsOf(data).filter(({ read }) => read.why !== null);
}

function metaOf(data: Tenant): string {
  const unread = unreadOf(data).length;
  return unread === 0
    ? 'Everything here was read.'
    : `${unread} of ${partsOf(data).length} parts were not read; each says why.`;
}
