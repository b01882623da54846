import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { decideNow, type Refused } from './acts.ts';
import { DecideDialog } from './decide-dialog.tsx';
import classes from './people.module.css';
import { accountColumns, peopleColumns } from './people-columns.tsx';
import { PersonPanel } from './person-panel.tsx';
import { peopleRoute } from './routes.tsx';
import { canBeNamed, GROUPS, type Kind, type Person, peopleCount, TAB_WORDS, TABS } from './words.ts';

type List = Awaited<ReturnType<typeof api.people.list.call>>;
const placeOf = (row: Person) => row.place;

/** People with a seat compared with the staff roster. */
export function PeoplePage() {
  const { slug } = useClientHere();
  const search = peopleRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const mayDecide = useMay('people.decide');
  const mayAsk = useMay('exceptions.request');
  const mayImport = useMay('imports.write');
  const [asked, setAsked] = useState<{ kind: Kind; rows: readonly Person[]; clear: () => void } | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const tab = search.tab ?? 'differences';
  const input = {
    client: slug,
    tab,
    ...(search.search === undefined ? {} : { search: search.search }),
  };
  const load = useQuery(api.people.list.queryOptions({ input, placeholderData: keepPreviousData }));
  const data = load.data?.tab === tab ? load.data : undefined;
  const onDecide = useCallback(
    (row: Person, kind: 'same' | 'different', record: string) => {
      if (row.key !== null) void decideNow(slug, { kind, addresses: [row.key, record] });
    },
    [slug],
  );
  const columns = useMemo(
    () =>
      tab === 'personal_accounts'
        ? accountColumns()
        : peopleColumns({ onDecide: mayDecide ? onDecide : null }),
    [tab, mayDecide, onDecide],
  );
  const grouped = tab === 'differences' || tab === 'everyone';
  const gap = tab === 'personal_accounts' ? data?.personalBlocked : data?.blocked;
  // Without a roster, members are listed without a verdict.
  const listed = gap == null || (tab === 'everyone' && (data?.counts.everyone ?? 0) > 0);
  const campaignLink =
    tab === 'personal_accounts' && gap == null && mayDecide ? (
      <Button component="a" href={`/c/${slug}/personal-accounts`} variant="filled">
        Work at these accounts
      </Button>
    ) : null;
  const importLink = (
    <Button component="a" href={`/c/${slug}/imports`} variant={gap == null ? 'default' : 'filled'}>
      {tab === 'personal_accounts' ? 'Import the report' : 'Import members or roster'}
    </Button>
  );
  return (
    <ListPage
      title="People"
      permission="people.read"
      load={load}
      meta={load.data === undefined ? undefined : <Meta data={load.data} />}
      actions={
        <>
          <LinkButton
            href={`/c/${slug}/people/leavers`}
            variant={(data?.counts.has_left ?? 0) > 0 && tab !== 'personal_accounts' ? 'filled' : 'default'}
          >
            People who leave
          </LinkButton>
          <LinkButton href={`/c/${slug}/people/joiners`}>People who join</LinkButton>
          <LinkButton href={`/c/${slug}/people/directory`}>Directory</LinkButton>
          <ExportMenu
            onExport={(format) =>
              fetchFile(routes.people.export, { client: slug, tab, search: search.search, format })
            }
          />
          {mayImport && listed ? importLink : null}
          {campaignLink}
        </>
      }
      tabs={
        <TabLinks
          label="Lists of people"
          value={tab}
          items={TABS.map((value) => {
            const count = load.data?.counts[value];
            return { value, label: TAB_WORDS[value], ...(count === undefined ? {} : { count }) };
          })}
        />
      }
      filters={
        <Stack gap="sm" above="md">
          <FilterChips
            filters={[]}
            search={{
              label: 'Name, address or department',
              value: search.search,
              onChange: (value) => set({ search: value }),
            }}
            {...(data === undefined ? {} : { count: peopleCount(data.total) })}
          />
          <Controls data={data} slug={slug} tab={tab} />
        </Stack>
      }
      foot="No one is merged by name alone. Names are compared ignoring case, along with plus addresses, aliases and former names; every match says why."
      panel={
        search.panel === undefined ? null : (
          <PersonPanel
            key={search.panel}
            id={search.panel}
            row={data?.items.find((row) => row.id === search.panel)}
            onClose={closePanel}
          />
        )
      }
    >
      {refused.length === 0 ? null : (
        <div className={classes.notices}>
          <Notice
            mark="cannot_read"
            action={
              <Button size="xs" onClick={() => setRefused([])}>
                Close
              </Button>
            }
          >
            {peopleCount(refused.length)} could not be decided:
            <ul>
              {refused.map((one) => (
                <li key={one.addresses.join(' ')}>
                  {one.addresses.join(' and ')}: {one.why}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {listed && gap != null ? (
        <div className={classes.notices}>
          <Notice mark="cannot_read">
            {gap.why} {gap.howToGet} Until then, members are listed as they are, and no one is cleared.
          </Notice>
        </div>
      ) : null}
      {listed ? (
        <DataTable
          label={TAB_WORDS[tab]}
          rows={data?.items}
          columns={columns}
          rowId={(row) => row.id}
          {...(grouped ? { groups: GROUPS, groupOf: placeOf } : {})}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          {...(mayDecide || mayAsk
            ? {
                selection: {
                  noun: (count: number) => `${peopleCount(count)} selected`,
                  explain: explain,
                  allowed: (row: Person) =>
                    row.key !== null && row.place !== 'personal_account' && row.place !== 'not_compared',
                  actions: (rows: readonly Person[], clear: () => void) => (
                    <BulkActs
                      rows={rows}
                      slug={slug}
                      mayDecide={mayDecide}
                      mayAsk={mayAsk}
                      onKind={(kind) => setAsked({ kind, rows, clear })}
                    />
                  ),
                },
              }
            : {})}
          empty={<Nobody tab={tab} />}
          filtered={filteredBy({ search: search.search && `“${search.search}”` }, set)}
        />
      ) : (
        <EmptyState
          title={tab === 'personal_accounts' ? 'No report of personal accounts.' : 'No one can be compared.'}
          action={mayImport ? importLink : undefined}
        >
          <span className="line">{gap?.why}</span>
          <span className="line">{gap?.howToGet}</span>
          <span className="line">Until then, no one is listed here, and no one is cleared.</span>
          {tab !== 'personal_accounts' && (data?.counts.everyone ?? 0) > 0 ? (
            <Link to="/c/$client/people" params={{ client: slug }} search={{ tab: 'everyone' }}>
              Show the members as they are
            </Link>
          ) : null}
        </EmptyState>
      )}
      <DecideDialog
        key={asked?.kind}
        client={slug}
        kind={asked?.kind ?? null}
        rows={asked?.rows ?? []}
        onClose={() => setAsked(null)}
        onRefused={(list) => {
          setRefused(list);
          asked?.clear();
        }}
      />
    </ListPage>
  );
}

function Meta({ data }: { data: List }) {
  const day = (kind: string) => data.files.find((file) => file.kind === kind)?.observedOn;
  const files = [
    day('members') === undefined ? null : `members file of ${dayWords(day('members') ?? '')}`,
    day('roster') === undefined ? null : `roster of ${dayWords(day('roster') ?? '')}`,
  ].filter((part) => part !== null);
  const observed = files.length === 0 ? '' : ` Observed: ${files.join('; ')}.`;
  if (data.seats === null) return <>The comparison cannot be made.{observed}</>;
  if (data.staff === null) return <>The roster does not show who works here today.{observed}</>;
  return (
    <>
      {data.seats} seat {data.seats === 1 ? 'holder' : 'holders'} compared with {data.staff} current staff.
      {observed}
    </>
  );
}

const OF_ACCOUNTS = new Set(['CLA-SHA-03', 'CLA-SHA-04']);

/** The controls that report the same as this list. */
function Controls({ data, slug, tab }: { data: List | undefined; slug: string; tab: string }) {
  const mayOpen = useMay('controls.read');
  const wanted = tab === 'personal_accounts';
  const shown = (data?.controls ?? []).filter(({ control }) => OF_ACCOUNTS.has(control) === wanted);
  if (!mayOpen || shown.length === 0) return null;
  return (
    <p className={classes.controls}>
      {shown.map((one) => (
        <span key={one.control}>
          <a href={`/c/${slug}/controls/${one.control}`} className="mono">
            {shortId(one.control)}
          </a>{' '}
          <VerdictMark state={one.state} />
        </span>
      ))}
    </p>
  );
}

function explain(rows: readonly Person[]): string {
  return rows.every(canBeNamed)
    ? 'Decides who they are in Bylaw. Nothing changes in Claude.'
    : 'Nothing changes in Claude.';
}

interface BulkActsProps {
  readonly rows: readonly Person[];
  readonly slug: string;
  readonly mayDecide: boolean;
  readonly mayAsk: boolean;
  readonly onKind: (kind: Kind) => void;
}

function BulkActs({ rows, slug, mayDecide, mayAsk, onKind }: BulkActsProps) {
  const control = rows[0]?.state.control ?? null;
  const acceptable =
    control !== null && rows.every(({ state }) => state.verdict === 'fail' && state.control === control);
  const nameable = mayDecide && rows.every(canBeNamed);
  return (
    <>
      {nameable ? (
        <>
          <Button onClick={() => onKind('shared')}>Shared mailbox…</Button>
          <Button onClick={() => onKind('service')}>Service account…</Button>
          <Button onClick={() => onKind('guest')}>Guest…</Button>
        </>
      ) : null}
      {mayAsk && acceptable ? (
        <Button
          renderRoot={(props) => (
            <Link
              to="/c/$client/exceptions"
              params={{ client: slug }}
              search={{ new: control, items: rows.flatMap(({ key }) => (key === null ? [] : [key])) }}
              {...props}
            />
          )}
        >
          Accept until…
        </Button>
      ) : null}
      {rows.every(({ place }) => place === 'has_left') ? (
        <LinkButton href={`/c/${slug}/people/leavers`} variant="filled">
          Start their offboarding
        </LinkButton>
      ) : null}
    </>
  );
}

const NOBODY: Readonly<Record<(typeof TABS)[number], string>> = {
  differences: 'Everyone who holds a seat is on the roster, and everyone on the roster holds one.',
  has_left: 'According to the roster, no one who holds a seat has left.',
  not_on_roster: 'Every account that uses a seat is on the roster or waits to be confirmed.',
  to_confirm: 'No account merely resembles a roster record.',
  no_seat: 'Everyone on the roster holds a seat.',
  matched: 'No account is matched to a roster record.',
  everyone: 'Neither file lists anyone.',
  personal_accounts: 'The report lists no account outside the organization on a domain of this client.',
};

function Nobody({ tab }: { tab: (typeof TABS)[number] }) {
  return <EmptyState title="No one.">{NOBODY[tab]}</EmptyState>;
}
