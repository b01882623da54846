import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SINK_STATE_WORDS } from '../../../../src/domain/forwarding/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { STATE_SHAPES } from '../sinks/words.ts';
import { visibilityRoute } from './routes.tsx';
import {
  ARRIVES_WORDS,
  type Behind,
  behindWords,
  GIVEN_WORDS,
  lagWords,
  lossWords,
  type Source,
  STATE_MARKS,
  STATE_WORDS,
  STATES,
  type Visibility,
} from './words.ts';

const Held = ({ at }: { at: string | null }) =>
  at === null ? <span className="muted">No record</span> : <When at={at} />;

const columns: readonly Column<Source>[] = [
  {
    id: 'source',
    header: 'Source',
    sort: (row) => row.title,
    cell: (row) => (
      <RowTitle detail={row.shows}>
        <Link
          from="/c/$client/connections/visibility"
          to="."
          search={(was) => ({ ...was, panel: row.source })}
        >
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'state',
    header: 'Status',
    evident: true,
    width: '12rem',
    sort: (row) => STATES.indexOf(row.state),
    cell: (row) => <VerdictMark state={STATE_MARKS[row.state]}>{STATE_WORDS[row.state]}</VerdictMark>,
  },
  {
    id: 'arrives',
    header: 'How it arrives',
    width: '9rem',
    from: 900,
    sort: (row) => ARRIVES_WORDS[row.arrives],
    cell: (row) => ARRIVES_WORDS[row.arrives],
  },
  { id: 'lag', header: 'Lag', width: '9rem', from: 1000, unlisted: true, cell: lagWords },
  {
    id: 'newest',
    header: 'Newest record',
    width: '8.5rem',
    sort: (row) => row.newest,
    cell: (row) => <Held at={row.newest} />,
  },
  {
    id: 'oldest',
    header: 'Oldest record',
    width: '8.5rem',
    from: 760,
    unlisted: true,
    sort: (row) => row.oldest,
    cell: (row) => <Held at={row.oldest} />,
  },
  {
    id: 'keeps',
    header: 'Source keeps it',
    width: '11rem',
    from: 1100,
    unlisted: true,
    cell: (row) => row.keeps,
  },
];

/** Every source that can show what staff do with Claude, which makes blind spots visible. */
export function VisibilityPage() {
  const { slug } = useClientHere();
  const search = visibilityRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const load = useQuery(api.visibility.show.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const open = data?.items.find(({ source }) => source === search.panel);
  const losses = (data?.items ?? []).flatMap((one) => lossWords(one) ?? []);
  return (
    <ListPage
      title="Visibility"
      permission="connections.read"
      load={load}
      meta={data === undefined ? undefined : metaWords(data)}
      tabs={<ConnectionTabs />}
      panel={open === undefined ? null : <SourcePanel source={open} onClose={closePanel} />}
    >
      {losses.length === 0 ? null : (
        <Stack inset="tall" gap="sm">
          {losses.map((words) => (
            <Notice key={words} mark="fail">
              {words}
            </Notice>
          ))}
        </Stack>
      )}
      <DataTable
        label="Sources"
        rows={data?.items.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))}
        columns={columns}
        rowId={(row) => row.source}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        empty={<EmptyState title="The catalogue names no source">Nothing can be shown.</EmptyState>}
      />
      {data === undefined ? null : <SentOn sinks={data.sinks} />}
    </ListPage>
  );
}

function metaWords({ items, asOf }: Visibility): string {
  const count = (state: Source['state']) => items.filter((one) => one.state === state).length;
  const given = items.filter((one) => one.given === 'yes').length;
  return `The plan and licenses include ${given} of ${items.length} sources; ${count('collecting')} collected automatically, ${count('in_files')} imported manually. According to the vendors’ pages on ${dayWords(asOf)}.`;
}

/** What Bylaw sends to a SIEM, and how far each sink is behind; a source's own lag adds to that. */
function SentOn({ sinks }: { sinks: readonly Behind[] }) {
  const { slug } = useClientHere();
  return (
    <Stack inset="tall">
      <Card
        title="Sent on"
        flush={sinks.length > 0}
        aside={
          <Link to="/c/$client/connections/sinks" params={{ client: slug }} search={{}}>
            Sinks
          </Link>
        }
      >
        {sinks.length === 0 ? (
          <p>Nothing is sent on to a SIEM. Records reach Bylaw with the lag above and stay here.</p>
        ) : (
          <PlainTable
            label="Sinks"
            rows={sinks}
            rowId={({ sink }) => sink}
            columns={[
              {
                head: 'Sink',
                cell: ({ name, kindTitle }) => <RowTitle detail={kindTitle}>{name}</RowTitle>,
              },
              {
                head: 'Status',
                cell: ({ state }) => (
                  <VerdictMark state={STATE_SHAPES[state]}>{SINK_STATE_WORDS[state]}</VerdictMark>
                ),
              },
              { head: 'Lag', cell: behindWords },
              {
                head: 'Waiting',
                cell: ({ waiting, more }) =>
                  `${more ? 'More than ' : ''}${waiting.toLocaleString('en')} ${waiting === 1 ? 'record' : 'records'}`,
              },
              { head: 'Last delivery', cell: ({ acceptedAt }) => <Held at={acceptedAt} /> },
            ]}
          />
        )}
      </Card>
    </Stack>
  );
}

function SourcePanel({ source, onClose }: { source: Source; onClose: () => void }) {
  const { slug } = useClientHere();
  const loss = lossWords(source);
  return (
    <SidePanel title={source.title} onClose={onClose}>
      <Stack gap="lg">
        <VerdictMark state={STATE_MARKS[source.state]}>{STATE_WORDS[source.state]}</VerdictMark>
        {loss === null ? null : <Notice mark="fail">{loss}</Notice>}
        <Card>
          <Facts
            facts={[
              ['What it shows', source.shows],
              ['In plan and licenses', `${GIVEN_WORDS[source.given]}. ${source.because}`],
              ['How it arrives', source.how],
              ['Lag', lagWords(source)],
              ['The source keeps it for', source.keeps],
              ['Newest record here', <Held key="newest" at={source.newest} />],
              ['Oldest record here', <Held key="oldest" at={source.oldest} />],
            ]}
          />
        </Card>
        {['collecting', 'not_given', 'not_read'].includes(source.state) ? null : (
          <p>
            {source.arrives === 'file' ? (
              <Link to="/c/$client/imports" params={{ client: slug }}>
                Import a file
              </Link>
            ) : source.arrives === 'sent' ? (
              <Link to="/c/$client/connections/telemetry" params={{ client: slug }}>
                Set up telemetry
              </Link>
            ) : (
              <Link to="/c/$client/connections" params={{ client: slug }} search={{}}>
                Connect it under Sources
              </Link>
            )}
          </p>
        )}
        <SourceLinks sources={source.sources} />
      </Stack>
    </SidePanel>
  );
}
