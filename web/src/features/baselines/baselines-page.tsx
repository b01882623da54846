import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { done, failed } from '../../acts.ts';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import classes from './baselines.module.css';
import { NewDialog } from './new-dialog.tsx';
import { baselinesRoute } from './routes.tsx';
import { clientsWords, type Line, type List } from './words.ts';

const columns: readonly Column<Line>[] = [
  {
    id: 'name',
    header: 'Baseline',
    sort: (row) => row.name,
    cell: (row) => (
      <RowTitle detail={row.retired === null ? row.purpose : `Retired: ${row.retired}`}>
        <Link to="/baselines/$baseline" params={{ baseline: row.id }}>
          {row.name}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'meant',
    header: 'Meant for',
    width: '15rem',
    from: 760,
    cell: (row) => [...row.plans, ...row.m365].join(', '),
  },
  { id: 'version', header: 'Version', align: 'end', width: '5rem', cell: (row) => row.version },
  {
    id: 'clients',
    header: 'Clients',
    align: 'end',
    width: '5rem',
    sort: (row) => row.clients,
    cell: (row) => (row.clients === 0 ? <span className="muted">0</span> : row.clients),
  },
  {
    id: 'older',
    header: 'On an older version',
    align: 'end',
    width: '9.5rem',
    sort: (row) => row.older,
    cell: (row) => (row.older === 0 ? <span className="muted">0</span> : row.older),
  },
  {
    id: 'changed',
    header: 'Changed',
    width: '8rem',
    from: 880,
    sort: (row) => row.changed.at,
    cell: (row) => <When at={row.changed.at} />,
  },
];

/** Templates of charter and deployment for many clients. */
export function BaselinesPage() {
  const search = baselinesRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.baselines.list.queryOptions({ input: {} }));
  const manage = load.data?.may.manage === true;
  return (
    <>
      <ListPage
        title="Baselines"
        load={load}
        meta="Templates for the charter and deployment of many clients. A client’s differences from its baseline stay visible."
        actions={
          manage ? (
            <Button leftSection={<Icon name="plus" />} onClick={() => set({ new: 'yes' })}>
              New baseline
            </Button>
          ) : undefined
        }
      >
        <DataTable
          label="Baselines"
          rows={load.data?.items}
          columns={columns}
          rowId={(row) => row.id}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="No baselines.">
              A baseline sets up many clients the same way: what their charter says, and who does each
              deployment task by when.{' '}
              {manage ? 'Copy one of the baselines below to get started.' : 'None has been applied yet.'}
            </EmptyState>
          }
        />
        {load.data === undefined || load.data.shipped.length === 0 ? null : (
          <div className={classes.below}>
            <Shipped list={load.data} />
          </div>
        )}
      </ListPage>
      <NewDialog
        opened={search.new === 'yes' && manage}
        shipped={load.data?.shipped ?? []}
        onClose={() => set({ new: undefined })}
      />
    </>
  );
}

function Shipped({ list }: { list: List }) {
  const navigate = useNavigate();
  const copy = useMutation(
    api.baselines.create.mutationOptions({
      onSuccess: async (made) => {
        await done(
          `“${made.name}” is copied. Change whatever your clients need differently.`,
          api.baselines.key(),
        );
        await navigate({ to: '/baselines/$baseline', params: { baseline: made.id } });
      },
      onError: failed,
    }),
  );
  return (
    <Card
      title="Baselines that come with Bylaw"
      aside={`From the guide of ${list.shipped[0]?.guide ?? ''}`}
      flush
    >
      <ul>
        {list.shipped.map((one) => (
          <li key={one.id} className={classes.shipped}>
            <div>
              <h3>{one.name}</h3>
              <p>{one.purpose}</p>
              <p className="muted">
                {[...one.plans, ...one.m365].join(', ')}
                {one.copies === 0 ? '' : ` · copied ${one.copies === 1 ? 'once' : `${one.copies} times`}`}
              </p>
            </div>
            {list.may.manage ? (
              <Button
                loading={copy.isPending && copy.variables.shipped === one.id}
                disabled={copy.isPending}
                aria-label={`Copy ${one.name}`}
                onClick={() =>
                  copy.mutate({
                    shipped: one.id,
                    ...(one.copies === 0 ? {} : { name: `${one.name} (${one.copies + 1})` }),
                  })
                }
              >
                Copy
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {list.may.manage ? null : (
        <p className="muted">
          {clientsWords(list.items.reduce((sum, { clients }) => sum + clients, 0))} follow one.
        </p>
      )}
    </Card>
  );
}
