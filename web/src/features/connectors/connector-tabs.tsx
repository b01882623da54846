import { useClientHere, useMay } from '../../session.tsx';
import { PageLinks } from '../../ui/tab-links.tsx';

const PAGES = [
  { to: '/c/$client/connectors', label: 'Matrix' },
  { to: '/c/$client/connectors/drift', label: 'Drift' },
  { to: '/c/$client/connectors/requests', label: 'Requests' },
  { to: '/c/$client/connectors/access', label: 'Who can reach what' },
  { to: '/c/$client/connectors/reach', label: 'In plain words' },
  { to: '/c/$client/connectors/devices', label: 'Device lock-down' },
  { to: '/c/$client/connectors/membership-system', label: 'Membership system' },
  { to: '/c/$client/connectors/microsoft-365', label: 'Microsoft 365' },
] as const;

/** The pages about connectors. */
export function ConnectorTabs() {
  const { slug } = useClientHere();
  // Access is told person by person.
  const people = useMay('people.read');
  const items = people ? PAGES : PAGES.filter(({ to }) => to !== '/c/$client/connectors/access');
  return <PageLinks label="Connectors" items={items} params={{ client: slug }} />;
}
