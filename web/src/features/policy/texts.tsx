import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, LoadFailed } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Listed = Awaited<ReturnType<typeof calls.texts.list>>['items'][number];

/** The texts that come with the policy, each with the number of gaps left to fill in. */
export function TextsTable({ slug }: { slug: string }) {
  const load = useQuery(api.texts.list.queryOptions({ input: { client: slug } }));
  const columns = useMemo(() => textColumns(slug), [slug]);
  if (load.data === undefined) return <LoadFailed load={load} what="The texts could not be loaded." />;
  return (
    <DataTable
      label="Texts that come with the policy"
      rows={load.data.items}
      columns={columns}
      rowId={(row) => row.id}
      empty={<EmptyState title="There is no text.">The catalogue has none.</EmptyState>}
    />
  );
}

function textColumns(slug: string): readonly Column<Listed>[] {
  return [
    {
      id: 'text',
      header: 'Text',
      cell: (row) => (
        <RowTitle detail={row.about}>
          <AppLink href={`/c/${slug}/policy/texts/${row.id}`}>{row.title}</AppLink>
        </RowTitle>
      ),
    },
    {
      id: 'open',
      header: 'Open',
      width: '12rem',
      cell: (row) =>
        row.open.length === 0 ? 'Nothing to fill in' : `${count(row.open.length, 'place')} to fill in`,
    },
  ];
}
