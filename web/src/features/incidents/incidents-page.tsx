import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { incidentsRoute } from './routes.tsx';
import { StartDialog } from './start-dialog.tsx';
import { TypesTable } from './types-table.tsx';
import { type IncidentLine, status } from './words.ts';

/** Open incidents, closed ones, and drills. */
export function IncidentsPage() {
  const { slug } = useClientHere();
  const search = incidentsRoute.useSearch();
  const { set } = useListSearch(search);
  const tab = search.tab ?? 'open';
  const filter = {
    client: slug,
    state: tab === 'drills' || tab === 'types' ? ('all' as const) : tab,
    drill: tab === 'drills' ? ('yes' as const) : ('no' as const),
  };
  const load = useQuery(api.incidents.list.queryOptions({ input: filter }));
  const { data } = load;
  const counts = data?.counts;
  return (
    <>
      <ListPage
        title="Incidents"
        permission="incidents.read"
        load={load}
        meta={
          counts === undefined
            ? undefined
            : `${count(counts.open, 'incident')} open, ${counts.closed} closed. Drills are not counted.`
        }
        actions={
          <>
            <LinkButton href={`/c/${slug}/incidents/reports`}>Staff reports</LinkButton>
            <ExportMenu onExport={(format) => fetchFile(routes.incidents.export, { ...filter, format })} />
            {data?.may.lead === true ? (
              <Button variant="filled" onClick={() => set({ open: 'yes' })}>
                Open an incident…
              </Button>
            ) : null}
          </>
        }
        tabs={
          <TabLinks
            label="Incidents"
            value={tab}
            items={[
              { value: 'open', label: 'Open', ...(counts && { count: counts.open }) },
              { value: 'closed', label: 'Closed', ...(counts && { count: counts.closed }) },
              { value: 'drills', label: 'Drills', ...(counts && { count: counts.drills }) },
              { value: 'types', label: 'Types' },
            ]}
          />
        }
        foot="Each incident keeps the playbook it was opened with. It can be closed as resolved only once every step is settled. A containment step is either confirmed by a reading or rests on the word of a named person."
      >
        {tab === 'types' ? (
          <TypesTable slug={slug} mayLead={data?.may.lead === true} />
        ) : (
          <DataTable
            label="Incidents"
            rows={data?.items}
            columns={columnsOf(slug)}
            rowId={(row) => row.id}
            sort={search.sort}
            onSort={(sort) => set({ sort })}
            empty={
              <EmptyState
                title={
                  tab === 'open'
                    ? 'No incident is open.'
                    : tab === 'drills'
                      ? 'No drill yet.'
                      : 'No incident is closed.'
                }
              >
                {tab === 'drills'
                  ? 'A drill runs a playbook without an incident, so everyone has done it once.'
                  : 'An incident can be opened from an alert, a staff report or a difference from the charter, or manually.'}
              </EmptyState>
            }
          />
        )}
      </ListPage>
      {search.open === 'yes' && data?.may.lead === true ? (
        <StartDialog
          alert={search.alert}
          drift={search.drift}
          account={search.account}
          grant={search.grant}
          person={search.person}
          type={search.type}
          drill={tab === 'drills'}
          onClose={() =>
            set({
              open: undefined,
              alert: undefined,
              drift: undefined,
              account: undefined,
              grant: undefined,
              person: undefined,
              type: undefined,
            })
          }
        />
      ) : null}
    </>
  );
}

function columnsOf(slug: string): readonly Column<IncidentLine>[] {
  return [
    {
      id: 'title',
      header: 'Incident',
      sort: (row) => row.code,
      cell: (row) => (
        <RowTitle code={row.code} detail={row.type}>
          <AppLink href={`/c/${slug}/incidents/${row.id}`}>{row.title}</AppLink>
        </RowTitle>
      ),
    },
    {
      id: 'severity',
      header: 'Severity',
      evident: true,
      width: '7rem',
      sort: (row) => row.severity,
      cell: (row) => <Severity level={row.severity} />,
    },
    {
      id: 'state',
      header: 'State',
      evident: true,
      width: '9rem',
      sort: (row) => status(row).words,
      cell: (row) => <VerdictMark state={status(row).state}>{status(row).words}</VerdictMark>,
    },
    {
      id: 'steps',
      header: 'Steps settled',
      width: '8rem',
      from: 760,
      sort: (row) => row.steps.settled,
      cell: (row) => `${row.steps.settled} of ${row.steps.all}`,
    },
    {
      id: 'next',
      header: 'Next step due',
      width: '11rem',
      from: 860,
      sort: (row) => row.next ?? '\uffff',
      cell: (row) => (row.next === null ? <span className="muted">None</span> : <When at={row.next} />),
    },
    {
      id: 'lead',
      header: 'Led by',
      width: '10rem',
      from: 960,
      sort: (row) => row.lead?.name ?? '\uffff',
      cell: (row) => row.lead?.name ?? <span className="muted">Unassigned</span>,
    },
  ];
}
// Guide: G7.2-00
