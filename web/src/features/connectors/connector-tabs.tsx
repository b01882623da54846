import { useClientHere } from '../../session.tsx';
import { PageLinks } from '../../ui/page-links.tsx';

const PAGES = [
  { to: '/c/$client/connectors', label: 'Matrix' },
  { to: '/c/$client/connectors/access', label: 'Who can reach what' },
  { to: '/c/$client/connectors/reach', label: 'In plain words' },
] as const;

/** The pages about connectors. */
export function ConnectorTabs() {
  const { slug } = useClientHere();
  return <PageLinks label="Connectors" items={PAGES} params={{ client: slug }} />;
}
