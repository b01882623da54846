import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { PolicyStates } from '../conditional-access/policy-states.tsx';
import { AccountPanel, type Act } from './account-panel.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { columns } from './columns.tsx';
import type { Wanted } from './dialogs.tsx';
import { Figures } from './figures.tsx';
import { MessagesTab } from './messages-tab.tsx';
import classes from './personal-accounts.module.css';
import { personalAccountsRoute } from './routes.tsx';
import {
  type Account,
  AFTER,
  AFTER_WORDS,
  accountCount,
  CHANGE_WORDS,
  CHANGES,
  GROUPS,
  type List,
  MARK_WORDS,
  MARKS,
  type Refused,
  STATE_FILTERS,
  STATE_WORDS,
} from './words.ts';

// Loaded on demand: none of them is open when the page appears.
const Dialogs = lazy(async () => ({ default: (await import('./dialogs.tsx')).Dialogs }));
const CaptureTab = lazy(async () => ({ default: (await import('./capture-tab.tsx')).CaptureTab }));

const stateOf = (row: Account) => row.state;

/** Every account outside the workspace, its status, and what is done about it. */
export function PersonalAccountsPage() {
  const { slug } = useClientHere();
  const search = personalAccountsRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const mayWork = useMay('people.decide');
  const mayImport = useMay('imports.write');
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const tab = search.tab ?? 'accounts';
  const { state, difference, closedAfter, marked, owner, search: words } = search;
  const filter = Object.fromEntries(
    Object.entries({ state, difference, closedAfter, marked, owner, search: words }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const load = useQuery(
    api.personalAccounts.list.queryOptions({
      input: { client: slug, ...filter },
      placeholderData: keepPreviousData,
    }),
  );
  const list = load.data;
  const none = list !== undefined && list.statistics.accounts === 0 && list.reports.length === 0;
  const first = (list?.items ?? []).filter(({ can }) => can[0] === 'first');
  const filled = search.panel === undefined && mayWork && tab === 'accounts' && first.length > 0;
  return (
    <ListPage
      title="Personal accounts"
      permission="people.read"
      load={load}
      meta={list === undefined ? undefined : <Meta list={list} />}
      actions={
        none ? undefined : (
          <>
            <ExportMenu
              onExport={(format) =>
                fetchFile(routes.personalAccounts.export, { client: slug, ...filter, format })
              }
            />
            <Button onClick={() => set({ open: 'record' })}>Record…</Button>
            {mayImport ? (
              <Button component="a" href={`/c/${slug}/imports`}>
                Import the report
              </Button>
            ) : null}
            {filled ? (
              <Button
                variant="filled"
                onClick={() => setWanted({ act: { is: 'send', kind: 'first' }, rows: first })}
              >
                Write to {first.length === 1 ? '1 holder' : `${first.length} holders`}…
              </Button>
            ) : null}
          </>
        )
      }
      tabs={
        none ? undefined : (
          <TabLinks
            label="Views of personal accounts"
            value={tab}
            items={[
              {
                value: 'accounts',
                label: 'Accounts',
                ...(list === undefined ? {} : { count: list.statistics.open }),
              },
              { value: 'changes', label: 'What changed' },
              { value: 'messages', label: 'Messages' },
              { value: 'capture', label: 'Domain capture' },
            ]}
          />
        )
      }
      filters={
        none || tab !== 'accounts' ? undefined : (
          <Stack gap="sm" above="md">
            {list === undefined ? null : <Figures list={list} />}
            <FilterChips
              filters={[
                choiceFilter(search, set, 'state', 'State', STATE_FILTERS, STATE_WORDS, (value) =>
                  value === 'open' ? (list?.statistics.open ?? 0) : (list?.counts[value] ?? 0),
                ),
                choiceFilter(search, set, 'difference', 'Newest report', CHANGES, CHANGE_WORDS),
                choiceFilter(search, set, 'closedAfter', 'Closed', AFTER, AFTER_WORDS),
                choiceFilter(search, set, 'marked', 'Marked', MARKS, MARK_WORDS),
                choiceFilter(search, set, 'owner', 'Owner', list?.owners ?? [], (value) => value),
              ]}
              search={{
                label: 'Name or address',
                value: search.search,
                onChange: (value) => set({ search: value }),
              }}
              {...(list === undefined ? {} : { count: accountCount(list.total) })}
            />
          </Stack>
        )
      }
      foot={tab === 'accounts' && !none ? <ListKeys selects={mayWork} /> : undefined}
      panel={
        search.panel === undefined ? null : (
          <AccountPanel
            key={search.panel}
            account={search.panel}
            row={list?.items.find(({ account }) => account === search.panel)}
            onAct={(act, row) => setWanted({ act, rows: [row] })}
            onClose={closePanel}
          />
        )
      }
    >
      <Notices list={list} refused={refused} onClear={() => setRefused([])} />
      <PolicyStates slug={slug} />
      {none ? (
        <EmptyState
          title="No report has been imported yet."
          action={
            mayImport ? (
              <Button component="a" variant="filled" href={`/c/${slug}/imports`}>
                Import the report
              </Button>
            ) : undefined
          }
        >
          Claude lists the accounts on your domains under Organization settings &gt; Organization and access
          &gt; Domains &gt; Domain memberships, once a domain is verified. Export it as CSV or JSON and import
          it here. Each account outside the workspace is then listed so you can ask its holder to move it.
        </EmptyState>
      ) : tab === 'changes' && list !== undefined ? (
        <ChangesTab
          reports={list.reports}
          day={search.day}
          panel={search.panel}
          onDay={(day) => set({ day })}
        />
      ) : tab === 'capture' ? (
        <Suspense fallback={null}>
          <CaptureTab slug={slug} />
        </Suspense>
      ) : tab === 'messages' && list !== undefined ? (
        <MessagesTab
          list={list}
          onSettings={() => set({ open: 'settings' })}
          onEdit={(edit) => set({ edit })}
          onManagers={() => setWanted({ act: 'managers', rows: [] })}
        />
      ) : (
        <DataTable
          label="Personal accounts"
          rows={list?.items}
          columns={columns}
          rowId={(row) => row.account}
          groups={GROUPS}
          groupOf={stateOf}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          {...(mayWork
            ? {
                selection: {
                  noun: (count: number) => `${accountCount(count)} selected`,
                  explain: () => 'Nothing changes in Claude.',
                  actions: (rows: readonly Account[], clear: () => void) => (
                    <BulkActs rows={rows} onAct={(act) => setWanted({ act, rows, clear })} />
                  ),
                },
              }
            : {})}
          empty={
            <EmptyState title="None.">
              No report lists an account outside the workspace on a domain of this client.
            </EmptyState>
          }
          filtered={filteredBy(
            {
              state: state && STATE_WORDS[state],
              difference: difference && `newest report: ${CHANGE_WORDS[difference]}`,
              closedAfter: closedAfter && AFTER_WORDS[closedAfter],
              marked: marked && MARK_WORDS[marked],
              owner,
              search: words && `“${words}”`,
            },
            set,
          )}
        />
      )}
      {list === undefined ? null : (
        <Suspense fallback={null}>
          <Dialogs
            list={list}
            wanted={wanted}
            open={search.open}
            edit={search.edit}
            onClose={() => {
              setWanted(null);
              if (search.open !== undefined || search.edit !== undefined)
                set({ open: undefined, edit: undefined });
            }}
            onRefused={setRefused}
          />
        </Suspense>
      )}
    </ListPage>
  );
}

function Meta({ list: { statistics, reports, today } }: { readonly list: List }) {
  const [newest] = reports;
  if (newest === undefined) return <>No report has been imported yet.</>;
  return (
    <>
      {statistics.open} of {accountCount(statistics.accounts)} open. Newest report of {dayWords(newest.day)}
      {newest.day === today ? ', today' : ''}.
    </>
  );
}

interface NoticesProps {
  readonly list: List | undefined;
  readonly refused: readonly Refused[];
  readonly onClear: () => void;
}

function Notices({ list, refused, onClear }: NoticesProps) {
  const gap = list !== undefined && list.reports.length > 0 ? list.gap : null;
  if (gap === null && refused.length === 0) return null;
  return (
    <div className={classes.notices}>
      {refused.length === 0 ? null : (
        <Notice
          mark="cannot_read"
          action={
            <Button size="xs" onClick={onClear}>
              Close
            </Button>
          }
        >
          {accountCount(refused.length)} stayed as {refused.length === 1 ? 'it was' : 'they were'}:
          <ul>
            {refused.map(({ account, name, why }) => (
              <li key={account}>
                {name === null ? account : `${name}, ${account}`}: {why}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {gap === null ? null : (
        <Notice mark="cannot_read">
          {gap.why} {gap.howToGet}
        </Notice>
      )}
    </div>
  );
}

function BulkActs({
  rows,
  onAct,
}: {
  readonly rows: readonly Account[];
  readonly onAct: (act: Act) => void;
}) {
  const writable = rows.some(({ can }) => can.length > 0);
  return (
    <>
      {writable ? <Button onClick={() => onAct({ is: 'send' })}>Write…</Button> : null}
      <Button onClick={() => onAct({ is: 'assign' })}>Owner and due date…</Button>
    </>
  );
}
