import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Stack } from '../../ui/layout.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { PLACE_WORDS } from '../people/words.ts';
import classes from './access.module.css';
import type { Access } from './access-words.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import {
  actWords,
  byExposure,
  type Listed,
  leadWords,
  leftWithReach,
  leftWords,
  REACH_STATE_WORDS,
  reachStateOf,
  type System,
  systemsByExposure,
  systemWords,
  widest,
} from './exposure-words.ts';
import { connectorAccessRoute } from './routes.tsx';
import { REACH_STATES, type ReachState } from './words.ts';

const FROM = '/c/$client/connectors/access';

export function useEveryone() {
  const { slug } = useClientHere();
  const may = useMay('people.read');
  return useQuery({ ...api.connectors.access.queryOptions({ input: { client: slug } }), enabled: may });
}

/** How far Claude reaches for each person, most exposed first; and the same by system. */
export function Everyone() {
  const { slug } = useClientHere();
  const search = connectorAccessRoute.useSearch();
  const { set } = useListSearch(search);
  const mayPeople = useMay('people.read');
  const load = useEveryone();
  const people = load.data?.people?.toSorted(byExposure);
  const systems = load.data?.systems?.toSorted(systemsByExposure);
  const bySystem = search.view === 'systems';
  const rows = people?.filter((one) => isWanted(one, search));
  const system = systems?.find(({ id }) => id === search.system);
  const nameOf = (id: string) => systems?.find((one) => one.id === id)?.name ?? id;
  const hasPeople = people !== undefined && people.length > 0;
  return (
    <ListPage
      title="Who can reach what"
      permission={mayPeople ? 'charter.read' : 'people.read'}
      load={load}
      meta={
        hasPeople
          ? leadWords(people, systems ?? [])
          : 'What Claude can reach for each person: what the organization allows, whether they signed in, and whose rights apply.'
      }
      tabs={<ConnectorTabs />}
      filters={
        hasPeople ? (
          <FilterChips
            {...(bySystem
              ? {}
              : {
                  search: {
                    label: 'Name or address',
                    value: search.text,
                    onChange: (text) => set({ text }),
                  },
                })}
            filters={
              bySystem
                ? []
                : [
                    choiceFilter(
                      search,
                      set,
                      'reach',
                      'Reach',
                      REACH_STATES,
                      REACH_STATE_WORDS,
                      (value) => people.filter((one) => reachStateOf(one, search.system) === value).length,
                    ),
                    choiceFilter(
                      search,
                      set,
                      'system',
                      'System',
                      (systems ?? []).map(({ id }) => id),
                      nameOf,
                    ),
                  ]
            }
            count={
              bySystem ? count(systems?.length ?? 0, 'system') : count(rows?.length ?? 0, 'person', 'people')
            }
          >
            <SegmentedControl
              aria-label="What each row is"
              size="xs"
              data={[
                { value: 'people', label: 'By person' },
                { value: 'systems', label: 'By system' },
              ]}
              value={bySystem ? 'systems' : 'people'}
              onChange={(value) =>
                set({
                  view: value === 'systems' ? 'systems' : undefined,
                  sort: undefined,
                  system: undefined,
                  reach: undefined,
                  text: undefined,
                })
              }
            />
          </FilterChips>
        ) : undefined
      }
      foot={<ListKeys />}
    >
      {hasPeople ? <Notices data={load.data} people={people} system={system} slug={slug} /> : null}
      {bySystem && hasPeople ? (
        <DataTable
          label="Systems"
          rows={systems}
          columns={SYSTEMS}
          rowId={({ id }) => id}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={<NoSystem />}
        />
      ) : (
        <DataTable
          label="People"
          rows={load.data === undefined ? undefined : (rows ?? [])}
          columns={peopleColumns(nameOf)}
          rowId={({ id }) => id}
          {...(search.sort === undefined
            ? { groups: GROUPS, groupOf: (one: Listed) => reachStateOf(one, search.system) }
            : {})}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={<Nobody data={load.data} slug={slug} />}
          filtered={
            hasPeople
              ? filteredBy(
                  {
                    text: search.text,
                    reach: search.reach === undefined ? undefined : REACH_STATE_WORDS[search.reach],
                    system: search.system === undefined ? undefined : nameOf(search.system),
                  },
                  set,
                )
              : undefined
          }
        />
      )}
    </ListPage>
  );
}

function isWanted(
  one: Listed,
  { text, reach, system }: ReturnType<typeof connectorAccessRoute.useSearch>,
): boolean {
  const wanted = text?.toLowerCase() ?? '';
  if (!`${one.name} ${one.address ?? ''}`.toLowerCase().includes(wanted)) return false;
  return reach === undefined || reachStateOf(one, system) === reach;
}

interface NoticesProps {
  readonly data: Access | undefined;
  readonly people: readonly Listed[];
  readonly system: System | undefined;
  readonly slug: string;
}

