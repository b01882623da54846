import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  ALERT_LEVELS,
  ALERT_STATE_WORDS,
  ALERT_STATES,
} from '../../../../src/domain/detections/alert-words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { Moment } from './moment.tsx';
import { alertsRoute } from './routes.tsx';
import { type AlertLine, STATE_SHAPES } from './words.ts';

const columns: readonly Column<AlertLine>[] = [
  {
    id: 'words',
    header: 'What happened',
    sort: (row) => row.words,
    cell: (row) => (
      <RowTitle code={row.code} detail={row.title}>
        <Link from="/c/$client/alerts" to="./$alert" params={{ alert: row.id }}>
          {row.words}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'level',
    header: 'Severity',
    width: '7.5rem',
    sort: (row) => ALERT_LEVELS.indexOf(row.level),
    cell: (row) => <Severity level={row.level} />,
  },
  {
    id: 'state',
    header: 'State',
    width: '11rem',
    sort: (row) => ALERT_STATES.indexOf(row.state),
    cell: (row) => <VerdictMark state={STATE_SHAPES[row.state]}>{ALERT_STATE_WORDS[row.state]}</VerdictMark>,
  },
  {
    id: 'last',
    header: 'Last',
    width: '11rem',
    from: 700,
    sort: (row) => row.last,
    // A day ends after most of what happened on it.
    cell: (row) => (row.day === null ? <Moment at={row.last} /> : dayWords(row.day)),
  },
  {
    id: 'count',
    header: 'Count',
    width: '6rem',
    from: 900,
    align: 'end',
    sort: (row) => row.count,
    cell: (row) => row.count.toLocaleString('en'),
  },
];

const CHOICE_WORDS = { settled: 'Settled', all: 'All' } as const;

/** What the detections found and nobody has settled yet; and what was. */
export function AlertsPage() {
  const { slug } = useClientHere();
  const search = alertsRoute.useSearch();
  const { set } = useListSearch(search);
  const input = {
    client: slug,
    state: search.state ?? ('open' as const),
    ...(search.rule ? { rule: search.rule } : {}),
  };
  const load = useQuery(api.alerts.list.queryOptions({ input }));
  const { data } = load;
  const open = (data?.counts.open ?? 0) + (data?.counts.follow_up ?? 0);
  return (
    <ListPage
      title="Alerts"
      permission="alerts.read"
      load={load}
      meta={
        data === undefined ? undefined : data.watched.last === null ? (
          'No activity has been received yet, so nothing is being watched.'
        ) : (
          <>
            {count(open, 'open alert')}. Newest activity <When at={data.watched.last} inline />.
          </>
        )
      }
      actions={<ExportMenu onExport={(format) => fetchFile(routes.alerts.export, { ...input, format })} />}
      tabs={<AlertTabs />}
      filters={
        <>
          <FilterChips
            filters={[choiceFilter(search, set, 'state', 'State', ['settled', 'all'], CHOICE_WORDS)]}
            {...(data === undefined ? {} : { count: `${data.items.length} of ${data.total}` })}
          />
          <CompletenessNote days={30} />
        </>
      }
      foot={<ListKeys />}
    >
      {data !== undefined && data.watched.last === null ? (
        <Notice mark="cannot_read">
          <Stack gap="sm" className="measure">
            <p>
              An empty list does not mean that nothing happened: no source delivers this client’s activity.
              Connect one under <AppLink href={`/c/${slug}/connections`}>Connections</AppLink>.
            </p>
          </Stack>
        </Notice>
      ) : null}
      <DataTable
        label="Alerts"
        rows={data?.items}
        columns={columns}
        rowId={(row) => row.id}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title={search.state === undefined ? 'No open alert.' : 'No alert.'}>
            Alerts come from the rules beside this list, which also says which of them cannot work here and
            why.
          </EmptyState>
        }
        filtered={
          search.rule === undefined && search.state === undefined
            ? undefined
            : filteredBy({ state: search.state && CHOICE_WORDS[search.state], rule: search.rule }, set)
        }
      />
    </ListPage>
  );
}
