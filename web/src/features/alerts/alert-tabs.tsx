import { useClientHere } from '../../session.tsx';
import { PageLinks } from '../../ui/tab-links.tsx';

const PAGES = [
  { to: '/c/$client/alerts', label: 'Open' },
  { to: '/c/$client/alerts/detections', label: 'Detections' },
] as const;

/** Tabs of the pages about alerts. */
export function AlertTabs() {
  const { slug } = useClientHere();
  return <PageLinks label="Alerts" items={PAGES} params={{ client: slug }} />;
}
