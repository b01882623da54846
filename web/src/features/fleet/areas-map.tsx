import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { HeatMap } from '../../ui/charts/heat-map.tsx';
import { EmptyState, LoadFailed } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Filter = Parameters<typeof api.fleet.areas.queryOptions>[0]['input'];

/** Every client by area, worst first, to see at once where forty clients need attention. */
export function AreasMap({ filter }: { filter: Filter }) {
  const load = useQuery(api.fleet.areas.queryOptions({ input: filter }));
  if (load.isError) return <LoadFailed load={load} what="The clients by area could not be loaded." />;
  if (load.data === undefined) return null;
  const { areas, items } = load.data;
  if (items.length === 0)
    return <EmptyState title="No client matches.">Change the filters above.</EmptyState>;
  return (
    <HeatMap
      label="Clients by area"
      heading="Client"
      columns={areas.map(({ area, name }) => ({ key: area, name }))}
      rows={items}
      rowId={({ client }) => client}
      name={({ client, name }) => <AppLink href={`/c/${client}`}>{name}</AppLink>}
      cell={(row, key) => row.areas?.find(({ area }) => area === key) ?? null}
      link={({ client }, area, { state }, content) => (
        <AppLink href={`/c/${client}/controls?area=${area}&state=${state}`}>{content}</AppLink>
      )}
    />
  );
}
