import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { type Invitation, InvitationActions, STATE_WORDS } from './invitation-actions.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { accessRoute } from './routes.tsx';
import { grantText } from './words.ts';

const columns: readonly Column<Invitation>[] = [
  {
    id: 'name',
    header: 'Invited',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.email}>
        <Link from="/access" to="/access" search={(was) => ({ ...was, panel: row.id })}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  { id: 'to', header: 'To', width: '34%', cell: (row) => row.grants.map(grantText).join('; ') },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '6rem',
    sort: (row) => STATE_WORDS[row.state],
    cell: (row) => STATE_WORDS[row.state],
  },
  {
    id: 'by',
    header: 'By',
    width: '9rem',
    sort: (row) => row.invitedBy,
    cell: (row) => row.invitedBy ?? 'Not known',
  },
  {
    id: 'until',
    header: 'Valid until',
    width: '8rem',
    sort: (row) => row.expiresAt,
    cell: (row) => <When at={row.expiresAt} />,
  },
];

export function InvitationsTab({ tabs }: { tabs: ReactNode }) {
  const search = accessRoute.useSearch();
  const navigate = accessRoute.useNavigate();
  const mayManage = useMay('users.manage');
  const [inviting, setInviting] = useState(false);
  const load = useQuery(api.access.invitations.list.queryOptions({ input: {}, enabled: mayManage }));
  const open = load.data?.items.find((one) => one.id === search.panel);
  return (
    <ListPage
      title="Access"
      permission="users.manage"
      load={load}
      tabs={tabs}
      actions={
        <>
          <ExportMenu onExport={(format) => fetchFile(routes.access.invitations.export, { format })} />
          <Button variant={open === undefined ? 'filled' : 'default'} onClick={() => setInviting(true)}>
            Invite a person
          </Button>
        </>
      }
      foot={<ListKeys />}
      panel={
        open === undefined ? null : (
          <SidePanel
            key={open.id}
            title={open.name}
            onClose={() => void navigate({ search: ({ panel: _gone, ...was }) => was })}
          >
            <Facts
              facts={[
                ['Email address', open.email],
                ['State', STATE_WORDS[open.state]],
                ['To', open.grants.map(grantText).join('; ')],
                ['Invited by', open.invitedBy ?? 'Not known'],
                ['Invited', <When key="at" at={open.createdAt} />],
                ['Valid until', <When key="until" at={open.expiresAt} />],
              ]}
            />
            <InvitationActions
              invitation={open}
              resend={() => calls.access.invitations.resend({ invitation: open.id })}
              revoke={() => calls.access.invitations.revoke({ invitation: open.id })}
            />
          </SidePanel>
        )
      }
    >
      <DataTable
        label="Invitations"
        rows={load.data?.items}
        columns={columns}
        rowId={(one) => one.id}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => void navigate({ search: (was) => ({ ...was, sort }), replace: true })}
        empty={
          <EmptyState title="No invitations.">
            An invitation is a one-time link that lets one person in within seven days. No one has been
            invited yet.
          </EmptyState>
        }
      />
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} slug={null} />
    </ListPage>
  );
}
