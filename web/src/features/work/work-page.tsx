import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, fetchFile } from '../../api.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { COLUMNS_OF_ALL } from './columns.tsx';
import { workRoute } from './routes.tsx';
import { countsText, GROUPS, KIND_WORDS, KINDS, OWNER_WORDS, OWNERS, type WorkItem } from './words.ts';

const whenOf = (row: WorkItem) => row.when;

/** What is due at every client that the person may see, worst first. */
export function WorkPage() {
  const search = workRoute.useSearch();
  const { set } = useListSearch(search);
  const { view, sort, ...filter } = search;
  const input = { ...filter, ...(view === 'all' ? {} : { when: 'now' as const }) };
  const load = useQuery({ ...api.work.list.queryOptions({ input }), placeholderData: keepPreviousData });
  const { data } = load;
  const clients = data?.clients ?? [];
  return (
    <ListPage
      title="Work"
      load={load}
      meta={data === undefined ? undefined : countsText(data.counts)}
      actions={
        <>
          <LinkButton href="/me">Be reminded…</LinkButton>
          <ExportMenu onExport={(format) => fetchFile('/work/export', { ...input, format })} />
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
            choiceFilter(
              { id: 'kind', label: 'Kind', values: KINDS, words: (value) => KIND_WORDS[value] },
              filter,
              set,
            ),
            choiceFilter(
              { id: 'owner', label: 'Owner', values: OWNERS, words: (value) => OWNER_WORDS[value] },
              filter,
              set,
            ),
          ]}
          {...(data === undefined ? {} : { count: `${data.total} of ${data.all}` })}
        >
          <SegmentedControl
            aria-label="What is shown"
            data={[
              { value: 'now', label: data === undefined ? 'Now' : `Now ${data.now}` },
              { value: 'all', label: data === undefined ? 'Everything' : `Everything ${data.all}` },
            ]}
            value={view ?? 'now'}
            onChange={(value) => set({ view: value === 'all' ? 'all' : undefined })}
          />
        </FilterChips>
      }
      foot={<ListKeys />}
    >
      <DataTable
        label="Work"
        rows={data?.items}
        columns={COLUMNS_OF_ALL}
        rowId={(row) => `${row.client} ${row.key}`}
        groups={GROUPS}
        groupOf={whenOf}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={
          <EmptyState title={clients.length === 0 ? 'No clients, so no work.' : 'Nothing to do now.'}>
            {clients.length === 0
              ? 'What is due at a client stands here once one is yours to see.'
              : 'Nothing is overdue, due within 14 days or waiting for somebody. Everything else stands under Everything.'}
          </EmptyState>
        }
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
    </ListPage>
  );
}
