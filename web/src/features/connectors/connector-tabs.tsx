import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { frameQuery } from '../../shell/frame-source.ts';
import { PageGroups } from '../../ui/tab-links.tsx';

/** Tabs of the pages about connectors, with the number of open items. */
export function ConnectorTabs() {
  const { slug } = useClientHere();
  // Access is shown per person, so it requires this permission.
  const people = useMay('people.read');
  const controls = useMay('controls.read');
  const connections = useMay('connections.read');
  const requests = useQuery(frameQuery(slug)).data?.counts.connectors?.open;
  const drift = useQuery({
    ...api.drift.list.queryOptions({ input: { client: slug } }),
    select: ({ items }) => items.filter(({ state }) => state !== 'accepted').length,
  }).data;
  const groups = [
    {
      label: 'Permissions',
      items: [
        { to: '/c/$client/connectors', label: 'Matrix' },
        { to: '/c/$client/connectors/drift', label: 'Drift', count: drift },
        { to: '/c/$client/connectors/requests', label: 'Requests', count: requests },
      ],
    },
    {
      label: 'Reach',
      items: [
        { to: '/c/$client/connectors/flows', label: 'Flows' },
        ...(people ? [{ to: '/c/$client/connectors/access', label: 'Who can reach what' }] : []),
        { to: '/c/$client/connectors/groups', label: 'By group' },
        { to: '/c/$client/connectors/reach', label: 'In plain words' },
      ],
    },
    {
      label: 'Systems',
      items: [
        { to: '/c/$client/connectors/membership-system', label: 'Membership system' },
        { to: '/c/$client/connectors/microsoft-365', label: 'Microsoft 365' },
        ...(controls ? [{ to: '/c/$client/connectors/microsoft-tenant', label: 'Microsoft tenant' }] : []),
      ],
    },
    {
      label: 'Safeguards',
      items: [
        { to: '/c/$client/connectors/devices', label: 'Device lockdown' },
        { to: '/c/$client/connectors/data-loss-prevention', label: 'Data loss prevention' },
        ...(connections
          ? [
              { to: '/c/$client/connectors/inference-hook', label: 'Inference hook' },
              { to: '/c/$client/connectors/proxy-check', label: 'Check at the proxy' },
            ]
          : []),
      ],
    },
  ];
  return <PageGroups label="Connectors" groups={groups} params={{ client: slug }} />;
}
