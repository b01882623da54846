import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DELIVERY_STATE_WORDS, DELIVERY_STATES } from '../../../../src/domain/forwarding/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { DeliveryPanel } from './delivery-panel.tsx';
import { failedRoute } from './routes.tsx';
import type { Delivery } from './words.ts';

/** What to do with a delivery in each state; undefined: nothing. */
const WHAT_NEXT: Readonly<Record<Delivery['state'], string | undefined>> = {
  waiting: 'Open it to resend, correct or discard it.',
  replayed: undefined,
  dropped: undefined,
};
const GROUPS = DELIVERY_STATES.map((key) => ({ key, label: DELIVERY_STATE_WORDS[key] }));

const columns: readonly Column<Delivery>[] = [
  {
    id: 'says',
    header: 'Why',
    sort: (row) => row.says,
    cell: (row) => (
      <RowTitle detail={WHAT_NEXT[row.state]}>
        <Link from="/c/$client/connections/failed" to="." search={(before) => ({ ...before, panel: row.id })}>
          {row.says}
        </Link>
      </RowTitle>
    ),
  },
  { id: 'sink', header: 'Sink', width: '12rem', sort: (row) => row.sinkName, cell: (row) => row.sinkName },
  {
    id: 'events',
    header: 'Events',
    width: '7rem',
    sort: (row) => row.count,
    cell: (row) => (row.unnamed === 0 ? String(row.count) : `${row.unnamed} of ${row.count}`),
  },
  {
    id: 'made',
    header: 'Refused',
    width: '10rem',
    sort: (row) => row.madeAt,
    cell: (row) => <When at={row.madeAt} />,
  },
];

/** Events that a sink refused: read, corrected, resent or discarded. */
export function FailedPage() {
  const { slug } = useClientHere();
  const search = failedRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const load = useQuery(api.sinks.failed.queryOptions({ input: { client: slug } }));
  const { state, panel } = search;
  const all = load.data?.items;
  const rows = all?.filter((row) => state === undefined || row.state === state);
  const counts = load.data?.counts;
  return (
    <ListPage
      title="Failed deliveries"
      permission="connections.read"
      load={load}
      meta={
        counts === undefined
          ? undefined
          : `${counts.waiting ? count(counts.waiting, 'delivery is waiting', 'deliveries are waiting') : 'Nothing is waiting'} for someone. The activity log keeps every event, whatever you do here.`
      }
      tabs={<ConnectionTabs />}
      filters={
        <FilterChips
          filters={[
            choiceFilter(
              search,
              set,
              'state',
              'State',
              DELIVERY_STATES,
              DELIVERY_STATE_WORDS,
              (value) => counts?.[value] ?? 0,
            ),
          ]}
          {...(rows === undefined || load.data === undefined
            ? {}
            : { count: `${rows.length} of ${load.data.total}` })}
        />
      }
      foot={<ListKeys />}
      panel={panel === undefined ? null : <DeliveryPanel key={panel} id={panel} onClose={closePanel} />}
    >
      <DataTable
        label="Failed deliveries"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        groups={GROUPS}
        groupOf={({ state: at }) => at}
        openId={panel ?? null}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No sink has refused anything.">
            Events a sink refuses are set aside here so that later events keep flowing.
          </EmptyState>
        }
        filtered={
          all === undefined || all.length === 0
            ? undefined
            : filteredBy({ state: state && DELIVERY_STATE_WORDS[state] }, set)
        }
      />
    </ListPage>
  );
}
