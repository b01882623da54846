import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import type { Load } from '../../ui/templates/load.ts';
import { When } from '../../ui/when.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { MakeDialog } from './make-dialog.tsx';
import classes from './reports.module.css';
import { reportsRoute } from './routes.tsx';
import { Schedules } from './schedules.tsx';
import type { Report } from './words.ts';

function columnsOf(client: string): readonly Column<Report>[] {
  return [
    {
      id: 'title',
      header: 'Report',
      sort: (row) => row.title,
      cell: (row) => (
        <RowTitle detail={`${row.scheduled ? 'Created by schedule' : `Created by ${row.madeBy}`}`}>
          <Link to="/c/$client/reports/$report" params={{ client, report: row.id }}>
            {row.title}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'asOf',
      header: 'As of',
      width: '7.5rem',
      sort: (row) => row.asOf,
      cell: (row) => dayWords(row.asOf),
    },
    {
      id: 'made',
      header: 'Created',
      width: '8.5rem',
      from: 800,
      unlisted: true,
      sort: (row) => row.madeAt,
      cell: (row) => <When at={row.madeAt} />,
    },
    {
      id: 'states',
      header: 'By state',
      evident: true,
      width: '9rem',
      unlisted: true,
      cell: (row) => <StateBar counts={row.counts} />,
    },
    number('fail', 'Fail'),
    number('cannot_read', 'Cannot read'),
    number('pass', 'Pass'),
    {
      id: 'file',
      header: 'Files',
      evident: true,
      quiet: true,
      width: '8rem',
      cell: (row) => <DownloadMenu client={client} report={row.id} title={row.title} />,
    },
  ];
}

function number(state: 'fail' | 'cannot_read' | 'pass', header: string): Column<Report> {
  return {
    id: state,
    header,
    align: 'end',
    width: state === 'cannot_read' ? '7rem' : '4.5rem',
    sort: (row) => row.counts[state],
    cell: (row) => (
      <span className={classes.number} data-state={row.counts[state] === 0 ? undefined : state}>
        {row.counts[state]}
      </span>
    ),
  };
}

/** The existing reports, and the schedules that create them automatically. */
export function ReportsPage() {
  const { slug } = useClientHere();
  const search = reportsRoute.useSearch();
  const navigate = reportsRoute.useNavigate();
  const { set } = useListSearch(search);
  const mayMake = useMay('reports.make');
  const load = useQuery(api.reports.list.queryOptions({ input: { client: slug } }));
  const schedules = useQuery(api.reports.schedules.queryOptions({ input: { client: slug } }));
  const tab = search.tab ?? 'reports';
  const shown: Load<unknown> = tab === 'reports' ? load : schedules;
  const columns = useMemo(() => columnsOf(slug), [slug]);
  const compare = (rows: readonly Report[]) => {
    const [older, newer] = rows.toSorted(
      (a, b) => a.asOf.localeCompare(b.asOf) || a.madeAt.localeCompare(b.madeAt),
    );
    if (older === undefined || newer === undefined) return;
    void navigate({
      to: '/c/$client/reports/$report',
      params: { client: slug, report: newer.id },
      search: { since: older.id },
    });
  };
  return (
    <ListPage
      title="Reports"
      permission="reports.read"
      load={shown}
      meta={
        load.data === undefined
          ? undefined
          : `${count(load.data.total, 'report')}. Each stays exactly as made, with its own SHA-256.`
      }
      actions={
        mayMake ? (
          <Button variant="filled" onClick={() => set({ new: 'yes' })}>
            Create a report
          </Button>
        ) : null
      }
      tabs={
        <TabLinks
          label="Reports"
          value={tab}
          items={[
            { value: 'reports', label: 'Reports', ...counted(load.data?.total) },
            { value: 'schedules', label: 'Schedules', ...counted(schedules.data?.total) },
          ]}
        />
      }
    >
      {tab === 'schedules' ? (
        <Schedules answer={schedules.data} />
      ) : (
        <DataTable
          label="Reports"
          rows={load.data?.items}
          columns={columns}
          rowId={(row) => row.id}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          selection={{
            noun: (chosen) => `${count(chosen, 'report')} selected`,
            explain: (rows) =>
              rows.length === 2
                ? 'The later report is compared with the earlier one.'
                : 'Select two to compare them.',
            actions: (rows) =>
              rows.length === 2 ? (
                <Button size="xs" onClick={() => compare(rows)}>
                  Compare these two
                </Button>
              ) : null,
          }}
          empty={
            <EmptyState title="No reports.">
              A report shows every control with its reason and evidence as of one day, for a board or an
              auditor.{' '}
              {mayMake
                ? 'Create the first one, or schedule one.'
                : 'None has been created yet; a technician or client admin can create one.'}
            </EmptyState>
          }
        />
      )}
      {search.new === 'yes' && mayMake && load.data !== undefined ? (
        <MakeDialog
          reports={load.data.items}
          onClose={() => set({ new: undefined })}
          onMade={(report) =>
            void navigate({ to: '/c/$client/reports/$report', params: { client: slug, report } })
          }
        />
      ) : null}
    </ListPage>
  );
}

function counted(total: number | undefined): { count?: number } {
  return total === undefined ? {} : { count: total };
}