/** People to check first, and what no source shows, with how to find out. */
function Notices({ data, people, system, slug }: NoticesProps) {
  const left = leftWithReach(people);
  const observed = data?.observed;
  const unread = observed !== undefined && observed.why !== null;
  if (left.length === 0 && !unread && (system?.howTo ?? null) === null) return null;
  return (
    <Stack inset="tall" gap="sm">
      {left.length === 0 ? null : (
        <Notice
          mark="fail"
          action={
            <Link to="/c/$client/people" params={{ client: slug }} search={{ tab: 'has_left' }}>
              Remove {left.length === 1 ? 'the seat' : 'their seats'}
            </Link>
          }
        >
          {leftWords(left)}
        </Notice>
      )}
      {unread ? (
        <Notice mark="cannot_read">
          What is set in Claude cannot be read. {observed.why} {observed.howToGet}
        </Notice>
      ) : null}
      {system === undefined || system.howTo === null ? null : (
        <Notice mark="cannot_read">
          <strong>Who has signed in to {system.name}: </strong>
          {system.howTo}
        </Notice>
      )}
    </Stack>
  );
}

function Nobody({ data, slug }: { data: Access | undefined; slug: string }) {
  const mayImport = useMay('imports.write');
  return (
    <EmptyState
      title="No one can be listed."
      action={
        mayImport ? (
          <Button component="a" href={`/c/${slug}/imports`} variant="filled">
            Import the members file
          </Button>
        ) : undefined
      }
    >
      {data?.gap?.why} {data?.gap?.howToGet} Until then, no one is listed here, and no one is cleared.
    </EmptyState>
  );
}

export function NoSystem() {
  return (
    <EmptyState title="No connector is known.">
      The charter approves none, and no imported file shows any. That does not mean Claude reaches nothing.
      Import a connectors table, or add the approved connectors to the charter.
    </EmptyState>
  );
}

const GROUPS = REACH_STATES.map((key) => ({ key, label: REACH_STATE_WORDS[key] }));

const None = ({ children }: { children: string }) => <span className="muted">{children}</span>;

const amount = ({ allow, ask }: Listed['changes']) => allow + ask;

function peopleColumns(nameOf: (id: string) => string): readonly Column<Listed>[] {
  return [
    {
      id: 'person',
      header: 'Person',
      sort: ({ name }) => name,
      cell: ({ id, name, address }) => (
        <RowTitle detail={address === name ? undefined : address}>
          <Link from={FROM} to="." search={{ person: id }}>
            {name}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'systems',
      header: 'Systems',
      evident: true,
      width: '30%',
      sort: ({ reaches, may }) => reaches.length * 1000 + may.length,
      cell: ({ reaches, may, unknown }) => (
        <>
          {reaches.length === 0 ? null : <span className="line">{systemWords(reaches, nameOf)}</span>}
          {may.length === 0 ? null : (
            <span className="line">
              {systemWords(may, nameOf)} <None>after signing in</None>
            </span>
          )}
          {unknown.length === 0 ? null : (
            <span className="second">Not known: {systemWords(unknown, nameOf)}</span>
          )}
          {reaches.length + may.length + unknown.length === 0 ? <None>None</None> : null}
        </>
      ),
    },
    {
      id: 'changes',
      header: 'Actions that change something',
      width: '13rem',
      from: 700,
      sort: (row) => amount(widest(row)),
      cell: (row) =>
        actWords(widest(row)) ?? <None>{reachStateOf(row) === 'cannot' ? 'None' : 'None by name'}</None>,
    },
    {
      id: 'place',
      header: 'Who they are',
      evident: true,
      width: '13rem',
      from: 860,
      sort: ({ place }) => (place === null ? null : PLACE_WORDS[place]),
      cell: ({ place }) =>
        place === null ? (
          <None>Not compared with a roster</None>
        ) : place === 'has_left' ? (
          <VerdictMark state="fail">{PLACE_WORDS[place]}</VerdictMark>
        ) : (
          PLACE_WORDS[place]
        ),
    },
  ];
}

const people = (state: ReachState, header: string): Column<System> => ({
  id: state,
  header,
  width: '8.5rem',
  align: 'end',
  sort: (row) => row.people[state] ?? 0,
  cell: (row) => {
    const n = row.people[state] ?? 0;
    return n === 0 ? (
      <None>0</None>
    ) : (
      <Link from={FROM} to="." search={{ system: row.id, reach: state }}>
        {n.toLocaleString('en')}
      </Link>
    );
  },
});

const SYSTEMS: readonly Column<System>[] = [
  {
    id: 'system',
    header: 'System',
    sort: ({ name }) => name,
    cell: ({ id, name, charter }) => (
      <RowTitle
        detail={charter === null ? <span className={classes.undecided}>Not in the charter</span> : null}
      >
        <Link from={FROM} to="." search={{ system: id }}>
          {name}
        </Link>
      </RowTitle>
    ),
  },
  people('reaches', 'Signed in'),
  people('may', 'Can sign in'),
  people('unknown', 'Not known'),
  { ...people('cannot', 'Cannot reach it'), from: 760 },
  {
    id: 'lets',
    header: 'Actions allowed',
    width: '13rem',
    from: 900,
    sort: ({ lets }) => amount(lets),
    cell: ({ lets }) => actWords(lets) ?? <None>None by name</None>,
  },
  {
    id: 'changes',
    header: 'Those that change something',
    width: '13rem',
    from: 640,
    sort: ({ changes }) => amount(changes),
    cell: ({ changes }) => actWords(changes) ?? <None>None by name</None>,
  },
];
