import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ATTENTION_WORDS } from '../../../../src/domain/labels.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { VERDICT_ORDER } from '../../theme/tokens.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { AreasMap } from './areas-map.tsx';
import { BulkActions } from './bulk-actions.tsx';
import classes from './fleet.module.css';
import { fleetRoute } from './routes.tsx';
import {
  ATTENTION,
  type Fleet,
  type FleetLine,
  M365,
  M365_WORDS,
  ORDERS,
  PLAN_WORDS,
  PLANS,
} from './words.ts';

const none = <span className="muted">·</span>;

const columns: readonly Column<FleetLine>[] = [
  {
    id: 'client',
    header: 'Client',
    width: '20%',
    cell: (row) => (
      <RowTitle
        detail={`${row.planName}${row.seats === null ? '' : `, ${row.seats} seats`} · ${row.m365Name}${row.sandbox ? ' · Sandbox' : ''}`}
      >
        <AppLink href={`/c/${row.client}`}>{row.name}</AppLink>
        {row.status?.belowMinimum ? (
          <>
            {' '}
            <AppLink href={`/c/${row.client}/planner`} className="late small">
              Below the recommended license
            </AppLink>
          </>
        ) : null}
      </RowTitle>
    ),
  },
  { id: 'urgent', header: 'Most urgent', evident: true, cell: (row) => <Urgent row={row} /> },
  {
    id: 'critical',
    header: 'Critical',
    align: 'end',
    width: '4.5rem',
    cell: (row) => (
      <Count row={row} n={row.status?.critical} state="fail" query="state=fail&severity=critical" />
    ),
  },
  {
    id: 'fail',
    header: 'Fail',
    align: 'end',
    width: '3.5rem',
    cell: (row) => <Count row={row} n={row.status?.counts.fail} state="fail" query="state=fail" />,
  },
  {
    id: 'unread',
    header: 'Cannot read',
    align: 'end',
    width: '6rem',
    cell: (row) => (
      <Count row={row} n={row.status?.counts.cannot_read} state="cannot_read" query="state=cannot_read" />
    ),
  },
  {
    id: 'states',
    header: 'Controls by state',
    evident: true,
    width: '8rem',
    from: 1020,
    unlisted: true,
    cell: (row) => (row.status === null ? none : <StateBar counts={row.status.counts} />),
  },
  {
    id: 'incidents',
    header: 'Incidents',
    width: '6rem',
    from: 960,
    cell: (row) =>
      row.incidents === null ? (
        none
      ) : row.incidents === 0 ? (
        <span className="muted">0</span>
      ) : (
        <AppLink href={`/c/${row.client}/incidents`} className={classes.fail}>
          {row.incidents}
        </AppLink>
      ),
  },
  {
    id: 'reading',
    header: 'Last reading',
    width: '8rem',
    from: 760,
    cell: (row) =>
      row.lastReading === null ? <span className="muted">None yet</span> : dayWords(row.lastReading),
  },
  {
    id: 'review',
    header: 'Next review',
    width: '7rem',
    from: 880,
    cell: (row) => <Review row={row} />,
  },
];

function Urgent({ row }: { row: FleetLine }) {
  if (row.status === null) return <span className="muted">You cannot see its controls</span>;
  const { urgent } = row.status;
  if (urgent === null) return <span className="muted">Nothing</span>;
  return (
    <Row as="span" align="stretch" nowrap>
      <VerdictMark state={urgent.state} look="icon" />
      <AppLink href={`/c/${row.client}/controls/${urgent.short}`} className={classes.sentence}>
        {urgent.reason}
      </AppLink>
    </Row>
  );
}

interface CountProps {
  row: FleetLine;
  n: number | undefined;
  state: 'fail' | 'cannot_read';
  query: string;
}

function Count({ row, n, state, query }: CountProps) {
  if (n === undefined) return none;
  if (n === 0) return <span className="muted">0</span>;
  return (
    <AppLink
      href={`/c/${row.client}/controls?${query}`}
      className={state === 'fail' ? classes.fail : classes.unread}
    >
      {n}
    </AppLink>
  );
}

function Review({ row }: { row: FleetLine }) {
  if (row.nextReview === null) return <span className="muted">Not stated</span>;
  return row.overdue ? (
    <span className="late">Overdue since {dayWords(row.nextReview)}</span>
  ) : (
    dayWords(row.nextReview)
  );
}

