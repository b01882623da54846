import { Button } from '@mantine/core';
import { DataTable } from '../ui/data-table.tsx';
import { RowTitle } from '../ui/row-title.tsx';
import { EmptyState } from '../ui/states.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { ListPage } from '../ui/templates/list-page.tsx';
import { toast } from '../ui/toast.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';

const PEOPLE = ['Tobin Achterberg', 'Wren Castellane', 'Ilse Marchetti'].map((name, at) => ({
  name,
  days: 43 - at * 18,
  role: 'User',
}));

export function GalleryPeople() {
  return (
    <ListPage
      title="People"
      meta="64 seat holders compared with 61 current staff."
      tabs={
        <TabLinks
          label="Kinds of people"
          value="differences"
          items={[
            { value: 'differences', label: 'Differences', count: 8 },
            { value: 'left', label: 'Has left', count: 3 },
            { value: 'matched', label: 'Matched', count: 58 },
          ]}
        />
      }
      foot="Two people of one name are never merged."
    >
      <DataTable
        label="People"
        rows={PEOPLE}
        rowId={(row) => row.name}
        columns={[
          {
            id: 'name',
            header: 'In Claude',
            cell: (row) => (
              <RowTitle detail="tobin.achterberg@alder.example.org">
                <a href="#x">{row.name}</a>
              </RowTitle>
            ),
          },
          { id: 'role', header: 'Role', cell: (row) => row.role },
          { id: 'days', header: 'Days', align: 'end', cell: (row) => row.days },
          {
            id: 'state',
            header: 'State',
            evident: true,
            cell: (row) => <VerdictMark state="fail">Seat kept {row.days} days</VerdictMark>,
          },
        ]}
        selection={{
          noun: (count) => `${count} people selected`,
          explain: (rows) => `Opens ${rows.length} offboardings. Nothing changes in Claude yet.`,
          actions: (rows, clear) => (
            <Button
              variant="filled"
              onClick={() => {
                toast({ kind: 'done', text: `${rows.length} offboardings opened.`, undo: clear });
                clear();
              }}
            >
              Start {rows.length} offboardings
            </Button>
          ),
        }}
        empty={<EmptyState title="No one.">The members file lists no one.</EmptyState>}
      />
    </ListPage>
  );
}
