import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { REPORT_KIND_WORDS, REPORT_STATE_WORDS, REPORT_STATES } from '../../../../src/domain/staff/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { CloseReportDialog, ReportPanel, ReportState as State } from './report-panel.tsx';
import { staffReportsRoute } from './routes.tsx';
import { StartDialog } from './start-dialog.tsx';
import type { StaffReport } from './words.ts';

const columns: readonly Column<StaffReport>[] = [
  {
    id: 'kind',
    header: 'Report',
    sort: (row) => row.kind,
    cell: (row) => (
      <RowTitle code={row.reference} detail={row.said.slice(0, 160)}>
        <Link from="/c/$client/incidents/reports" to="." search={(was) => ({ ...was, panel: row.id })}>
          {REPORT_KIND_WORDS[row.kind]}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'at',
    header: 'Received',
    width: '9rem',
    sort: (row) => row.at,
    cell: (row) => <When at={row.at} />,
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '10rem',
    sort: (row) => REPORT_STATES.indexOf(row.state),
    cell: (row) => <State state={row.state} />,
  },
];

type Act = { readonly what: 'open' | 'close'; readonly report: StaffReport };

/** What staff reported on the staff page, and the outcome of each report. */
export function StaffReportsPage() {
  const { slug } = useClientHere();
  const search = staffReportsRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const [act, setAct] = useState<Act | null>(null);
  const load = useQuery(api.staff.reports.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const { state } = search;
  const open = data?.items.find(({ id }) => id === search.panel);
  return (
    <>
      <ListPage
        title="Staff reports"
        permission="incidents.read"
        load={load}
        meta={data === undefined ? undefined : `${data.counts.open} waiting, ${data.total} in all`}
        filters={
          <FilterChips
            filters={[
              {
                id: 'state',
                label: 'State',
                options: REPORT_STATES.map((value) => ({
                  value,
                  label: REPORT_STATE_WORDS[value],
                  count: data?.counts[value] ?? 0,
                })),
                value: state,
                onChange: (value) => set({ state: REPORT_STATES.find((one) => one === value) }),
              },
            ]}
          />
        }
        foot="Anyone with the address of the staff page can report. The sender is known only if their address is verified."
        panel={
          open === undefined ? null : (
            <ReportPanel
              key={open.id}
              slug={slug}
              report={open}
              mayLead={data?.may.lead === true}
              onAct={(what) => setAct({ what, report: open })}
              onClose={closePanel}
            />
          )
        }
      >
        <DataTable
          label="Staff reports"
          rows={data?.items.filter((row) => state === undefined || row.state === state)}
          columns={columns}
          rowId={(row) => row.id}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="No one has reported anything.">
              Staff send reports from the staff page, which shows what is allowed. Create its address under
              Policy.
            </EmptyState>
          }
          filtered={
            data === undefined || data.total === 0
              ? undefined
              : filteredBy({ state: state && REPORT_STATE_WORDS[state] }, set)
          }
        />
      </ListPage>
      {act?.what === 'open' ? (
        <StartDialog report={act.report} drill={false} onClose={() => setAct(null)} />
      ) : null}
      {act?.what === 'close' ? (
        <CloseReportDialog slug={slug} report={act.report} onClose={() => setAct(null)} />
      ) : null}
    </>
  );
}
// Guide: G8-16
