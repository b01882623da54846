import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { AssignManyDialog } from './assign-many-dialog.tsx';
import { JourneyDialog } from './dialogs.tsx';
import { JourneyPanel } from './journey-panel.tsx';
import { joinersRoute, leaversRoute } from './routes.tsx';
import { StartManyDialog } from './start-many-dialog.tsx';
import {
  holdsSeat,
  type Journey,
  type JourneyKind,
  type JourneyList,
  KIND_TEXTS,
  nextStep,
  removalList,
  STATE_SHAPES,
} from './words.ts';

export function LeaversPage() {
  return <JourneysPage kind="leaving" search={leaversRoute.useSearch()} />;
}

export function JoinersPage() {
  return <JourneysPage kind="joining" search={joinersRoute.useSearch()} />;
}

type Search = ReturnType<typeof leaversRoute.useSearch>;

/** Who leaves or joins: what has to be done for each person, by whom, and what the files show. */
function JourneysPage({ kind, search }: { kind: JourneyKind; search: Search }) {
  const { slug, name } = useClientHere();
  const { set, closePanel } = useListSearch(search);
  const mayDecide = useMay('people.decide');
  const [starting, setStarting] = useState<Journey | null>(null);
  const [many, setMany] = useState<{ rows: readonly Journey[]; clear: () => void } | null>(null);
  const [assigning, setAssigning] = useState<typeof many>(null);
  const ended = search.ended ?? 'no';
  const load = useQuery(api.journeys.list.queryOptions({ input: { client: slug, kind, ended } }));
  const { data } = load;
  const texts = KIND_TEXTS[kind];
  const columns = useMemo(() => columnsOf(slug, mayDecide ? setStarting : null), [slug, mayDecide]);
  const seats = (data?.items ?? []).filter(holdsSeat);
  const asked = search.start === undefined ? undefined : askedFor(data, kind, search.start);
  return (
    <>
      <ListPage
        title={texts.title}
        permission="people.read"
        load={load}
        meta={data === undefined ? undefined : <Meta data={data} />}
        actions={
          <>
            <LinkButton href={`/c/${slug}/people`}>All people</LinkButton>
            <ExportMenu
              onExport={(format) => fetchFile(routes.journeys.export, { client: slug, kind, ended, format })}
            />
            {seats.length === 0 ? null : (
              <CopyButton value={removalList(name, seats)}>Copy the seats to remove</CopyButton>
            )}
            {mayDecide ? (
              <LinkButton href={`/c/${slug}/people/announce${kind === 'joining' ? '?kind=joining' : ''}`}>
                {kind === 'leaving' ? 'Someone leaves' : 'Someone joins'}
              </LinkButton>
            ) : null}
          </>
        }
        tabs={
          <TabLinks
            label="Which of them"
            value={ended}
            param="ended"
            items={[
              { value: 'no', label: 'Underway' },
              { value: 'yes', label: 'Ended' },
            ]}
          />
        }
        foot="Checking off a step is only a statement. A reading from a later day confirms that it was done, and only readings decide controls."
        panel={
          search.panel === undefined || data === undefined ? null : (
            <JourneyPanel key={search.panel} id={search.panel} list={data} onClose={closePanel} />
          )
        }
      >
        {data?.roster == null || kind === 'joining' ? null : (
          <Notice mark="cannot_read">
            {data.roster.words} It may be the wrong file. Check it before you start an offboarding from it.
          </Notice>
        )}
        <DataTable
          label={texts.title}
          rows={data?.items}
          columns={columns}
          rowId={(row) => row.id ?? row.address}
          {...(search.panel === undefined ? {} : { openId: search.panel })}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          {...(mayDecide && ended === 'no' && (data?.items ?? []).length > 1
            ? {
                selection: {
                  noun: (n: number) => count(n, 'person', 'people'),
                  actions: (rows: readonly Journey[], clear: () => void) => {
                    const toStart = rows.filter(({ id }) => id === null);
                    const underway = rows.filter(({ id }) => id !== null);
                    return (
                      <>
                        {toStart.length === 0 ? null : (
                          <Button size="xs" onClick={() => setMany({ rows: toStart, clear })}>
                            Start {texts.noun}
                            {underway.length === 0 ? '' : ` of ${toStart.length}`}…
                          </Button>
                        )}
                        {underway.length === 0 ? null : (
                          <Button size="xs" onClick={() => setAssigning({ rows: underway, clear })}>
                            Assign{toStart.length === 0 ? '' : ` ${underway.length} underway`}…
                          </Button>
                        )}
                      </>
                    );
                  },
                },
              }
            : {})}
          empty={
            <EmptyState title="No one.">
              {ended === 'yes'
                ? 'None have ended.'
                : `${texts.empty} To start one, open a person under People.`}
            </EmptyState>
          }
        />
      </ListPage>
      {starting !== null && data !== undefined ? (
        <JourneyDialog journey={starting} list={data} onClose={() => setStarting(null)} />
      ) : null}
      {many !== null && data !== undefined ? (
        <StartManyDialog
          journeys={many.rows}
          list={data}
          onClose={() => setMany(null)}
          onStarted={many.clear}
        />
      ) : null}
      {assigning !== null && data !== undefined ? (
        <AssignManyDialog
          journeys={assigning.rows}
          list={data}
          onClose={() => setAssigning(null)}
          onAssigned={assigning.clear}
        />
      ) : null}
      {asked !== undefined && mayDecide && data !== undefined ? (
        <JourneyDialog journey={asked} list={data} onClose={() => set({ start: undefined })} />
      ) : null}
    </>
  );
}

