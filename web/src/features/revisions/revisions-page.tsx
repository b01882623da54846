import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { When } from '../../ui/when.tsx';
import { countWords, type Head } from './words.ts';

const columns: readonly Column<Head>[] = [
  {
    id: 'revision',
    header: 'Revision',
    cell: (row) => (
      <RowTitle detail={`Bylaw ${row.bylaw}${row.guide === null ? '' : `, guide of ${row.guide}`}`}>
        <Link to="/catalogue/revisions/$revision" params={{ revision: String(row.number) }}>
          Revision {row.number}
        </Link>
      </RowTitle>
    ),
  },
  { id: 'entries', header: 'Entries', cell: (row) => countWords(row) },
  { id: 'since', header: 'Since', width: '9rem', cell: (row) => <When at={row.storedAt} /> },
];

/** What changed in the catalogue that this server runs with. */
export function RevisionsPage() {
  const load = useQuery(api.revisions.list.queryOptions({ input: {} }));
  const guide = load.data?.guide ?? null;
  return (
    <ListPage
      title="What changed in the catalogue"
      load={load}
      meta={
        guide === null
          ? undefined
          : `It follows “${guide.title}” by ${guide.publisher}, as of ${guide.asOf}, and what vendors document where that differs.`
      }
    >
      <DataTable
        label="Revisions"
        rows={load.data?.items}
        columns={columns}
        rowId={(row) => String(row.number)}
        empty={
          <EmptyState title="No revisions.">
            A revision is kept when the server starts with a catalogue that differs from the last one. This
            server has not been started with this version yet.
          </EmptyState>
        }
      />
    </ListPage>
  );
}
