import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  DIRECTION_WORDS,
  DRIFT_STATE_WORDS,
  SUBJECT_WORDS,
  URGENCY_WORDS,
} from '../../../../src/domain/drift/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Row } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ApprovalsEnded } from '../requests/approvals-ended.tsx';
import { type Act, DecideDialog } from './decide-dialog.tsx';
import classes from './drift.module.css';
import { DriftPanel } from './drift-panel.tsx';
import { Closed, NotRead } from './footers.tsx';
import { driftRoute } from './routes.tsx';
import { State } from './state.tsx';
import {
  type Departure,
  DIRECTIONS,
  type Drift,
  GROUPS,
  groupOf,
  STATES,
  SUBJECTS,
  URGENCIES,
} from './words.ts';

const COLUMNS: readonly Column<Departure>[] = [
  {
    id: 'label',
    header: 'Difference',
    sort: (row) => row.label,
    cell: (row) => (
      <RowTitle detail={row.words}>
        <Link from="/c/$client/connectors/drift" to="." search={(was) => ({ ...was, panel: row.key })}>
          {row.label}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'states',
    header: 'Charter and observed',
    evident: true,
    width: '24%',
    cell: (row) => (
      <span className="wraps">
        {row.charter} <span className="muted">→</span> {row.observed}
        <span className="second">{DIRECTION_WORDS[row.direction]}</span>
      </span>
    ),
  },
  {
    id: 'who',
    header: 'Who and when',
    // Hidden beside an open panel, which leaves room for the name of the difference.
    from: 960,
    width: '13rem',
    sort: (row) => row.cause.at ?? '',
    cell: (row) => <Who departure={row} />,
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '10rem',
    sort: (row) => STATES.indexOf(row.state),
    cell: (row) => (
      <span className="wraps">
        <State departure={row} />
        {row.state === 'undecided' || row.decision?.owner == null ? null : (
          <span className="second">{row.decision.owner.name}</span>
        )}
      </span>
    ),
  },
];

/** Decisions that can be made in the row itself; the panel has all of them and their consequences. */
function columnsOf(may: Drift['may'] | undefined, onAct: (row: Departure, act: Act) => void): typeof COLUMNS {
  if (may?.restore !== true && may?.accept !== true) return COLUMNS;
  return [
    ...COLUMNS,
    {
      id: 'acts',
      header: 'Decide',
      evident: true,
      width: '13rem',
      cell: (row) =>
        row.state !== 'undecided' ? null : (
          <Row as="span" gap="xs" nowrap>
            {may.restore ? (
              <Button size="xs" aria-label={`Put back: ${row.label}`} onClick={() => onAct(row, 'restore')}>
                Put back…
              </Button>
            ) : null}
            {may.accept && row.acceptable ? (
              <Button size="xs" aria-label={`Accept: ${row.label}`} onClick={() => onAct(row, 'accept')}>
                Accept…
              </Button>
            ) : null}
          </Row>
        ),
    },
  ];
}

/** Departures from the charter, who made them, and what was decided. */
export function DriftPage() {
  const { slug } = useClientHere();
  const search = driftRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const { panel, sort, ...filter } = search;
  const load = useQuery({
    ...api.drift.list.queryOptions({ input: { client: slug, ...filter } }),
    placeholderData: keepPreviousData,
  });
  const { data } = load;
  const [deciding, setDeciding] = useState<{ row: Departure; act: Act } | null>(null);
  const columns = useMemo(() => columnsOf(data?.may, (row, act) => setDeciding({ row, act })), [data?.may]);
  const open = data?.items.find(({ key }) => key === panel);
  const whole = data === undefined ? 0 : STATES.reduce((sum, one) => sum + data.counts.state[one], 0);
  return (
    <ListPage
      title="Drift"
      permission="charter.read"
      load={load}
      meta={data === undefined ? undefined : metaOf(data)}
      tabs={<ConnectorTabs />}
      actions={
        <ExportMenu
          onExport={(format) => fetchFile(routes.drift.export, { client: slug, ...filter, format })}
        />
      }
      filters={
        <FilterChips
          search={{ label: 'Search', value: search.text, onChange: (text) => set({ text }) }}
          filters={[
            choiceFilter(
              search,
              set,
              'urgency',
              'Urgency',
              URGENCIES,
              URGENCY_WORDS,
              (value) => data?.counts.urgency[value] ?? 0,
            ),
            choiceFilter(search, set, 'state', 'State', ['open', ...STATES], (value) =>
              value === 'open' ? 'Not accepted' : DRIFT_STATE_WORDS[value],
            ),
            choiceFilter(search, set, 'direction', 'Against the charter', DIRECTIONS, DIRECTION_WORDS),
            choiceFilter(search, set, 'subject', 'Kind', SUBJECTS, SUBJECT_WORDS),
          ]}
          {...(data === undefined ? {} : { count: `${data.items.length} of ${whole}` })}
        />
      }
      foot={<ListKeys />}
      panel={
        open === undefined || data === undefined ? null : (
          <DriftPanel key={open.key} slug={slug} departure={open} drift={data} onClose={closePanel} />
        )
      }
    >
      <ApprovalsEnded list />
      {data?.baseline == null ? null : (
        <div className="gutter">
          <Notice>
            No charter names connectors yet. Since the lockdown by {data.baseline.by} on{' '}
            {dayWords(data.baseline.on)}, none may be on: an owner removes what is left, and anything that
            appears later is drift.
          </Notice>
        </div>
      )}
      <DataTable
        label="Differences"
        rows={data?.items}
        columns={columns}
        rowId={(row) => row.key}
        groups={GROUPS}
        groupOf={groupOf}
        openId={panel ?? null}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        empty={data === undefined ? null : <Empty drift={data} />}
        filtered={
          whole === 0
            ? undefined
            : filteredBy(
                {
                  urgency: search.urgency && URGENCY_WORDS[search.urgency],
                  state:
                    search.state &&
                    (search.state === 'open' ? 'Not accepted' : DRIFT_STATE_WORDS[search.state]),
                  direction: search.direction && DIRECTION_WORDS[search.direction],
                  subject: search.subject && SUBJECT_WORDS[search.subject],
                  text: search.text,
                },
                set,
              )
        }
      />
      {data === undefined ? null : (
        <div className={classes.below}>
          <NotRead drift={data} />
          <Closed slug={slug} drift={data} />
          {deciding === null ? null : (
            <DecideDialog
              act={deciding.act}
              slug={slug}
              departure={deciding.row}
              today={data.today}
              latest={data.latest}
              onClose={() => setDeciding(null)}
            />
          )}
        </div>
      )}
    </ListPage>
  );
}

function metaOf({ counts, same, unread, observed, charter, baseline }: Drift): string {
  if (charter === null && baseline === null)
    return 'No charter is in force, so there is nothing to compare with.';
  const open = STATES.reduce((sum, one) => sum + (one === 'accepted' ? 0 : counts.state[one]), 0);
  const from =
    baseline !== null ? ' from the lockdown' : charter === null ? '' : ` from charter version ${charter}`;
  const seen = observed.on === null ? '' : `. Observed up to ${dayWords(observed.on)}`;
  return `${open} ${open === 1 ? 'difference' : 'differences'}${from}, ${counts.urgency.urgent} urgent; ${counts.state.accepted} accepted; ${same} as approved; ${unread.length} cannot be read${seen}`;
}

function Empty({ drift: { charter, baseline, same, unread, observed } }: { drift: Drift }) {
  const { slug } = useClientHere();
  if (charter === null && baseline === null)
    return (
      <EmptyState
        title="There is nothing to compare with."
        action={
          <LinkButton href={`/c/${slug}/charter`} variant="filled">
            Open the charter
          </LinkButton>
        }
      >
        Drift is anything observed that the charter does not approve. {observed.why} {observed.howToGet}
      </EmptyState>
    );
  if (same === 0)
    return (
      <EmptyState title="Nothing could be compared.">
        {observed.why ??
          `No imported file covers what the ${baseline === null ? 'charter approves' : 'lockdown left'}.`}{' '}
        {observed.howToGet}
      </EmptyState>
    );
  return (
    <EmptyState title={unread.length === 0 ? 'Nothing differs.' : 'Nothing that could be read differs.'}>
      {same} {same === 1 ? 'compared item is' : 'compared items are'} as approved.{' '}
      {unread.length === 0 ? '' : 'What could not be read is listed below; its setting is unknown.'}
    </EmptyState>
  );
}

/** Who made the change, if a log shows it. */
function Who({ departure: { cause } }: { departure: Departure }) {
  if (!cause.known || cause.at === null) return <span className="muted">Not known</span>;
  return (
    <span className="wraps">
      {cause.who ?? 'The event names no one'}
      <span className="second">
        <When at={cause.at} word="happened" />
      </span>
    </span>
  );
}
