import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { PageLinks } from '../../ui/tab-links.tsx';

/** Tabs for what comes in from other systems and what is sent to them, with the number of failed deliveries. */
export function ConnectionTabs() {
  const { slug } = useClientHere();
  const waiting = useQuery({
    ...api.sinks.failed.queryOptions({ input: { client: slug } }),
    select: ({ counts }) => counts.waiting,
  }).data;
  const items = [
    { to: '/c/$client/connections', label: 'Sources' },
    { to: '/c/$client/connections/visibility', label: 'Visibility' },
    { to: '/c/$client/connections/telemetry', label: 'Telemetry' },
    { to: '/c/$client/connections/sinks', label: 'Sinks' },
    { to: '/c/$client/connections/failed', label: 'Failed deliveries', count: waiting },
  ];
  return <PageLinks label="Connections" items={items} params={{ client: slug }} />;
}