/** Every client that the viewer may see, worst first. */
export function FleetPage() {
  const search = fleetRoute.useSearch();
  const { set } = useListSearch(search);
  const mayAdd = useMay('clients.create');
  const { order, view, ...filter } = search;
  const input = { ...filter, sort: order ?? 'worst' };
  const load = useQuery({
    ...api.fleet.list.queryOptions({ input }),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="Clients"
      load={load}
      meta={
        load.data === undefined
          ? undefined
          : `${load.data.all} ${load.data.all === 1 ? 'client' : 'clients'}. Worst first: critical failures, then failures, then what cannot be read.`
      }
      actions={
        <>
          <LinkButton href="/sources">Connections</LinkButton>
          <ExportMenu onExport={(format) => fetchFile(routes.fleet.table, { ...input, format })} />
          {mayAdd ? (
            <LinkButton href="/clients/new" variant="filled" leftSection={<Icon name="plus" />}>
              Add a client
            </LinkButton>
          ) : null}
        </>
      }
      filters={
        <>
          {load.data === undefined ? null : <Summary summary={load.data.summary} chosen={filter.attention} />}
          <FilterChips
            search={{ label: 'Search the clients', value: filter.text, onChange: (text) => set({ text }) }}
            filters={[
              choiceFilter(filter, set, 'plan', 'Claude plan', PLANS, PLAN_WORDS),
              choiceFilter(filter, set, 'm365', 'Microsoft 365', M365, M365_WORDS),
              choiceFilter(filter, set, 'sandbox', 'Sandbox', ['no', 'yes'], (value) =>
                value === 'yes' ? 'Only' : 'Left out',
              ),
            ]}
            {...(load.data === undefined ? {} : { count: `${load.data.total} of ${load.data.all}` })}
          >
            <SegmentedControl
              aria-label="View"
              data={[
                { value: 'list', label: 'List' },
                { value: 'areas', label: 'By area' },
              ]}
              value={view ?? 'list'}
              onChange={(value) => set({ view: value === 'areas' ? 'areas' : undefined })}
            />
            <SegmentedControl
              aria-label="Order"
              data={[
                { value: 'worst', label: 'Worst first' },
                { value: 'name', label: 'By name' },
                { value: 'review', label: 'By next review' },
              ]}
              value={order ?? 'worst'}
              onChange={(value) =>
                set({ order: value === 'worst' ? undefined : ORDERS.find((one) => one === value) })
              }
            />
          </FilterChips>
        </>
      }
      foot={VERDICT_ORDER.map((state) => <VerdictMark key={state} state={state} />)}
    >
      {view === 'areas' ? (
        <AreasMap filter={input} />
      ) : (
        <DataTable
          label="Clients"
          rows={load.data?.items}
          columns={columns}
          rowId={(row) => row.client}
          selection={{
            noun: (n) => `${n} ${n === 1 ? 'client' : 'clients'} selected`,
            explain: () => 'Each client is handled separately. Nothing changes in Claude.',
            actions: (rows, clear) => <BulkActions rows={rows} clear={clear} />,
          }}
          empty={
            <EmptyState
              title="No clients."
              action={
                mayAdd ? (
                  <Row gap="md">
                    <Link to="/clients/new">Add a client</Link>
                    <Link to="/start/client">Open the sandbox</Link>
                  </Row>
                ) : undefined
              }
            >
              A client is an organization governed here. You cannot see any yet
              {mayAdd
                ? '. Add the first one, or open the sandbox to look around.'
                : '; your administrator can give you access.'}
            </EmptyState>
          }
          filtered={filteredBy(
            {
              attention: filter.attention && ATTENTION_WORDS[filter.attention],
              plan: filter.plan && PLAN_WORDS[filter.plan],
              m365: filter.m365 && M365_WORDS[filter.m365],
              sandbox: filter.sandbox && (filter.sandbox === 'yes' ? 'sandbox' : 'no sandbox'),
              text: filter.text && `“${filter.text}”`,
            },
            set,
          )}
        />
      )}
    </ListPage>
  );
}

/** Figures over all clients; each toggles a filter for the clients that it counts. */
function Summary({ summary, chosen }: { summary: Fleet['summary']; chosen: string | undefined }) {
  return (
    <ul className={classes.summary} aria-label="Summary">
      {ATTENTION.map((one) => (
        <li key={one}>
          <Link
            from="/clients"
            to="."
            search={(was) => ({ ...was, attention: chosen === one ? undefined : one })}
            aria-current={chosen === one ? 'true' : undefined}
          >
            <strong data-zero={summary[one] === 0 || undefined}>{summary[one]}</strong> {ATTENTION_WORDS[one]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
