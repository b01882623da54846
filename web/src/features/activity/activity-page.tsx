import { Button, Switch } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { BlindNotes } from '../../ui/blind-notes.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Row } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { dayIn, dayTimeWords, exactWords, timeWords } from '../../ui/time.ts';
import { useZone, When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ContentFiles } from '../incidents/content-files.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import classes from './activity.module.css';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityOverTime } from './activity-over-time.tsx';
import { EffectMark } from './effect-mark.tsx';
import { EventPanel } from './event-panel.tsx';
import { type Choices, type Line, narrowed, narrowedBy, words } from './filters.ts';
import { activityRoute } from './routes.tsx';
import { alone, type Run, runsOf } from './runs.ts';

const PAGE = 100;

const COLUMNS: readonly Column<Run>[] = [
  {
    id: 'what',
    header: 'What',
    cell: (row) => (
      <RowTitle
        detail={[
          row.times === 1 ? null : `${row.times} in a row`,
          row.connector?.name,
          row.model,
          alsoWords(row),
        ]
          .filter((part) => part != null)
          .join(' · ')}
      >
        <Link from="/c/$client/activity" to="." search={(was) => ({ ...was, panel: row.seq })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'who',
    header: 'Who',
    evident: true,
    width: '13rem',
    cell: (row) => row.person?.name ?? <span className="muted">No one named</span>,
  },
  {
    id: 'where',
    header: 'Where',
    evident: true,
    width: '9rem',
    from: 700,
    cell: (row) => wordsIn(SURFACE_WORDS, row.surface),
  },
  {
    id: 'effect',
    header: 'Effect',
    evident: true,
    width: '8rem',
    from: 820,
    cell: (row) => <EffectMark effect={row.effect} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '7rem',
    from: 940,
    cell: (row) =>
      row.outcome === null ? (
        <span className="muted">Not reported</span>
      ) : (
        wordsIn(OUTCOME_WORDS, row.outcome)
      ),
  },
  {
    id: 'when',
    header: 'Happened',
    evident: true,
    width: '12rem',
    cell: (row) => (
      <>
        <Happened at={row.at} />
        {row.times === 1 ? null : <Since run={row} />}
      </>
    ),
  },
];

/** A call reported by several sources is one line. */
function alsoWords({ source, also }: Line): string | null {
  if (also.length === 0) return null;
  const sources = [source, ...also.map((other) => other.source)];
  return `reported by ${sources.map((name) => wordsIn(SOURCE_WORDS, name)).join(' and ')}`;
}

/** Everything that happened in Claude as far as sources report it, newest first. */
export function ActivityPage() {
  const { slug } = useClientHere();
  const mayOpen = useMay('content.open');
  const seesIncidents = useMay('incidents.read');
  const search = activityRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const filters = narrowed(search);
  const list = useInfiniteQuery(
    api.activity.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        client: slug,
        ...filters,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      // Paging by the position of the last event keeps older pages stable when new events arrive.
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const choices = useQuery(api.activity.choices.queryOptions({ input: { client: slug } }));
  const rows = list.data?.pages.flatMap((page) => page.items);
  const runs = rows && (search.each === 'yes' ? rows.map(alone) : runsOf(rows));
  const lookedTo = list.data?.pages.at(-1)?.lookedTo ?? null;
  const clear = () => set(narrowedBy());
  return (
    <ListPage
      title="Activity"
      permission="activity.read"
      load={list}
      meta={<Span choices={choices.data} />}
      actions={
        <ExportMenu
          onExport={(format) => fetchFile(routes.activity.table, { client: slug, ...filters, format })}
        />
      }
      filters={
        <>
          <ActivityFilters choices={choices.data} search={search} set={set} shown={rows?.length} />
          {runs !== undefined && (search.each === 'yes' || runs.length < (rows?.length ?? 0)) ? (
            <Row above="sm">
              <Switch
                label="Show repeated events one by one"
                checked={search.each === 'yes'}
                onChange={(event) => set({ each: event.currentTarget.checked ? 'yes' : undefined })}
              />
            </Row>
          ) : null}
          <CompletenessNote days={30} />
          {choices.data === undefined || choices.data.blind.length === 0 ? null : (
            <div className={classes.blind}>
              <BlindNotes notes={choices.data.blind} />
            </div>
          )}
        </>
      }
      foot={<ListKeys />}
      panel={
        search.panel === undefined ? null : (
          <EventPanel key={search.panel} slug={slug} seq={search.panel} onClose={closePanel} />
        )
      }
    >
      {/* Others find the files on the page of their incident. */}
      {mayOpen && !seesIncidents ? <ContentFiles slug={slug} /> : null}
      <ActivityOverTime />
      {rows?.length === 0 && lookedTo !== null ? (
        <Notice>
          Nothing matches in the events searched, back to <When at={lookedTo} inline />. Search further back
          below, or choose fewer days.
        </Notice>
      ) : (
        <DataTable
          label="Activity"
          rows={runs}
          columns={COLUMNS}
          rowId={(row) => String(row.seq)}
          openId={search.panel === undefined ? null : String(search.panel)}
          empty={<NothingYet />}
          filtered={
            Object.keys(filters).length === 0
              ? undefined
              : { words: words(filters, choices.data), onClear: clear }
          }
        />
      )}
      {list.hasNextPage ? (
        <div className={classes.older}>
          {lookedTo === null || rows?.length === 0 ? null : (
            <span className="muted">
              Searched back to <When at={lookedTo} inline />.
            </span>
          )}
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {lookedTo === null ? 'Load older' : 'Search further back'}
          </Button>
        </div>
      ) : null}
    </ListPage>
  );
}

/** When the first event of a run happened; with its day only if that is another one. */
function Since({ run: { at, since } }: { run: Run }) {
  const zone = useZone();
  const other = dayIn(zone, new Date(at)) !== dayIn(zone, new Date(since));
  return (
    <span className="second">
      since {other ? <When at={since} inline /> : timeWords(zone, new Date(since))}
    </span>
  );
}

/** Day and time with seconds, since several events can fall into the same minute. */
function Happened({ at }: { at: string }) {
  const zone = useZone();
  const date = new Date(at);
  return (
    <time dateTime={at} title={exactWords(zone, date)}>
      {dayTimeWords(zone, date, serverNow())}
    </time>
  );
}

/** The period that the log covers, so that a short list is not mistaken for low activity. */
function Span({ choices }: { choices: Choices | undefined }) {
  if (choices === undefined) return null;
  if (choices.first === null || choices.last === null) return <span>No events received yet.</span>;
  return (
    <span>
      Events from <When at={choices.first} inline /> to <When at={choices.last} inline />. {choices.text}{' '}
      Activity that no source reports is not shown here.
    </span>
  );
}

function NothingYet() {
  const { slug } = useClientHere();
  return (
    <EmptyState
      title="No events received yet."
      action={
        <>
          <LinkButton href={`/c/${slug}/connections/telemetry`} variant="filled">
            Connect telemetry
          </LinkButton>
          <LinkButton href={`/c/${slug}/connections`}>Other sources</LinkButton>
        </>
      }
    >
      This page shows what people did in Claude: messages without their text, connector calls, sign-ins,
      changed settings. It is empty because no source has sent anything for this client. Telemetry works on
      every plan; Enterprise also has the Compliance API, and an audit log that can be exported and imported
      here.
    </EmptyState>
  );
}
