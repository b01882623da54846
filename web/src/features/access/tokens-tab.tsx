import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { accessRoute } from './routes.tsx';
import { PURPOSE_WORDS, TOKEN_STATES } from './token-words.ts';

type Token = Awaited<ReturnType<typeof calls.access.tokens.all>>['items'][number];

const columns: readonly Column<Token>[] = [
  {
    id: 'name',
    header: 'Token',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={<span className="mono">{row.prefix}…</span>}>
        <Link from="/access" to="/access" search={(was) => ({ ...was, panel: row.id })}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'person',
    header: 'Person',
    width: '11rem',
    sort: (row) => row.person.name,
    cell: (row) => row.person.name,
  },
  {
    id: 'purpose',
    header: 'For',
    width: '11rem',
    sort: (row) => PURPOSE_WORDS[row.purpose].name,
    cell: (row) => PURPOSE_WORDS[row.purpose].name,
  },
  {
    id: 'reach',
    header: 'Scope',
    width: '12rem',
    sort: (row) => row.client?.name ?? '',
    cell: (row) => row.client?.name ?? 'Everything the person may do',
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '6rem',
    sort: (row) => row.state,
    cell: (row) => TOKEN_STATES[row.state],
  },
  {
    id: 'used',
    header: 'Last used',
    width: '8rem',
    sort: (row) => row.lastUsedAt,
    cell: (row) => <When at={row.lastUsedAt} />,
  },
];

export function TokensTab({ tabs }: { tabs: ReactNode }) {
  const search = accessRoute.useSearch();
  const navigate = accessRoute.useNavigate();
  const mayManage = useMay('users.manage');
  const [revoking, setRevoking] = useState(false);
  const load = useQuery(api.access.tokens.all.queryOptions({ input: {} }));
  const open = load.data?.items.find((token) => token.id === search.panel);
  return (
    <ListPage
      title="Access"
      permission="users.read"
      load={load}
      tabs={tabs}
      meta="People create their own tokens under their account. A token can never do more than the person it belongs to."
      actions={<ExportMenu onExport={(format) => fetchFile(routes.access.tokens.export, { format })} />}
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
                ['Person', `${open.person.name}, ${open.person.email}`],
                ['For', PURPOSE_WORDS[open.purpose].name],
                ['Scope', open.client?.name ?? 'Everything the person may do'],
                ['Prefix', <code key="prefix">{open.prefix}</code>],
                ['State', TOKEN_STATES[open.state]],
                ['Created', <When key="made" at={open.createdAt} />],
                ['Ends', <When key="ends" at={open.expiresAt} none="When it is revoked" />],
                ['Last used', <When key="used" at={open.lastUsedAt} />],
              ]}
            />
            {mayManage && open.state === 'active' ? (
              <Row>
                <Button onClick={() => setRevoking(true)}>Revoke</Button>
              </Row>
            ) : null}
            <FormDialog
              opened={revoking}
              onClose={() => setRevoking(false)}
              title={`Revoke ${open.name}`}
              submit="Revoke permanently"
              final
              onSubmit={async () => {
                await calls.access.tokens.revokeAny({ token: open.id });
                await done(`${open.person.name}’s token “${open.name}” is revoked.`, api.access.key());
                return true;
              }}
            >
              <p>
                Anything that uses this token of {open.person.name} stops working immediately. This cannot be
                undone, but a new token can be created.
              </p>
            </FormDialog>
          </SidePanel>
        )
      }
    >
      <DataTable
        label="Everyone’s tokens"
        rows={load.data?.items}
        columns={columns}
        rowId={(token) => token.id}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => void navigate({ search: (was) => ({ ...was, sort }), replace: true })}
        empty={
          <EmptyState title="No tokens.">
            A token lets the command line, a program or Claude act for a person. No one has created one yet;
            people create their own under their account.
          </EmptyState>
        }
      />
    </ListPage>
  );
}
