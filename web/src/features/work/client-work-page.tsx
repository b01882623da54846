import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { monthWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { Steady } from '../../ui/unsaved.tsx';

import { LinkButton } from '../controls/link-button.tsx';
import { COLUMNS } from './columns.tsx';
import { DoneDialog } from './done-dialog.tsx';
import { RECURRING_COLUMNS } from './recurring-columns.tsx';
import { RecurringPanel } from './recurring-panel.tsx';
import { clientWorkRoute } from './routes.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { WhereToStart } from './where-to-start.tsx';
import {
  type ClientWork,
  countsText,
  GROUPS,
  isNow,
  KIND_WORDS,
  KINDS,
  OWNER_WORDS,
  OWNERS,
  type WorkItem,
} from './words.ts';

const whenOf = (row: WorkItem) => row.when;

/** What is due at one client, and its recurring tasks with who does them and when. */
export function ClientWorkPage() {
  const { slug } = useClientHere();
  const search = clientWorkRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.work.show.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const recurring = search.tab === 'recurring';
  const open = recurring ? data?.recurring.find(({ id }) => id === search.task) : undefined;
  const close = () => set({ open: undefined });
  return (
    <>
      <ListPage
        title="Work"
        permission="work.read"
        load={load}
        meta={
          data === undefined
            ? undefined
            : recurring
              ? `Recurring tasks from the guide of ${monthWords(data.asOf)}, and their status here.`
              : countsText(data.counts)
        }
        actions={
          recurring ? undefined : (
            <>
              <LinkButton href={`/c/${slug}/work/roles`}>Who does what</LinkButton>
              <ExportMenu
                onExport={(format) =>
                  fetchFile(routes.work.export, {
                    of: slug,
                    kind: search.kind,
                    owner: search.owner,
                    ...(search.view === 'all' ? {} : { when: 'now' }),
                    format,
                  })
                }
              />
            </>
          )
        }
        tabs={
          <TabLinks
            label="Work"
            value={search.tab ?? 'due'}
            items={[
              { value: 'due', label: 'Due', ...(data === undefined ? {} : { count: data.now }) },
              { value: 'recurring', label: 'Recurring tasks' },
            ]}
          />
        }
        filters={
          recurring ? undefined : (
            <FilterChips
              filters={[
                choiceFilter(search, set, 'kind', 'Kind', KINDS, KIND_WORDS),
                choiceFilter(search, set, 'owner', 'Owner', OWNERS, OWNER_WORDS),
              ]}
              {...(data === undefined
                ? {}
                : { count: `${shownOf(data, search).length} of ${data.items.length}` })}
            >
              <SegmentedControl
                aria-label="What is shown"
                data={[
                  { value: 'now', label: data === undefined ? 'Now' : `Now ${data.now}` },
                  {
                    value: 'all',
                    label: data === undefined ? 'Everything' : `Everything ${data.items.length}`,
                  },
                ]}
                value={search.view ?? 'now'}
                onChange={(value) => set({ view: value === 'all' ? 'all' : undefined })}
              />
            </FilterChips>
          )
        }
        foot={<ListKeys />}
        panel={
          open === undefined || data === undefined ? null : (
            <RecurringPanel
              key={open.id}
              task={open}
              may={data.may}
              onOpen={(dialog) => set({ open: dialog })}
              onClose={() => set({ task: undefined, open: undefined })}
            />
          )
        }
      >
        {recurring ? null : <WhereToStart />}
        {recurring ? (
          <DataTable
            label="Recurring tasks"
            rows={data?.recurring}
            columns={RECURRING_COLUMNS}
            rowId={({ id }) => id}
            openId={search.task ?? null}
            sort={search.sort}
            onSort={(sort) => set({ sort })}
            empty={<EmptyState title="No recurring tasks.">The catalogue has none.</EmptyState>}
          />
        ) : (
          <DataTable
            label="Due work"
            rows={data && shownOf(data, search)}
            columns={COLUMNS}
            rowId={({ key }) => key}
            groups={GROUPS}
            groupOf={whenOf}
            sort={search.sort}
            onSort={(sort) => set({ sort })}
            empty={
              <EmptyState title="Nothing to do now.">
                Nothing is overdue, due within 14 days or waiting for someone. Everything else is under
                Everything.
              </EmptyState>
            }
            filtered={filteredBy(
              {
                kind: search.kind && KIND_WORDS[search.kind],
                owner: search.owner && OWNER_WORDS[search.owner],
              },
              set,
            )}
          />
        )}
      </ListPage>
      {data?.may.edit === true && open !== undefined && search.open === 'schedule' ? (
        <Steady of={open}>
          {(task) => (
            <ScheduleDialog
              key={`${task.id} ${task.version}`}
              task={task}
              people={data.people}
              onClose={close}
            />
          )}
        </Steady>
      ) : null}
      {data?.may.edit === true && open !== undefined && search.open === 'done' ? (
        <DoneDialog key={open.id} task={open} today={data.today} onClose={close} />
      ) : null}
    </>
  );
}

/** The filters in the URL. */
interface Shown {
  readonly view?: 'all' | undefined;
  readonly kind?: WorkItem['kind'] | undefined;
  readonly owner?: (typeof OWNERS)[number] | undefined;
}

function shownOf(data: ClientWork, { view, kind, owner }: Shown): WorkItem[] {
  return data.items.filter(
    (item) =>
      (view === 'all' || isNow(item)) &&
      (kind === undefined || item.kind === kind) &&
      (owner === undefined || (owner === 'mine' ? item.mine : item.owner === null)),
  );
}
