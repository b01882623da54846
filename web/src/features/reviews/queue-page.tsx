import { useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { reviewQueueRoute } from './routes.tsx';
import { dueLine, type Queue } from './words.ts';

type Line = Queue['items'][number];

const KINDS = ['monthly', 'quarterly'] as const;
const KIND_WORDS = { monthly: 'Monthly', quarterly: 'Quarterly' } as const;

/** The reviews of all clients, most urgent first, to be done one after another. */
export function ReviewQueuePage() {
  const search = reviewQueueRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.reviews.queue.queryOptions({ input: { kind: search.kind } }));
  const late = (load.data?.items ?? []).filter((one) => one.late).length;
  return (
    <ListPage
      title="Reviews"
      load={load}
      meta={load.data === undefined ? undefined : `${count(late, 'review is', 'reviews are')} overdue.`}
      filters={<FilterChips filters={[choiceFilter(search, set, 'kind', 'Kind', KINDS, KIND_WORDS)]} />}
      foot={<ListKeys />}
    >
      <DataTable
        label="Reviews for all clients"
        rows={load.data?.items}
        columns={COLUMNS}
        rowId={(row) => `${row.client} ${row.kind}`}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={<EmptyState title="No reviews.">They appear here once you can see a client.</EmptyState>}
        filtered={filteredBy({ kind: search.kind && KIND_WORDS[search.kind] }, set)}
      />
    </ListPage>
  );
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'client',
    header: 'Client',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.title}>
        <AppLink
          href={row.open === null ? `/c/${row.client}/reviews` : `/c/${row.client}/reviews/${row.open}`}
        >
          {row.name}
          <span className="hidden-text">, {row.title}</span>
        </AppLink>
      </RowTitle>
    ),
  },
  {
    id: 'due',
    header: 'Due',
    width: '11rem',
    sort: (row) => row.due ?? '9999',
    cell: (row) => <span className={row.late ? 'late' : undefined}>{dueLine(row)}</span>,
  },
  {
    id: 'open',
    header: 'Open',
    width: '10rem',
    sort: (row) => (row.open === null ? -1 : row.answered),
    cell: (row) =>
      row.open === null ? (
        <span className="muted">Not started</span>
      ) : (
        `${row.answered} of ${row.of} answered`
      ),
  },
  {
    id: 'last',
    header: 'Last signed',
    width: '9rem',
    from: 760,
    sort: (row) => row.last ?? '',
    cell: (row) => (row.last === null ? <span className="muted">None</span> : dayWords(row.last)),
  },
];
