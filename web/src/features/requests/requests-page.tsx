import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DATA_WORDS, REQUEST_STATE_WORDS, REVIEW_KIND_WORDS } from '../../../../src/domain/requests/words.ts';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { requestsRoute } from './routes.tsx';
import { type RequestLine, type Requests, STATES } from './words.ts';

const GROUPS = STATES.map((key) => ({ key, label: REQUEST_STATE_WORDS[key] }));
const stateOf = (row: RequestLine) => row.state;

const columns: readonly Column<RequestLine>[] = [
  {
    id: 'name',
    header: 'Connector',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.purpose}>
        <Link from="/c/$client/connectors/requests" to="./$request" params={{ request: row.id }}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'asked',
    header: 'Asked by',
    width: '12rem',
    sort: (row) => row.asked.at,
    cell: (row) => (
      <>
        {row.asked.by}
        <span className="second">
          <When at={row.asked.at} />
        </span>
      </>
    ),
  },
  {
    id: 'wanted',
    header: 'Wanted by',
    width: '13rem',
    from: 900,
    cell: (row) => (
      <>
        {row.departments.length === 0 ? count(row.wantedBy, 'person', 'people') : names(row.departments, 4)}
        <span className="second">{row.data.map((one) => DATA_WORDS[one]).join(', ')}</span>
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Kind',
    evident: true,
    width: '10rem',
    from: 1100,
    cell: (row) => row.kinds.map((kind) => REVIEW_KIND_WORDS[kind]).join(', '),
  },
  {
    id: 'until',
    header: 'Until',
    width: '9rem',
    sort: (row) => row.until ?? row.wantedUntil,
    cell: (row) =>
      row.until === null ? (
        <span className="muted">{dayWords(row.wantedUntil)}, as requested</span>
      ) : (
        dayWords(row.until)
      ),
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '11rem',
    sort: (row) => STATES.indexOf(row.state),
    cell: (row) => (
      <>
        {row.endsSoon ? 'Approval ends soon' : REQUEST_STATE_WORDS[row.state]}
        {row.state === 'deferred' && row.deferredUntil !== null ? (
          <span className="second">until {dayWords(row.deferredUntil)}</span>
        ) : null}
        {row.approvals > 0 && row.until === null ? (
          <span className="second">
            {row.approvals} of {row.approversNeeded} approved
          </span>
        ) : null}
      </>
    ),
  },
];

/** What is requested, what waits, what was decided until when, and connectors that appeared without a request. */
export function RequestsPage() {
  const { slug } = useClientHere();
  const search = requestsRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.requests.list.queryOptions({ input: { client: slug } }));
  const all = load.data?.items;
  const { state } = search;
  const rows = all?.filter(
    (one) =>
      state === undefined ||
      (state === 'open' ? one.state === 'asked' || one.state === 'in_review' : one.state === state),
  );
  const counts = load.data?.counts;
  return (
    <ListPage
      title="Requests"
      permission="requests.read"
      load={load}
      meta={
        counts === undefined
          ? undefined
          : `${count((counts.asked ?? 0) + (counts.in_review ?? 0), 'request')} waiting for a decision, ${counts.approved ?? 0} approved. Approving a request does not change anything in Claude.`
      }
      actions={
        load.data?.may.ask === true ? (
          <LinkButton href={`/c/${slug}/ask?open=ask`} variant="filled">
            Request a connector
          </LinkButton>
        ) : null
      }
      tabs={<ConnectorTabs />}
      filters={
        <FilterChips
          filters={[
            choiceFilter(
              search,
              set,
              'state',
              'State',
              ['open', ...STATES],
              (value) => (value === 'open' ? 'Waiting' : REQUEST_STATE_WORDS[value]),
              (value) =>
                value === 'open' ? (counts?.asked ?? 0) + (counts?.in_review ?? 0) : (counts?.[value] ?? 0),
            ),
          ]}
          {...(rows === undefined || all === undefined ? {} : { count: `${rows.length} of ${all.length}` })}
        />
      }
      foot={<ListKeys />}
    >
      <DataTable
        label="Requests"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        groups={GROUPS}
        groupOf={stateOf}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState title="No one has requested a connector here.">
            People with the Staff role request connectors on their own page; anyone who can see this page can
            request one too.
          </EmptyState>
        }
        filtered={
          all === undefined || all.length === 0
            ? undefined
            : filteredBy({ state: state && (state === 'open' ? 'Waiting' : REQUEST_STATE_WORDS[state]) }, set)
        }
      />
      {load.data === undefined ? null : <Below data={load.data} />}
    </ListPage>
  );
}

