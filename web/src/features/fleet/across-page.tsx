import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { STATES } from '../../../../src/domain/model/verdict.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { VERDICT_ORDER, verdictWord } from '../../theme/tokens.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Icon } from '../../ui/icon.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './fleet.module.css';
import { acrossRoute } from './routes.tsx';
import type { AcrossLine } from './words.ts';

const groups = VERDICT_ORDER.map((state) => ({ key: state, label: <VerdictMark state={state} /> }));
const groupOf = (row: AcrossLine) => row.state;

function columnsFor(control: string): readonly Column<AcrossLine>[] {
  return [
    {
      id: 'client',
      header: 'Client',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle detail={<span className={classes.clamped}>{row.reason}</span>}>
          <AppLink href={`/c/${row.client}/controls/${control}`}>{row.name}</AppLink>
        </RowTitle>
      ),
    },
    {
      id: 'listed',
      header: 'Listed',
      align: 'end',
      width: '5rem',
      sort: (row) => row.listed,
      cell: (row) => row.listed,
    },
    {
      id: 'observed',
      header: 'Observed',
      width: '7.5rem',
      sort: (row) => row.observedOn,
      cell: (row) =>
        row.observedOn === null ? <span className="muted">Never</span> : dayWords(row.observedOn),
    },
    {
      id: 'since',
      header: 'Since',
      width: '7.5rem',
      sort: (row) => row.since,
      cell: (row) => <When at={row.since} />,
    },
  ];
}

/** One control at every client that the viewer may see. */
export function AcrossPage() {
  const { control } = acrossRoute.useParams();
  const search = acrossRoute.useSearch();
  const { set } = useListSearch(search);
  const { sort, ...filter } = search;
  const load = useQuery({
    ...api.fleet.across.queryOptions({ input: { control, ...filter } }),
    placeholderData: keepPreviousData,
  });
  const counts = load.data?.counts;
  const short = load.data?.control.short ?? control;
  const [columns, setColumns] = useState(() => ({ short, list: columnsFor(short) }));
  if (columns.short !== short) setColumns({ short, list: columnsFor(short) });
  return (
    <ListPage
      title={load.data?.control.title ?? 'One control, all clients'}
      load={load}
      mark={
        load.data === undefined ? undefined : (
          <>
            <Severity level={load.data.control.severity} />
            <span className="mono muted">{load.data.control.id}</span>
          </>
        )
      }
      meta={
        load.data === undefined
          ? undefined
          : `${load.data.all} ${load.data.all === 1 ? 'client' : 'clients'}: fails at ${load.data.counts.fail}, cannot be read at ${load.data.counts.cannot_read}`
      }
      actions={
        <ExportMenu
          onExport={(format) => fetchFile(routes.fleet.acrossTable, { control, ...filter, format })}
        />
      }
      filters={
        <FilterChips
          search={{ label: 'Search the clients', value: filter.text, onChange: (text) => set({ text }) }}
          filters={[
            choiceFilter(
              filter,
              set,
              'state',
              'State',
              STATES,
              verdictWord,
              counts && ((value) => counts[value]),
            ),
          ]}
          {...(load.data === undefined ? {} : { count: `${load.data.total} of ${load.data.all}` })}
        >
          <Chooser />
        </FilterChips>
      }
      foot={<ListKeys />}
    >
      <DataTable
        label="Clients"
        rows={load.data?.items}
        columns={columns.list}
        rowId={(row) => row.client}
        groups={groups}
        groupOf={groupOf}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={
          <EmptyState title="No clients.">
            You cannot see any clients, so there is nothing to compare. Your administrator can give you
            access.
          </EmptyState>
        }
        filtered={filteredBy({ state: filter.state && verdictWord(filter.state), text: filter.text }, set)}
      />
    </ListPage>
  );
}

/** Navigates to another control by id or by words of its title, with suggestions. */
function Chooser() {
  const navigate = acrossRoute.useNavigate();
  const [text, setText] = useState('');
  const load = useQuery({
    ...api.catalogue.list.queryOptions({ input: { kind: 'controls' } }),
    staleTime: 10 * 60_000,
  });
  const names = (load.data?.items ?? []).map(({ short, title }) => ({ short, label: `${short} ${title}` }));
  const choose = (value: string) => {
    setText(value);
    const found = names.find(({ short, label }) => label === value || short === value.trim().toUpperCase());
    if (found === undefined) return;
    setText('');
    void navigate({ to: '/across/$control', params: { control: found.short }, search: {} });
  };
  return (
    <>
      <TextInput
        size="xs"
        className={classes.chooser}
        aria-label="Another control"
        placeholder="Another control"
        leftSection={<Icon name="controls" />}
        list="controls-to-choose"
        value={text}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <datalist id="controls-to-choose">
        {names.map(({ short, label }) => (
          <option key={short} value={label} />
        ))}
      </datalist>
    </>
  );
}
