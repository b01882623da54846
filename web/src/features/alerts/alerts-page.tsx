import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ALERT_LEVELS } from '../../../../src/domain/detections/alert-words.ts';
import { SEVERITY_WORDS } from '../../../../src/domain/labels.ts';
import { addDays } from '../../../../src/domain/model/day.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere } from '../../session.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import { AlertFilters, PERIOD_WORDS, STATE_CHOICES } from './alert-filters.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { AlertsOverTime } from './alerts-over-time.tsx';
import { groupColumns } from './groups-table.tsx';
import { NotifyDialog } from './notify-dialog.tsx';
import { alertsRoute } from './routes.tsx';
import { SettleManyDialog } from './settle-many-dialog.tsx';
import { SettleMenu } from './settle-menu.tsx';
import { type GroupLine, type Groups, OUTCOMES, shortDetection } from './words.ts';

/** Open alerts, grouped by detection and connector or person, and those already settled. */
export function AlertsPage() {
  const { slug, timezone } = useClientHere();
  const search = alertsRoute.useSearch();
  const { set } = useListSearch(search);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { level, detection, connector, person, period, text } = search;
  const state = search.state ?? ('open' as const);
  const input = {
    client: slug,
    state,
    ...(level ? { level } : {}),
    ...(detection ? { detection } : {}),
    ...(connector ? { connector } : {}),
    ...(person ? { person } : {}),
    ...(text ? { text } : {}),
    ...(period ? { since: addDays(todayIn(timezone), 1 - Number(period)) } : {}),
  };
  const load = useQuery(api.alerts.groups.queryOptions({ input, placeholderData: keepPreviousData }));
  const { data } = load;
  return (
    <>
      <ListPage
        title="Alerts"
        permission="alerts.read"
        load={load}
        meta={data === undefined ? undefined : <Meta data={data} />}
        actions={
          <>
            <Button onClick={() => set({ open: 'notify' })}>Notify me…</Button>
            <ExportMenu onExport={(format) => fetchFile(routes.alerts.export, { ...input, format })} />
          </>
        }
        tabs={<AlertTabs />}
        filters={
          <>
            <AlertFilters search={search} data={data} />
            <CompletenessNote days={30} />
          </>
        }
        foot={<ListKeys selects={data?.may.decide === true} />}
      >
        <AlertsOverTime />
        <DataTable
          label="Alerts"
          rows={data?.items}
          columns={groupColumns}
          rowId={(row) => row.id}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          {...(data?.may.decide === true
            ? {
                selection: {
                  noun: (n: number) => `${n} selected`,
                  explain: (rows: readonly GroupLine[]) =>
                    `${count(openIn(rows), 'open alert')} will be settled with the same reason.`,
                  allowed: (row: GroupLine) => row.open > 0,
                  actions: (rows: readonly GroupLine[], clear: () => void) => (
                    <SettleMenu
                      size="xs"
                      onChoose={(act) => {
                        const as = OUTCOMES.find((one) => one === act);
                        if (as !== undefined) setChosen({ as, rows, clear });
                      }}
                    />
                  ),
                },
              }
            : {})}
          empty={
            data?.watched.last === null ? (
              <NothingWatched slug={slug} />
            ) : (
              <EmptyState title={state === 'open' ? 'No open alerts.' : 'No alerts.'}>
                Alerts come from the detections on the next tab, which also shows which of them cannot work
                here and why.
              </EmptyState>
            )
          }
          filtered={filteredBy(
            {
              text: text && `“${text}”`,
              level: level && SEVERITY_WORDS[level],
              state: search.state && STATE_CHOICES[search.state],
              detection: detection && shortDetection(detection),
              connector,
              person,
              period: period && PERIOD_WORDS[period],
            },
            set,
          )}
        />
      </ListPage>
      {search.open === 'notify' ? <NotifyDialog onClose={() => set({ open: undefined })} /> : null}
      {chosen === null ? null : (
        <SettleManyDialog
          as={chosen.as}
          groups={chosen.rows}
          onClose={() => setChosen(null)}
          onDone={chosen.clear}
        />
      )}
    </>
  );
}

interface Chosen {
  readonly as: (typeof OUTCOMES)[number];
  readonly rows: readonly GroupLine[];
  readonly clear: () => void;
}

function openIn(rows: readonly GroupLine[]): number {
  return rows.reduce((sum, { open }) => sum + open, 0);
}

function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(serverNow());
}

/** "Open: 1 critical, 2 high. Newest activity 3 minutes ago." */
function Meta({ data: { open, watched } }: { data: Groups }) {
  if (watched.last === null) return 'No activity has been received yet, so nothing is being watched.';
  const levels = ALERT_LEVELS.filter((level) => (open[level] ?? 0) > 0).map(
    (level) => `${open[level]} ${level}`,
  );
  return (
    <>
      {levels.length === 0 ? 'Nothing is open' : `Open: ${levels.join(', ')}`}. Newest activity{' '}
      <When at={watched.last} inline />.
    </>
  );
}

function NothingWatched({ slug }: { slug: string }) {
  return (
    <EmptyState
      title="Nothing is being watched yet."
      action={
        <LinkButton href={`/c/${slug}/connections`} variant="filled">
          Connect a source
        </LinkButton>
      }
    >
      An empty list does not mean that nothing happened: no source delivers this client’s activity. On Team,
      telemetry from Cowork and Claude Code is the source; Enterprise also has an activity feed. The
      detections on the next tab say what each of them needs.
    </EmptyState>
  );
}
