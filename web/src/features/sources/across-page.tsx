import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { STATUSES, sourcesAcrossRoute } from './routes.tsx';

type Across = Awaited<ReturnType<typeof client.sources.across>>;
type Line = Across['items'][number];

const STATUS: Readonly<Record<Line['status'], { words: string; state: VerdictState }>> = {
  refused: { words: 'Refused', state: 'fail' },
  not_read: { words: 'Partly not read', state: 'cannot_read' },
  ends_soon: { words: 'Ends within a month', state: 'pending' },
  lacks: { words: 'Consent missing', state: 'cannot_read' },
  ok: { words: 'Read', state: 'pass' },
  none: { words: 'Not connected', state: 'not_applicable' },
};

const columns: readonly Column<Line>[] = [
  {
    id: 'client',
    header: 'Client',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={detailOf(row)}>
        <AppLink href={`/c/${row.client}/connections`}>{row.name}</AppLink>
      </RowTitle>
    ),
  },
  {
    id: 'status',
    header: 'Connection',
    width: '12rem',
    cell: (row) => <VerdictMark state={STATUS[row.status].state}>{STATUS[row.status].words}</VerdictMark>,
  },
  { id: 'read', header: 'Last read', width: '8rem', cell: (row) => <When at={row.readAt} /> },
  {
    id: 'ends',
    header: 'Ends',
    width: '8rem',
    sort: (row) => row.expiresAt,
    cell: (row) =>
      row.expiresAt === null ? <span className="muted">Not known</span> : dayWords(row.expiresAt),
  },
];

function detailOf({ tenants, problem, missing, silent, streams }: Line): string {
  return [
    ...tenants,
    ...(problem === null ? [] : [problem]),
    ...(silent === 0 ? [] : [`${silent} of ${streams} streams deliver nothing`]),
    ...(missing.length === 0 ? [] : [`${count(missing.length, 'permission')} without consent`]),
  ].join(' · ');
}

/** The Microsoft 365 connection of every client that the viewer may see. */
export function SourcesAcrossPage() {
  const search = sourcesAcrossRoute.useSearch();
  const { set } = useListSearch(search);
  const { status } = search;
  const load = useQuery({
    ...api.sources.across.queryOptions({ input: { status } }),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="Microsoft 365 at all clients"
      load={load}
      filters={
        <FilterChips
          filters={[
            choiceFilter(search, set, 'status', 'Connection', STATUSES, (value) => STATUS[value].words),
          ]}
          {...(load.data === undefined ? {} : { count: `${load.data.total} of ${load.data.all}` })}
        />
      }
      foot={<ListKeys />}
    >
      <DataTable
        label="Connections to Microsoft 365"
        rows={load.data?.items}
        columns={columns}
        rowId={(row) => row.client}
        empty={
          <EmptyState title="No clients.">
            You cannot see the connections of any client. Your administrator can give you access.
          </EmptyState>
        }
        filtered={filteredBy({ status: status && STATUS[status].words }, set)}
      />
    </ListPage>
  );
}
