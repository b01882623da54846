import { PageTabs } from '../../ui/tab-links.tsx';

/** The pages about connectors. */
export function ConnectorTabs({ slug, open }: { slug: string; open: 'matrix' | 'drift' }) {
  const matrix = `/c/${slug}/connectors`;
  const drift = `/c/${slug}/connectors/drift`;
  return (
    <PageTabs
      label="Connectors"
      value={open === 'matrix' ? matrix : drift}
      items={[
        { href: matrix, label: 'Matrix' },
        { href: drift, label: 'Drift' },
      ]}
    />
  );
}
