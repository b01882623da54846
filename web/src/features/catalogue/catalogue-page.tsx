import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { catalogueRoute } from './routes.tsx';
import { type Entry, KIND_WORDS, KINDS, type Kind, TAG_WORDS } from './words.ts';

function columnsOf(kind: Kind): readonly Column<Entry>[] {
  return [
    {
      id: 'title',
      header: KIND_WORDS[kind],
      sort: (row) => row.title,
      cell: (row) => (
        <RowTitle {...(kind === 'controls' ? { code: row.short } : {})} detail={row.says}>
          <Link to="/catalogue/$kind/$id" params={{ kind, id: kind === 'controls' ? row.short : row.id }}>
            {row.title}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'tag',
      header: TAG_WORDS[kind],
      width: '11rem',
      sort: (row) => row.tag,
      cell: (row) =>
        row.tag === null ? (
          <span className="muted">None</span>
        ) : row.differs === true ? (
          <span className="tag">{row.tag}</span>
        ) : (
          row.tag
        ),
    },
    {
      id: 'sections',
      header: 'Guide',
      width: '10rem',
      cell: (row) =>
        row.sections.length === 0 ? <span className="muted">Not in the guide</span> : row.sections.join(', '),
    },
  ];
}

/** The catalogue: controls, statements of guide and vendors, connectors, licenses, risks, clauses. */
export function CataloguePage() {
  const search = catalogueRoute.useSearch();
  const { set } = useListSearch(search);
  const { sort, kind = 'controls', ...filter } = search;
  const load = useQuery({
    ...api.catalogue.list.queryOptions({ input: { kind, ...filter } }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => columnsOf(kind), [kind]);
  const compares = kind === 'capabilities' || kind === 'risks';
  return (
    <ListPage
      title="Catalogue"
      load={load}
      meta="What the controls are based on, with each source and the date it was read."
      actions={
        <>
          <LinkButton href="/catalogue/facts">Facts to verify</LinkButton>
          <LinkButton href="/catalogue/revisions">What changed</LinkButton>
        </>
      }
      tabs={
        <TabLinks
          label="Kinds of entry"
          param="kind"
          value={kind}
          items={KINDS.map((value) => ({
            value,
            label: KIND_WORDS[value],
            ...(load.data === undefined ? {} : { count: load.data.counts[value] }),
          }))}
        />
      }
      filters={
        <FilterChips
          search={{ label: 'Search the catalogue', value: filter.text, onChange: (text) => set({ text }) }}
          filters={[
            {
              id: 'section',
              label: 'Guide section',
              options: (load.data?.sections ?? []).map((value) => ({ value, label: value })),
              value: filter.section,
              onChange: (section) => set({ section }),
            },
            ...(compares
              ? [choiceFilter(filter, set, 'differs', 'Guide and vendor', ['yes'], () => 'differ')]
              : []),
          ]}
          {...(load.data === undefined ? {} : { count: `${load.data.total} of ${load.data.all}` })}
        />
      }
      foot={<ListKeys />}
    >
      <DataTable
        label={KIND_WORDS[kind]}
        rows={load.data?.items.every((item) => item.kind === kind) ? load.data.items : undefined}
        columns={columns}
        rowId={(row) => row.id}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={
          <EmptyState title="Nothing of this kind.">The catalogue that ships with Bylaw has none.</EmptyState>
        }
        filtered={filteredBy(
          {
            section: filter.section && `guide section ${filter.section}`,
            differs: filter.differs && 'guide and vendor differ',
            text: filter.text && `“${filter.text}”`,
          },
          set,
        )}
      />
    </ListPage>
  );
}
