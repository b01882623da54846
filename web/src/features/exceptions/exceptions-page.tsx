import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { Ends } from './ends.tsx';
import { ExceptionPanel, State } from './exception-panel.tsx';
import { RequestDialog } from './request-dialog.tsx';
import { exceptionsRoute } from './routes.tsx';
import { coversText, daysLeftText, type Exception, GROUPS, STATE_WORDS, STATES } from './words.ts';

const stateOf = (row: Exception) => row.state;

const columns: readonly Column<Exception>[] = [
  {
    id: 'control',
    header: 'Control',
    sort: (row) => row.control,
    cell: (row) => (
      <RowTitle code={row.control.replace('CLA-', '')} detail={row.reason}>
        <Link from="/c/$client/exceptions" to="." search={(was) => ({ ...was, panel: row.id })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'covers',
    header: 'Covers',
    width: '18%',
    cell: (row) => <Breakable text={coversText(row)} />,
  },
  {
    id: 'owner',
    header: 'Owner',
    width: '10rem',
    sort: (row) => row.owner,
    cell: (row) => (
      <span className="wraps">
        <Breakable text={row.owner} />
      </span>
    ),
  },
  {
    id: 'until',
    header: 'Until',
    width: '8rem',
    sort: (row) => row.until,
    cell: (row) => (
      <>
        {dayWords(row.until)}
        <span className="second">{daysLeftText(row)}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '9rem',
    sort: (row) => STATES.indexOf(row.state),
    cell: (row) => <State exception={row} />,
  },
  {
    id: 'approved',
    header: 'Approved',
    width: '10rem',
    from: 900,
    sort: (row) => row.decided?.at ?? '',
    cell: (row) =>
      row.decided === null || row.state === 'refused' ? (
        <span className="muted">{notApproved(row)}</span>
      ) : (
        <>
          {row.decided.by}
          <span className="second">
            <When at={row.decided.at} inline />
          </span>
        </>
      ),
  },
  {
    id: 'source',
    header: 'Recorded in',
    width: '7rem',
    from: 1100,
    unlisted: true,
    sort: (row) => row.source,
    cell: (row) => (row.source === 'charter' ? 'Imported charter' : 'Console'),
  },
];

/** Why no approver is named. */
function notApproved({ source, state }: Exception): string {
  if (source === 'charter') return 'In the charter';
  return state === 'refused' ? 'Refused' : state === 'requested' ? 'Not yet' : 'No';
}

/** What was accepted, until when, by whom, and what waits for approval. */
export function ExceptionsPage() {
  const { slug } = useClientHere();
  const search = exceptionsRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const mayAsk = useMay('exceptions.request');
  const load = useQuery(api.exceptions.list.queryOptions({ input: { client: slug } }));
  const all = load.data?.items;
  const state = search.state;
  const rows = all?.filter(
    (one) =>
      (search.control === undefined || one.control === search.control) &&
      (state === undefined ||
        (state === 'open' ? one.state !== 'ended' && one.state !== 'refused' : one.state === state)),
  );
  const open = all?.find((one) => one.id === search.panel);
  const waiting = load.data?.counts.requested ?? 0;
  const current = (load.data?.counts.in_force ?? 0) + (load.data?.counts.ending_soon ?? 0);
  return (
    <ListPage
      title="Exceptions"
      permission="exceptions.read"
      load={load}
      meta={
        load.data === undefined
          ? undefined
          : `${current} in force, ${load.data.counts.ending_soon ?? 0} of them ending soon; ${waiting} waiting for approval`
      }
      actions={
        <>
          <ExportMenu
            onExport={(format) =>
              fetchFile(routes.exceptions.export, { client: slug, state, control: search.control, format })
            }
          />
          {mayAsk ? (
            <Button
              variant={open === undefined ? 'filled' : 'default'}
              onClick={() => set({ new: 'choose', items: undefined })}
            >
              Request an exception
            </Button>
          ) : null}
        </>
      }
      filters={
        <FilterChips
          filters={[
            {
              id: 'state',
              label: 'State',
              options: [
                { value: 'open', label: 'Not ended' },
                ...STATES.map((value) => ({
                  value,
                  label: STATE_WORDS[value],
                  count: load.data?.counts[value] ?? 0,
                })),
              ],
              value: state,
              onChange: (value) =>
                set({
                  state: STATES.find((one) => one === value) ?? (value === 'open' ? 'open' : undefined),
                }),
            },
            {
              id: 'control',
              label: 'Control',
              options: [...new Set((all ?? []).map(({ control }) => control))]
                .toSorted()
                .map((value) => ({ value, label: value })),
              value: search.control,
              onChange: (control) => set({ control }),
            },
          ]}
          {...(rows === undefined || all === undefined ? {} : { count: `${rows.length} of ${all.length}` })}
        >
          <SegmentedControl
            aria-label="View"
            data={[
              { value: 'list', label: 'List' },
              { value: 'ends', label: 'By end' },
            ]}
            value={search.view ?? 'list'}
            onChange={(value) => set({ view: value === 'ends' ? 'ends' : undefined })}
          />
        </FilterChips>
      }
      foot={<ListKeys />}
      panel={
        open === undefined ? null : <ExceptionPanel key={open.id} exception={open} onClose={closePanel} />
      }
    >
      {search.view === 'ends' && rows !== undefined ? (
        <Ends rows={rows} />
      ) : (
        <DataTable
          label="Exceptions"
          rows={rows}
          columns={columns}
          rowId={(row) => row.id}
          groups={GROUPS}
          groupOf={stateOf}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="No exceptions.">
              An exception accepts a failing control until a date. Open a failing control to request one.
            </EmptyState>
          }
          filtered={
            all === undefined || all.length === 0
              ? undefined
              : filteredBy(
                  {
                    state: state && (state === 'open' ? 'Not ended' : STATE_WORDS[state]),
                    control: search.control,
                  },
                  set,
                )
          }
        />
      )}
      {search.new === undefined || !mayAsk ? null : (
        <RequestDialog
          control={search.new === 'choose' ? '' : search.new}
          items={search.items ?? []}
          onControl={(control) => set({ new: control === '' ? 'choose' : control, items: undefined })}
          onClose={() => set({ new: undefined, items: undefined })}
          onDone={(id) => set({ new: undefined, items: undefined, panel: id })}
        />
      )}
    </ListPage>
  );
}
