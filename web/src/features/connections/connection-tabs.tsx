import { useClientHere } from '../../session.tsx';
import { PageLinks } from '../../ui/tab-links.tsx';

const PAGES = [
  { to: '/c/$client/connections', label: 'Sources' },
  { to: '/c/$client/connections/telemetry', label: 'Telemetry' },
  { to: '/c/$client/connections/sinks', label: 'Sinks' },
  { to: '/c/$client/connections/failed', label: 'Failed deliveries' },
] as const;

/** The pages about what comes in from other systems and what goes out to them. */
export function ConnectionTabs() {
  const { slug } = useClientHere();
  return <PageLinks label="Connections" items={PAGES} params={{ client: slug }} />;
}
