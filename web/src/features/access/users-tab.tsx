import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api, type client as calls, fetchFile, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { accessRoute } from './routes.tsx';
import { UserPanel } from './user-panel.tsx';
import { factorWord, grantText } from './words.ts';

export type User = Awaited<ReturnType<typeof calls.access.users.list>>['items'][number];

const columns: readonly Column<User>[] = [
  {
    id: 'name',
    header: 'Person',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.proven === null ? `${row.email} · Not verified` : row.email}>
        <Link from="/access" to="/access" search={(was) => ({ ...was, panel: row.id })}>
          {row.name}
        </Link>
        {row.self ? <span className="muted"> (you)</span> : null}
      </RowTitle>
    ),
  },
  { id: 'roles', header: 'Access', width: '40%', cell: (row) => <Roles user={row} /> },
  {
    id: 'factor',
    header: 'Second factor',
    width: '8rem',
    from: 900,
    sort: (row) => factorWord(row),
    cell: (row) => factorWord(row),
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: '8rem',
    from: 900,
    sort: (row) => row.lastSeen,
    cell: (row) => <When at={row.lastSeen} />,
  },
];

function Roles({ user }: { user: User }) {
  if (user.disabled !== null) return <span>Disabled</span>;
  if (user.grants.length === 0) return <span className="muted">None</span>;
  return <span>{user.grants.map(grantText).join('; ')}</span>;
}

export function UsersTab({ tabs }: { tabs: ReactNode }) {
  const search = accessRoute.useSearch();
  const navigate = accessRoute.useNavigate();
  const mayManage = useMay('users.manage');
  const [inviting, setInviting] = useState(false);
  const load = useQuery(api.access.users.list.queryOptions({ input: {} }));
  const open = load.data?.items.find((user) => user.id === search.panel);
  return (
    <ListPage
      title="Access"
      permission="users.read"
      load={load}
      tabs={tabs}
      meta={load.data === undefined ? undefined : countWords(load.data.items)}
      actions={
        <>
          <ExportMenu onExport={(format) => fetchFile(routes.access.users.export, { format })} />
          {mayManage ? (
            <Button variant={open === undefined ? 'filled' : 'default'} onClick={() => setInviting(true)}>
              Invite a person
            </Button>
          ) : null}
        </>
      }
      foot={<ListKeys />}
      panel={
        open === undefined ? null : (
          <UserPanel
            key={open.id}
            user={open}
            mayManage={mayManage}
            onClose={() => void navigate({ search: ({ panel: _gone, ...was }) => was })}
          />
        )
      }
    >
      <DataTable
        label="People who can sign in"
        rows={load.data?.items}
        columns={columns}
        rowId={(user) => user.id}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => void navigate({ search: (was) => ({ ...was, sort }), replace: true })}
        empty={<EmptyState title="No one can sign in.">Invite a person to get started.</EmptyState>}
      />
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} slug={null} />
    </ListPage>
  );
}

function countWords(users: readonly User[]): string {
  const disabled = users.filter((user) => user.disabled !== null).length;
  const active = users.length - disabled;
  return `${active} ${active === 1 ? 'person' : 'people'} can sign in${disabled === 0 ? '' : `; ${disabled} disabled`}`;
}
