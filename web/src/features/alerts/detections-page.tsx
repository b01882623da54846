import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ALERT_LEVELS } from '../../../../src/domain/detections/alert-words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { DetectionPanel } from './detection-panel.tsx';
import { EndSilenceDialog } from './end-silence-dialog.tsx';
import { detectionsRoute } from './routes.tsx';
import { WaitingProfile, WaitingTuning } from './waiting-settings.tsx';
import { type Detection, type Detections, shortDetection } from './words.ts';

/**
 * State of a detection for this client: on, on with partial data, unable to work, or off. "Unable" is never shown as
 * "nothing found".
 */
function status(detection: Detection): 'cannot' | 'part' | 'on' | 'off' {
  if (!detection.on) return 'off';
  return detection.works.can === 'yes' ? 'on' : detection.works.can === 'no' ? 'cannot' : 'part';
}
const STATUS_WORDS = { on: 'On', off: 'Off', part: 'On, partial data', cannot: 'On, cannot work' } as const;
/** A detection that is on has no status shape: that it runs does not prove that nothing happened. */
const STATUS_SHAPES = { off: 'not_applicable', part: 'pending', cannot: 'cannot_read' } as const;
const SHOW = ['on', 'part', 'off', 'cannot'] as const;
const STATE_SUMMARIES = {
  on: 'on',
  part: 'on with partial data',
  cannot: 'cannot work here',
  off: 'off',
} as const;

/** "21 on, 70 cannot work here, 3 off": states without detections are left out. */
function statesWords(counted: (state: (typeof SHOW)[number]) => number): string {
  return (['on', 'part', 'cannot', 'off'] as const)
    .flatMap((state) => (counted(state) === 0 ? [] : [`${counted(state)} ${STATE_SUMMARIES[state]}`]))
    .join(', ');
}

/** Order: detections that raised alerts first, detections that cannot work here last. */
const GROUPS = [
  { key: 'open', label: 'With open alerts' },
  { key: 'on', label: 'On, nothing open' },
  { key: 'part', label: 'On, partial data' },
  { key: 'off', label: 'Off' },
  { key: 'cannot', label: 'On, cannot work here' },
];
const groupOf = (detection: Detection) => {
  const now = status(detection);
  return detection.open > 0 && now !== 'cannot' ? 'open' : now;
};

