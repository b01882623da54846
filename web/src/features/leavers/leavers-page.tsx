import { ActionIcon, Button, CopyButton, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { LeavingDialog, MarkDialog, stopLeaving, takeMarkBack } from './dialogs.tsx';
import { leaversRoute } from './routes.tsx';
import { isToRemove, type Leaver, type LeaverList, removalList, STATE_SHAPES } from './words.ts';

type Open = { readonly what: 'start' | 'mark'; readonly leaver: Leaver };

/** Who leaves: whose seat is to be removed, by whom, and what the members file shows of it. */
export function LeaversPage() {
  const { slug, name } = useClientHere();
  const search = leaversRoute.useSearch();
  const { set } = useListSearch(search);
  const mayDecide = useMay('people.decide');
  const mayImport = useMay('imports.write');
  const [open, setOpen] = useState<Open | null>(null);
  const load = useQuery(api.leavers.list.queryOptions({ input: { client: slug } }));
  const { data } = load;
  const columns = useMemo(() => columnsOf(slug, mayDecide ? setOpen : null), [slug, mayDecide]);
  const toRemove = (data?.items ?? []).filter(isToRemove);
  const asked = search.start === undefined ? undefined : askedFor(data, search.start);
  return (
    <>
      <ListPage
        title="People who leave"
        permission="people.read"
        load={load}
        meta={data === undefined ? undefined : <Meta data={data} />}
        actions={
          <>
            <LinkButton href={`/c/${slug}/people`}>All people</LinkButton>
            <ExportMenu onExport={(format) => fetchFile(routes.leavers.export, { client: slug, format })} />
            {toRemove.length === 0 ? null : (
              <CopyButton value={removalList(name, toRemove)}>
                {({ copied, copy }) => (
                  <Button leftSection={<Icon name={copied ? 'tick' : 'copy'} />} onClick={copy}>
                    <span aria-live="polite">{copied ? 'Copied' : 'Copy the list'}</span>
                  </Button>
                )}
              </CopyButton>
            )}
            {mayImport ? (
              <Button component="a" href={`/c/${slug}/imports`}>
                Import members
              </Button>
            ) : null}
          </>
        }
        foot="A mark is what someone says. Only a members file of a later day shows that a seat is gone, and only files decide controls."
      >
        <DataTable
          label="People who leave"
          rows={data?.items}
          columns={columns}
          rowId={(row) => row.address}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="Nobody.">
              No one whose seat is known has left by the roster, and no leaving was started. To start one,
              open a person under People.
            </EmptyState>
          }
        />
      </ListPage>
      {open?.what === 'mark' && data !== undefined ? (
        <MarkDialog leaver={open.leaver} today={data.today} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === 'start' && data !== undefined ? (
        <LeavingDialog leaver={open.leaver} people={data.people} onClose={() => setOpen(null)} />
      ) : null}
      {asked !== undefined && mayDecide && data !== undefined ? (
        <LeavingDialog leaver={asked} people={data.people} onClose={() => set({ start: undefined })} />
      ) : null}
    </>
  );
}

/** Whom the address names: someone on the list, or someone whose leaving is to be started. */
function askedFor(data: LeaverList | undefined, address: string): Leaver | undefined {
  if (data === undefined) return undefined;
  return (
    data.items.find((one) => one.address === address.toLowerCase()) ?? {
      id: null,
      address,
      name: address,
      person: null,
      seat: null,
      lastDay: null,
      state: 'not_started',
      words: '',
      owner: null,
      removed: null,
      started: null,
      version: 0,
    }
  );
}

function Meta({ data: { items, membersOn } }: { data: LeaverList }) {
  const open = items.filter(isToRemove).length;
  return (
    <>
      {open === 0 ? 'No seat has to be removed' : `${count(open, 'seat')} to remove`}.{' '}
      {membersOn === null
        ? 'There is no current members file, so it is not known who still holds one.'
        : `Members file of ${dayWords(membersOn)}.`}
    </>
  );
}

function columnsOf(slug: string, onOpen: ((open: Open) => void) | null): readonly Column<Leaver>[] {
  return [
    {
      id: 'name',
      header: 'Person',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle detail={row.address}>
          {row.person === null ? (
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
      id: 'lastDay',
      header: 'Last day',
      width: '7.5rem',
      sort: (row) => row.lastDay,
      cell: (row) =>
        row.lastDay === null ? <span className="muted">Not known</span> : dayWords(row.lastDay),
    },
    {
      id: 'owner',
      header: 'Removed by',
      width: '10rem',
      from: 760,
      sort: (row) => row.owner?.name ?? '\uffff',
      cell: (row) => row.owner?.name ?? <span className="muted">Nobody named</span>,
    },
    {
      id: 'state',
      header: 'State',
      width: '30%',
      sort: (row) => row.words,
      cell: (row) => <VerdictMark state={STATE_SHAPES[row.state]}>{row.words}</VerdictMark>,
    },
    ...(onOpen === null
      ? []
      : [
          {
            id: 'acts',
            header: 'Next step',
            width: '13rem',
            cell: (row: Leaver) => <Acts slug={slug} row={row} onOpen={onOpen} />,
          },
        ]),
  ];
}

function Acts({ slug, row, onOpen }: { slug: string; row: Leaver; onOpen: (open: Open) => void }) {
  const about = <span className="hidden-text">: {row.name}</span>;
  if (row.id === null)
    return (
      <Button size="xs" onClick={() => onOpen({ what: 'start', leaver: row })}>
        Start the leaving{about}
      </Button>
    );
  return (
    <Row gap="xs" nowrap>
      {isToRemove(row) ? (
        <Button size="xs" onClick={() => onOpen({ what: 'mark', leaver: row })}>
          Mark as removed{about}
        </Button>
      ) : null}
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={28} aria-label={`More: ${row.name}`}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen({ what: 'start', leaver: row })}>Change day or owner…</Menu.Item>
          {row.removed === null ? null : (
            <Menu.Item onClick={() => void takeMarkBack(slug, row)}>Take the mark back</Menu.Item>
          )}
          <Menu.Item onClick={() => void stopLeaving(slug, row)}>Stop the leaving</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Row>
  );
}
