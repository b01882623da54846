import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { VERDICT_ORDER } from '../theme/tokens.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { ExportMenu } from '../ui/export-menu.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { RowTitle } from '../ui/row-title.tsx';
import { Severity } from '../ui/severity.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { EmptyState, Notice } from '../ui/states.tsx';
import { ListKeys, ListPage } from '../ui/templates/list-page.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';
import { When } from '../ui/when.tsx';
import { CONTROLS, type GalleryControl } from './controls.ts';

const GROUPS = VERDICT_ORDER.map((state) => ({ key: state, label: <VerdictMark state={state} /> }));
const LEVEL = { low: 1, medium: 2, high: 3, critical: 4 };

export function GalleryList() {
  const [open, setOpen] = useState<string | null>(new URLSearchParams(location.search).get('panel'));
  const [sort, setSort] = useState<string | undefined>();
  const [area, setArea] = useState<string | undefined>();
  const [state, setState] = useState<string | undefined>('attention');
  const columns: readonly Column<GalleryControl>[] = [
    {
      id: 'title',
      header: 'Control',
      sort: (row) => row.title,
      cell: (row) => (
        <RowTitle code={row.id} detail={row.reason}>
          <a href={`#${row.id}`} onClick={() => setOpen(row.id)}>
            {row.title}
          </a>
        </RowTitle>
      ),
    },
    {
      id: 'severity',
      header: 'Severity',
      evident: true,
      width: '6rem',
      sort: (row) => LEVEL[row.severity],
      cell: (row) => <Severity level={row.severity} />,
    },
    {
      id: 'observed',
      header: 'Observed',
      width: '7rem',
      sort: (row) => row.observed,
      cell: (row) => <When at={row.observed} />,
    },
  ];
  const many = new URLSearchParams(location.search).has('many');
  const rows = many
    ? Array.from(
        { length: 5000 },
        (_, at) => ({ ...CONTROLS[at % CONTROLS.length], id: `ROW-${at}` }) as GalleryControl,
      )
    : CONTROLS;
  const row = rows.find((one) => one.id === open);
  return (
    <ListPage
      title="Controls"
      meta="84 controls decided today at 08:41 from 9 sources"
      actions={<ExportMenu onExport={async () => undefined} />}
      filters={
        <FilterChips
          filters={[
            {
              id: 'state',
              label: 'State',
              options: [{ value: 'attention', label: 'needs attention', count: 17 }],
              value: state,
              onChange: setState,
            },
            {
              id: 'area',
              label: 'Area',
              options: [
                { value: 'acc', label: 'Accounts and sign-in', count: 9 },
                { value: 'con', label: 'Connectors' },
              ],
              value: area,
              onChange: setArea,
            },
            { id: 'severity', label: 'Severity', options: [], value: null, onChange: () => undefined },
          ]}
          count="17 of 84"
        >
          <SegmentedControl data={['Worst first', 'By name']} aria-label="Order" />
        </FilterChips>
      }
      foot={<ListKeys selects />}
      panel={
        row === undefined ? null : (
          <SidePanel
            title={row.title}
            code={`CLA-${row.id}`}
            onClose={() => setOpen(null)}
            actions={<Button>Open control</Button>}
          >
            <p>
              <VerdictMark state={row.state} look="badge" /> <Severity level={row.severity} />
            </p>
            <p className="reading">{row.reason}</p>
            <Button variant="filled">Start 3 offboardings</Button>
            <Notice>
              Entra sign-in is being set up here. From then on, remove the person in Claude and in Entra.
            </Notice>
          </SidePanel>
        )
      }
    >
      <DataTable
        label="Controls"
        rows={new URLSearchParams(location.search).has('loading') ? undefined : area === 'con' ? [] : rows}
        columns={columns}
        rowId={(one) => one.id}
        groups={GROUPS}
        groupOf={(one) => one.state}
        openId={open}
        sort={sort}
        onSort={setSort}
        filtered={
          area === undefined ? undefined : { words: 'the area Connectors', onClear: () => setArea(undefined) }
        }
        empty={
          <EmptyState title="No controls." action={<Button variant="filled">Import files</Button>}>
            A control is decided from what you import. Import the members file first.
          </EmptyState>
        }
      />
    </ListPage>
  );
}