const columns: readonly Column<Detection>[] = [
  {
    id: 'title',
    header: 'Detection',
    sort: (row) => row.title,
    cell: (row) => (
      <RowTitle
        code={shortDetection(row.id)}
        detail={
          row.proposed !== null
            ? 'A change to this detection waits for approval by someone else.'
            : row.on && row.works.why !== null
              ? row.works.why
              : row.purpose
        }
      >
        <Link from="/c/$client/alerts/detections" to="." search={(before) => ({ ...before, panel: row.id })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'level',
    header: 'Severity',
    evident: true,
    width: '7.5rem',
    sort: (row) => ALERT_LEVELS.indexOf(row.level),
    cell: (row) => <Severity level={row.level} />,
  },
  {
    id: 'status',
    header: 'State',
    width: '10rem',
    sort: (row) => SHOW.indexOf(status(row)),
    cell: (row) => {
      const now = status(row);
      return now === 'on' ? (
        STATUS_WORDS.on
      ) : (
        <VerdictMark state={STATUS_SHAPES[now]}>{STATUS_WORDS[now]}</VerdictMark>
      );
    },
  },
  {
    id: 'number',
    header: 'Threshold',
    width: '12rem',
    from: 800,
    unlisted: true,
    cell: (row) =>
      row.number === null ? (
        ''
      ) : (
        <>
          {row.number.value}
          <span className="second">
            {row.number.what}
            {row.number.value === row.number.shipped ? '' : `; ${row.number.shipped} unless changed`}
          </span>
        </>
      ),
  },
  {
    id: 'open',
    header: 'Open',
    width: '5.5rem',
    align: 'end',
    from: 700,
    sort: (row) => row.open,
    cell: (row) => (status(row) === 'cannot' && row.all === 0 ? 'Not known' : row.open),
  },
];

/** What each detection detects, whether it can work for this client, and how it is tuned. */
export function DetectionsPage() {
  const { slug } = useClientHere();
  const search = detectionsRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const load = useQuery(api.detections.list.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const needPlan = search.show === undefined ? (data?.items.filter(isOfOtherPlan) ?? []) : [];
  const rows = data?.items.filter((one) =>
    search.show === undefined ? !needPlan.includes(one) : status(one) === search.show,
  );
  const chosen = data?.items.find(({ id }) => id === search.panel);
  const counted = (value: (typeof SHOW)[number]) =>
    data?.items.filter((one) => status(one) === value).length ?? 0;
  return (
    <>
      <ListPage
        title="Detections"
        permission="alerts.read"
        load={load}
        meta={
          data === undefined
            ? undefined
            : `${statesWords(counted)}. ${count(data.people, 'person was', 'people were')} active in 28 days.`
        }
        actions={
          <>
            <Button component="a" href={addressOf(routes.detections.sigma, { client: slug })} download>
              Sigma file
            </Button>
            <Button
              component="a"
              href={addressOf(routes.detections.sigma, { client: slug, format: 'zip' })}
              download
            >
              One file each (ZIP)
            </Button>
          </>
        }
        tabs={<AlertTabs />}
        filters={
          <FilterChips
            filters={[choiceFilter(search, set, 'show', 'State', [...SHOW], STATUS_WORDS, counted)]}
            {...(rows === undefined || data === undefined
              ? {}
              : { count: `${rows.length} of ${data.total}` })}
          />
        }
        foot={<ListKeys />}
        panel={
          chosen === undefined || data === undefined ? undefined : (
            <DetectionPanel
              key={chosen.id}
              detection={chosen}
              may={data.may.edit}
              onChange={() => set({ open: 'change' })}
              onClose={closePanel}
            />
          )
        }
      >
        <DataTable
          label="Detections"
          rows={rows}
          columns={columns}
          rowId={(row) => row.id}
          groups={GROUPS}
          groupOf={groupOf}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={<EmptyState title="No detections.">This server’s catalogue has no detections.</EmptyState>}
          filtered={
            search.show === undefined ? undefined : filteredBy({ show: STATUS_WORDS[search.show] }, set)
          }
        />
        {data === undefined ? null : (
          <Stack gap="lg" inset="tall">
            <WaitingProfile />
            <WaitingTuning />
            {needPlan.length === 0 ? null : <OtherPlan detections={needPlan} />}
            <Silences data={data} />
            <Undetected data={data} />
          </Stack>
        )}
      </ListPage>
      {search.open === 'change' && chosen !== undefined && data?.may.edit === true ? (
        <Steady of={chosen}>
          {(detection) => (
            <ChangeDialog
              key={detection.version}
              detection={detection}
              onClose={() => set({ open: undefined })}
            />
          )}
        </Steady>
      ) : null}
    </>
  );
}

/** A detection that has found nothing here and that a different Claude plan would enable. */
function isOfOtherPlan({ works, all }: Detection): boolean {
  return works.plan !== null && all === 0;
}

/** Detections that cannot work on the client’s plan, collapsed into one section. */
function OtherPlan({ detections }: { detections: readonly Detection[] }) {
  return (
    <Card
      title={`${count(detections.length, 'detection')} ${detections.length === 1 ? 'needs' : 'need'} Claude Enterprise`}
      foot="The client’s plan reports nothing these detections read, so they cannot raise alerts here."
    >
      <Fold summary="Show them">
        <Stack as="ul" gap="sm">
          {detections.map((one) => (
            <li key={one.id}>
              <Link
                from="/c/$client/alerts/detections"
                to="."
                search={(before) => ({ ...before, panel: one.id })}
              >
                {one.title}
              </Link>
            </li>
          ))}
        </Stack>
      </Fold>
    </Card>
  );
}

/** What no detection covers. */
function Undetected({ data: { undetected } }: { data: Detections }) {
  const { slug } = useClientHere();
  return (
    <Card title="What no detection covers" aside={count(undetected.length, 'thing')} flush>
      <Lines label="What no detection covers">
        {undetected.map((one) => (
          <Line key={one.id} head={<h3>{one.title}</h3>}>
            <p className="muted">
              {one.because} {one.instead}{' '}
              <Link to="/c/$client/controls/$control" params={{ client: slug, control: one.control.short }}>
                {one.control.short}
              </Link>
            </p>
          </Line>
        ))}
      </Lines>
    </Card>
  );
}

function Silences({ data: { silences, may } }: { data: Detections }) {
  const [ending, setEnding] = useState<Detections['silences'][number] | null>(null);
  if (silences.length === 0) return null;
  return (
    <Card title="Silences" aside={count(silences.length, 'silence')}>
      <Stack as="ul" divided>
        {silences.map((one) => (
          <Row as="li" key={one.id} justify="between">
            <span className="grow">
              {one.about}{' '}
              <span className="second">
                {one.detection}, until {dayWords(one.until)}, by {one.by}: {one.reason}
              </span>
            </span>
            {may.decide ? (
              <Button size="xs" onClick={() => setEnding(one)}>
                End…
              </Button>
            ) : null}
          </Row>
        ))}
      </Stack>
      {ending === null ? null : <EndSilenceDialog silence={ending} onClose={() => setEnding(null)} />}
    </Card>
  );
}
