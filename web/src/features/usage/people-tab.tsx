import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PEER_WORDS } from '../../../../src/domain/labels.ts';
import { api } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { PersonPanel } from './person-panel.tsx';
import { usageRoute } from './routes.tsx';
import { VendorPeople } from './vendor-figures.tsx';
import { count, dayLabel, known, type PersonLine, type Range, type Vendor, whole } from './words.ts';

function columns(week: string | undefined): readonly Column<PersonLine>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle>
          <Link from="/c/$client/usage" to="." search={(was) => ({ ...was, panel: row.key })}>
            {row.name}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'week',
      header: week === undefined ? 'Last week' : `Week of ${dayLabel(week)}`,
      width: '9rem',
      align: 'end',
      sort: (row) => row.week ?? -1,
      cell: (row) => known(row.week),
    },
    {
      id: 'usual',
      header: 'Own usual',
      width: '8rem',
      align: 'end',
      from: 640,
      cell: (row) => (row.usual === null ? <span className="muted">Too few weeks</span> : whole(row.usual)),
    },
    {
      id: 'unusual',
      header: 'Against their own past',
      width: '10rem',
      sort: (row) => (row.unusual === true ? 0 : row.unusual === false ? 1 : 2),
      cell: (row) =>
        row.unusual === null ? (
          <span className="muted">Not known</span>
        ) : row.unusual ? (
          <strong>Above usual</strong>
        ) : (
          'As usual'
        ),
    },
    {
      id: 'peers',
      header: 'Among peers',
      width: '9rem',
      from: 760,
      cell: (row) => (row.peers === null ? 'No source' : PEER_WORDS[row.peers]),
    },
    { id: 'calls', header: 'Calls', width: '6rem', align: 'end', from: 860, cell: (row) => known(row.calls) },
    { id: 'last', header: 'Last', width: '8rem', from: 700, cell: (row) => <When at={row.lastAt} /> },
  ];
}

interface PeopleTabProps {
  slug: string;
  range: Range;
  vendor: Vendor | undefined;
}

/** Everyone by name, each compared with their own previous weeks. */
export function PeopleTab({ slug, range, vendor }: PeopleTabProps) {
  const search = usageRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const load = useQuery({
    ...api.usage.people.queryOptions({ input: { client: slug, range } }),
    placeholderData: keepPreviousData,
  });
  const week = load.data?.week;
  const shown = useMemo(() => columns(week), [week]);
  if (load.error !== null && load.data === undefined)
    return <LoadFailed load={load} what="People could not be loaded." />;
  return (
    <Stack gap="lg">
      <Notice>
        Sorted by name; this is not a ranking. “Above usual” means more than expected from the person’s own
        earlier weeks (four robust deviations, and at least 20 messages); it does not say why.
      </Notice>
      <DataTable
        label="People"
        rows={load.data?.items}
        columns={shown}
        rowId={(row) => row.key}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No one was reported.">
            No event named a person in this period. Telemetry names the signed-in account.
          </EmptyState>
        }
      />
      {load.data === undefined ? null : <p className="muted">{count(load.data.total, 'person', 'people')}</p>}
      <VendorPeople slug={slug} vendor={vendor} />
      {search.panel === undefined ? null : (
        <PersonPanel
          key={search.panel}
          slug={slug}
          person={search.panel}
          range={range}
          onClose={closePanel}
        />
      )}
    </Stack>
  );
}