/** Every department with its requests, and a link to the form with the department filled in. */
function Departments({ data: { departments, may } }: { data: Requests }) {
  const { slug } = useClientHere();
  const silent = departments.filter(({ requests }) => requests === 0).length;
  if (departments.length === 0) return null;
  return (
    <Card
      title="Ask each department"
      aside={silent === 0 ? 'Each has one' : `No request from ${silent} of ${departments.length}`}
      foot="A department that does not need a connector has nothing to enter. Staff can request one themselves on the staff page."
      flush
    >
      <Lines label="Departments">
        {departments.map((one) => (
          <Line key={one.name} head={<h3>{one.name}</h3>}>
            <Row justify="between">
              <span>{one.requests === 0 ? 'No request' : count(one.requests, 'request')}</span>
              {may.ask ? (
                <LinkButton
                  href={`/c/${slug}/ask?open=ask&department=${encodeURIComponent(one.name)}`}
                  size="xs"
                >
                  Fill in<span className="hidden-text"> for {one.name}</span>
                </LinkButton>
              ) : null}
            </Row>
          </Line>
        ))}
      </Lines>
    </Card>
  );
}

const WHERE = {
  charter: 'in the charter',
  observed: 'observed in Claude',
  both: 'in the charter and observed in Claude',
} as const;

function Below({ data }: { data: Requests }) {
  const { inClaude, unrequested, observed } = data;
  return (
    <Stack gap="lg" inset="tall">
      <Departments data={data} />
      <Card
        title="Asked in Claude"
        aside={
          inClaude.through === null
            ? 'Not read'
            : `Log read from ${dayWords(inClaude.from ?? inClaude.through)} to ${dayWords(inClaude.through)}`
        }
      >
        {inClaude.why !== null ? (
          <p className="muted">{inClaude.why}</p>
        ) : inClaude.asked.length + inClaude.resolved.length === 0 ? (
          <p className="muted">The log for these days has no connector requests.</p>
        ) : (
          <Stack as="ul">
            {inClaude.asked.map((one) => (
              <li key={`asked ${one.at} ${one.by}`}>
                {one.by ?? 'Someone the log does not name'} asked
                {one.type === null ? '; the log does not say what kind' : ' for a connector'},{' '}
                <When at={one.at} inline />
              </li>
            ))}
            {inClaude.resolved.map((one) => (
              <li key={`resolved ${one.at} ${one.by}`}>
                {one.connector ?? 'A connector the log does not name'}: {one.decision ?? 'decided'} by{' '}
                {one.by ?? 'someone the log does not name'}
                {one.count === null ? '' : ` for ${count(one.count, 'request')}`}, <When at={one.at} inline />
              </li>
            ))}
          </Stack>
        )}
      </Card>
      <Card
        title="Without a request"
        aside={unrequested.length === 0 ? undefined : count(unrequested.length, 'connector')}
        foot={
          observed
            ? 'For information only: a connector may have been decided before requests were kept here.'
            : 'No connectors table could be read, so only the charter was checked.'
        }
      >
        {unrequested.length === 0 ? (
          <p className="muted">
            {observed
              ? 'Every connector in the charter and in the table has a request.'
              : 'Every connector in the charter has a request.'}
          </p>
        ) : (
          <Stack as="ul">
            {unrequested.map((one) => (
              <li key={one.name}>
                {one.name} <span className="muted">{WHERE[one.where]}</span>
              </li>
            ))}
          </Stack>
        )}
      </Card>
    </Stack>
  );
}