/** The person named in the URL: someone on the list, or someone whose journey has not started yet. */
function askedFor(data: JourneyList | undefined, kind: JourneyKind, address: string): Journey | undefined {
  if (data === undefined) return undefined;
  return (
    data.items.find((one) => one.address === address.toLowerCase()) ?? {
      id: null,
      kind,
      address,
      name: address,
      person: null,
      seat: null,
      day: null,
      state: 'not_started',
      words: '',
      toDo: 0,
      nextDue: null,
      concerns: [],
      steps: [],
      owner: null,
      started: null,
      ended: null,
      version: 0,
    }
  );
}

function Meta({ data: { items, readOn } }: { data: JourneyList }) {
  const steps = items.reduce((sum, { toDo }) => sum + toDo, 0);
  const toStart = items.filter(({ id }) => id === null).length;
  return (
    <>
      {toStart === 0 ? '' : `${toStart} to start. `}
      {steps > 0 ? `${count(steps, 'step')} to do. ` : toStart > 0 ? '' : 'Nothing to do. '}
      {readOn.members === null
        ? 'There is no current members file, so it is not known who holds a seat.'
        : `Members file of ${dayWords(readOn.members)}.`}
    </>
  );
}

function columnsOf(slug: string, onStart: ((journey: Journey) => void) | null): readonly Column<Journey>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle detail={row.address}>
          {row.id !== null ? (
            <AppLink href={`/c/${slug}/people/${KIND_TEXTS[row.kind].path}?panel=${row.id}`}>
              {row.name}
            </AppLink>
          ) : row.person === null ? (
            row.name
          ) : (
            <AppLink href={`/c/${slug}/people?tab=everyone&panel=${encodeURIComponent(row.person)}`}>
              {row.name}
            </AppLink>
          )}
        </RowTitle>
      ),
    },
    {
      id: 'day',
      header: 'Day',
      width: '7.5rem',
      sort: (row) => row.day,
      cell: (row) => (row.day === null ? <span className="muted">Not known</span> : dayWords(row.day)),
    },
    {
      id: 'owner',
      header: 'Owner',
      width: '10rem',
      from: 900,
      sort: (row) => row.owner?.name ?? '\uffff',
      cell: (row) => row.owner?.name ?? <span className="muted">Unassigned</span>,
    },
    {
      id: 'state',
      header: 'State',
      evident: true,
      width: '34%',
      sort: (row) => row.words,
      cell: (row) => (
        <>
          <VerdictMark state={STATE_SHAPES[row.state]}>{row.words}</VerdictMark>
          {row.concerns.map(({ code, words }) => (
            <p key={code} className="second">
              {words}
            </p>
          ))}
        </>
      ),
    },
    ...(onStart === null
      ? []
      : [
          {
            id: 'acts',
            header: 'Next step',
            width: '11rem',
            cell: (row: Journey) =>
              row.id === null ? (
                <Button size="xs" onClick={() => onStart(row)}>
                  Start {KIND_TEXTS[row.kind].noun}
                  <span className="hidden-text">: {row.name}</span>
                </Button>
              ) : row.nextDue === null ? null : (
                <>
                  {nextStep(row)}
                  <span className="second">By {dayWords(row.nextDue)}</span>
                </>
              ),
          },
        ]),
  ];
}
