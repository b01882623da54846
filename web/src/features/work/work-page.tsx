import { Button, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { names } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { COLUMNS_OF_ALL } from './columns.tsx';
import { workRoute } from './routes.tsx';
import {
  countsText,
  groupsOf,
  KIND_WORDS,
  KINDS,
  OWNER_WORDS,
  OWNERS,
  type WorkItem,
  type WorkList,
} from './words.ts';
import classes from './work.module.css';

const whenOf = (row: WorkItem) => row.when;
/** Rows shown at first, and added with each step. */
const PAGE = 200;
/** The most rows fetched. Another sort order needs all rows, or the first page would be wrong. */
const MAX_ITEMS = 5_000;
/** Milliseconds before refetching a list that is still missing some clients. */
const REFETCH_MS = 2_000;

/** What is due at every client that the viewer may see, most urgent first. */
export function WorkPage() {
  const search = workRoute.useSearch();
  const { set } = useListSearch(search);
  const { view, sort, shown = PAGE, ...filter } = search;
  const question = { ...filter, ...(view === 'all' ? {} : { when: 'now' as const }) };
  const limit = sort === undefined ? Math.min(Math.max(shown, PAGE), MAX_ITEMS) : MAX_ITEMS;
  const load = useQuery({
    ...api.work.list.queryOptions({ input: { ...question, limit, wait: 'no' as const } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.deciding.length ? REFETCH_MS : false),
  });
  const { data } = load;
  // While clients are missing, totals are shown only together with the note about what is missing.
  const known = data?.deciding.length === 0 ? data : undefined;
  const found = known?.found;
  const groups = useMemo(() => groupsOf(found), [found]);
  const clients = data?.clients ?? [];
  return (
    <ListPage
      title="Work"
      load={load}
      meta={data === undefined ? undefined : metaText(data)}
      actions={
        <>
          <LinkButton href="/me">Set up reminders…</LinkButton>
          <ExportMenu onExport={(format) => fetchFile(routes.work.export, { ...question, format })} />
        </>
      }
      filters={
        <FilterChips
          search={{ label: 'Search the work', value: filter.text, onChange: (text) => set({ text }) }}
          filters={[
            {
              id: 'of',
              label: 'Client',
              options: clients.map(({ client, name, now }) => ({
                value: client,
                label: name,
                ...(view === 'all' ? {} : { count: now }),
              })),
              value: filter.of,
              onChange: (of) => set({ of }),
            },
            choiceFilter(filter, set, 'kind', 'Kind', KINDS, KIND_WORDS),
            choiceFilter(filter, set, 'owner', 'Owner', OWNERS, OWNER_WORDS),
          ]}
          {...(known === undefined ? {} : { count: `${known.total} of ${known.all}` })}
        >
          <SegmentedControl
            aria-label="What is shown"
            data={[
              { value: 'now', label: known === undefined ? 'Now' : `Now ${known.now}` },
              { value: 'all', label: known === undefined ? 'Everything' : `Everything ${known.all}` },
            ]}
            value={view ?? 'now'}
            onChange={(value) => set({ view: value === 'all' ? 'all' : undefined })}
          />
        </FilterChips>
      }
      foot={<ListKeys />}
    >
      <Deciding clients={data?.deciding ?? []} />
      <DataTable
        label="Work"
        rows={data?.items}
        columns={COLUMNS_OF_ALL}
        rowId={(row) => `${row.client} ${row.key}`}
        groups={groups}
        groupOf={whenOf}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={<Nothing deciding={data?.deciding.length ?? 0} clients={clients.length} />}
        filtered={filteredBy(
          {
            of: clients.find(({ client }) => client === filter.of)?.name ?? filter.of,
            kind: filter.kind && KIND_WORDS[filter.kind],
            owner: filter.owner && OWNER_WORDS[filter.owner],
            text: filter.text && `“${filter.text}”`,
          },
          set,
        )}
      />
      {data === undefined ? null : (
        <Rest
          shown={data.items.length}
          total={data.total}
          loading={load.isPlaceholderData}
          onMore={limit < MAX_ITEMS ? () => set({ shown: limit + PAGE }) : null}
        />
      )}
    </ListPage>
  );
}

/** Never claims that nothing is due while clients are still being evaluated. */
function metaText({ counts, clients, deciding }: WorkList): string {
  if (deciding.length === 0) return countsText(counts);
  const of = clients.length + deciding.length;
  return clients.length === 0
    ? `None of ${of} clients has been evaluated for today yet.`
    : `At ${clients.length} of ${of} clients: ${countsText(counts)}`;
}

function Nothing({ deciding, clients }: { deciding: number; clients: number }) {
  if (deciding > 0)
    return (
      <EmptyState title="Not known yet.">
        {clients === 0
          ? 'Every client is being evaluated for today. The list fills in automatically.'
          : `Nothing at the ${clients} clients evaluated so far. The others follow automatically.`}
      </EmptyState>
    );
  if (clients === 0)
    return (
      <EmptyState title="No clients, so no work.">
        Work due at a client appears here once you have access to one.
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing to do now.">
      Nothing is overdue, due within 14 days or waiting for someone. Everything else is under Everything.
    </EmptyState>
  );
}

/** Clients whose work is not listed yet, because they are still being evaluated. */
function Deciding({ clients }: { clients: WorkList['deciding'] }) {
  if (clients.length === 0) return null;
  return (
    <div className={classes.deciding}>
      <Notice mark="pending">
        {clients.length === 1 ? '1 client is' : `${clients.length} clients are`} being evaluated for today:{' '}
        {names(
          clients.map(({ name }) => name),
          3,
        )}
        . What is due there is not in the list or the numbers yet.
      </Notice>
    </div>
  );
}

interface RestProps {
  readonly shown: number;
  readonly total: number;
  readonly loading: boolean;
  /** null: no more rows can be shown. */
  readonly onMore: (() => void) | null;
}

/** How many rows are not shown, and the button for more. */
function Rest({ shown, total, loading, onMore }: RestProps) {
  if (shown >= total) return null;
  return (
    <div className={classes.rest}>
      <span className="muted">
        {shown} of {total} are shown, worst first.
        {onMore === null ? ' Filter the list, or export all of it.' : ''}
      </span>
      {onMore === null ? null : (
        <Button loading={loading} onClick={onMore}>
          Show {Math.min(PAGE, total - shown)} more
        </Button>
      )}
    </div>
  );
}
