import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import { AddProvider, EditProvider } from './provider-dialogs.tsx';
import { accessRoute } from './routes.tsx';

export type Provider = Awaited<ReturnType<typeof calls.access.providers.list>>['items'][number];

const columns: readonly Column<Provider>[] = [
  {
    id: 'name',
    header: 'Provider',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.issuer}>
        <Link from="/access" to="/access" search={(was) => ({ ...was, panel: row.id })}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'enabled',
    header: 'On',
    width: '6rem',
    sort: (row) => (row.enabled ? 0 : 1),
    cell: (row) => (row.enabled ? 'Yes' : 'No'),
  },
  {
    id: 'people',
    header: 'People',
    width: '6rem',
    align: 'end',
    sort: (row) => row.people,
    cell: (row) => row.people,
  },
];

export function ProvidersTab({ tabs }: { tabs: ReactNode }) {
  const search = accessRoute.useSearch();
  const navigate = accessRoute.useNavigate();
  const [adding, setAdding] = useState(false);
  const load = useQuery(api.access.providers.list.queryOptions({ input: {} }));
  const open = load.data?.items.find((provider) => provider.id === search.panel);
  return (
    <ListPage
      title="Access"
      permission="workspace.settings"
      load={load}
      tabs={tabs}
      meta={
        load.data === undefined ? undefined : (
          <>
            Register this redirect address at each provider:{' '}
            <CopyValue value={load.data.redirectUri} name="the address" />
          </>
        )
      }
      actions={
        <>
          <ExportMenu onExport={(format) => fetchFile(routes.access.providers.export, { format })} />
          <Button variant={open === undefined ? 'filled' : 'default'} onClick={() => setAdding(true)}>
            Add a provider
          </Button>
        </>
      }
      foot={<ListKeys />}
      panel={
        open === undefined ? null : (
          <ProviderPanel
            key={open.id}
            provider={open}
            onClose={() => void navigate({ search: ({ panel: _gone, ...was }) => was })}
          />
        )
      }
    >
      <DataTable
        label="Sign-in providers"
        rows={load.data?.items}
        columns={columns}
        rowId={(provider) => provider.id}
        openId={search.panel ?? null}
        sort={search.sort}
        onSort={(sort) => void navigate({ search: (was) => ({ ...was, sort }), replace: true })}
        empty={
          <EmptyState title="No sign-in providers.">
            With a provider such as Entra, people sign in with their work account. They still need an
            invitation. Register the address above with the provider, then add it here.
          </EmptyState>
        }
      />
      <AddProvider
        opened={adding}
        onClose={() => setAdding(false)}
        redirectUri={load.data?.redirectUri ?? ''}
      />
    </ListPage>
  );
}

function ProviderPanel({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const [act, setAct] = useState<'edit' | 'remove' | null>(null);
  const { id, name, people, version } = provider;
  const who = people === 1 ? '1 person signs in' : `${people} people sign in`;
  return (
    <SidePanel title={name} onClose={onClose}>
      <Facts
        facts={[
          ['Issuer', provider.issuer],
          ['Client ID', provider.clientId],
          ['Secret', provider.hasSecret ? 'Set; it cannot be shown' : 'None'],
          ['On', provider.enabled ? 'Yes' : 'No'],
          ['People', who],
          ['Added', <When key="added" at={provider.createdAt} />],
        ]}
      />
      <Row>
        <Button variant="filled" onClick={() => setAct('edit')}>
          Change
        </Button>
        <Button onClick={() => setAct('remove')}>Remove</Button>
      </Row>
      <Steady of={provider}>
        {(steady) => (
          <EditProvider
            key={steady.version}
            opened={act === 'edit'}
            onClose={() => setAct(null)}
            provider={steady}
          />
        )}
      </Steady>
      <FormDialog
        opened={act === 'remove'}
        onClose={() => setAct(null)}
        title={`Remove ${name}`}
        submit="Remove"
        final
        onSubmit={async () => {
          await calls.access.providers.remove({ provider: id, version });
          await done(`No one can sign in with ${name} anymore.`, api.access.key());
          onClose();
          return true;
        }}
      >
        <p>
          {who} with it. Anyone without a password or passkey will not be able to sign in. Its secret is
          removed.
        </p>
      </FormDialog>
    </SidePanel>
  );
}
