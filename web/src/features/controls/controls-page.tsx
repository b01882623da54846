import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AREA_WORDS, SEVERITY_WORDS } from '../../../../src/domain/labels.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { VERDICT_ORDER } from '../../theme/tokens.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { choiceFilter, filteredBy, useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { dayIn } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ControlPanel } from './control-panel.tsx';
import classes from './controls.module.css';
import { controlsRoute } from './routes.tsx';
import {
  AREA_VALUES,
  ASSIGNED_VALUES,
  ASSIGNED_WORDS,
  type ControlLine,
  SEVERITY_VALUES,
  STATE_FILTER,
  STATE_VALUES,
} from './words.ts';

const groups = VERDICT_ORDER.map((state) => ({ key: state, label: <VerdictMark state={state} /> }));
const groupOf = (row: ControlLine) => row.state;

const columns: readonly Column<ControlLine>[] = [
  {
    id: 'control',
    header: 'Control',
    sort: (row) => row.id,
    cell: (row) => (
      <RowTitle code={row.short} detail={<span className={classes.clamped}>{row.reason}</span>}>
        <Link from="/c/$client/controls" to="." search={(was) => ({ ...was, panel: row.short })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'severity',
    header: 'Severity',
    evident: true,
    width: '7rem',
    sort: (row) => SEVERITY_VALUES.indexOf(row.severity),
    cell: (row) => <Severity level={row.severity} />,
  },
  {
    id: 'observed',
    header: 'Observed',
    width: '7.5rem',
    sort: (row) => row.observedOn,
    cell: (row) =>
      row.observedOn === null ? <span className="muted">Never</span> : dayWords(row.observedOn),
  },
  {
    id: 'assigned',
    header: 'Assigned to',
    width: '9rem',
    from: 820,
    sort: (row) => row.assigned?.name ?? '\uffff',
    cell: (row) => <AssignedTo row={row} />,
  },
  {
    id: 'goodUntil',
    header: 'Valid until',
    width: '7.5rem',
    from: 980,
    unlisted: true,
    sort: (row) => row.due ?? row.acceptedUntil ?? row.goodUntil,
    cell: (row) => <Until row={row} />,
  },
];

function Until({ row }: { row: ControlLine }) {
  if (row.due !== null) return <>Due {dayWords(row.due)}</>;
  const day = row.acceptedUntil ?? row.goodUntil;
  return day === null ? <span className="muted">No end</span> : dayWords(day);
}

function AssignedTo({ row: { assigned } }: { row: ControlLine }) {
  const { timezone } = useClientHere();
  if (assigned === null) return <span className="muted">Unassigned</span>;
  const late = assigned.due !== null && assigned.due < dayIn(timezone, serverNow());
  return (
    <span className="wraps">
      {assigned.name ?? 'Unassigned'}
      {assigned.due === null ? null : (
        <span className="second">
          <span className={late ? 'late' : undefined}>Due {dayWords(assigned.due)}</span>
        </span>
      )}
    </span>
  );
}

/** Every control of the client, grouped by state in a fixed order. */
export function ControlsPage() {
  const { slug } = useClientHere();
  const search = controlsRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const { panel, sort, ...filter } = search;
  const load = useQuery({
    ...api.controls.list.queryOptions({ input: { client: slug, ...filter } }),
    placeholderData: keepPreviousData,
  });
  const counts = load.data?.counts;
  const mayAssign = useMay('work.edit');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <>
      <ListPage
        title="Controls"
        permission="controls.read"
        load={load}
        meta={
          load.data === undefined ? undefined : (
            <>
              {load.data.all} controls, decided <When at={load.data.decidedAt} inline /> from{' '}
              {load.data.sources} {load.data.sources === 1 ? 'source' : 'sources'}
            </>
          )
        }
        actions={
          <ExportMenu
            onExport={(format) => fetchFile(routes.controls.table, { client: slug, ...filter, format })}
          />
        }
        filters={
          <FilterChips
            search={{ label: 'Search the controls', value: filter.text, onChange: (text) => set({ text }) }}
            filters={[
              choiceFilter(
                filter,
                set,
                'state',
                'State',
                STATE_VALUES,
                STATE_FILTER,
                counts &&
                  ((value) => (value === 'attention' ? counts.fail + counts.cannot_read : counts[value])),
              ),
              choiceFilter(filter, set, 'area', 'Area', AREA_VALUES, AREA_WORDS),
              choiceFilter(filter, set, 'severity', 'Severity', SEVERITY_VALUES, SEVERITY_WORDS),
              choiceFilter(filter, set, 'assigned', 'Assigned to', ASSIGNED_VALUES, ASSIGNED_WORDS),
              {
                id: 'section',
                label: 'Guide section',
                options: (load.data?.sections ?? []).map((value) => ({ value, label: value })),
                value: filter.section,
                onChange: (section) => set({ section }),
              },
            ]}
            {...(load.data === undefined ? {} : { count: `${load.data.total} of ${load.data.all}` })}
          />
        }
        foot={<ListKeys selects={mayAssign} />}
        panel={panel === undefined ? null : <ControlPanel key={panel} id={panel} onClose={closePanel} />}
      >
        <DataTable
          label="Controls"
          rows={load.data?.items}
          columns={columns}
          rowId={(row) => row.short}
          groups={groups}
          groupOf={groupOf}
          openId={panel?.toUpperCase().replace(/^CLA-/, '') ?? null}
          sort={sort}
          onSort={(next) => set({ sort: next })}
          {...(mayAssign
            ? {
                selection: {
                  noun: (n: number) => `${n} selected`,
                  explain: (rows: readonly ControlLine[]) =>
                    `${count(rows.length, 'control')} will get the same owner and due date.`,
                  actions: (rows: readonly ControlLine[], clear: () => void) => (
                    <Button size="xs" onClick={() => setChosen({ rows, clear })}>
                      Assign…
                    </Button>
                  ),
                },
              }
            : {})}
          empty={
            <EmptyState title="No controls.">
              The catalogue has no controls, so nothing can be evaluated.
            </EmptyState>
          }
          filtered={filteredBy(
            {
              state: filter.state && STATE_FILTER[filter.state],
              area: filter.area && AREA_WORDS[filter.area],
              severity: filter.severity && SEVERITY_WORDS[filter.severity],
              assigned: filter.assigned && `assigned to ${ASSIGNED_WORDS[filter.assigned].toLowerCase()}`,
              section: filter.section && `guide section ${filter.section}`,
              text: filter.text && `“${filter.text}”`,
            },
            set,
          )}
        />
      </ListPage>
      {chosen === null ? null : (
        <AssignDialog
          controls={chosen.rows.map(({ id, title, assigned, assignmentVersion }) => ({
            id,
            title,
            owner:
              assigned === null || assigned.name === null
                ? null
                : { name: assigned.name, mail: assigned.mail },
            due: assigned?.due ?? null,
            version: assignmentVersion,
          }))}
          onClose={() => setChosen(null)}
          onDone={chosen.clear}
        />
      )}
    </>
  );
}

interface Chosen {
  readonly rows: readonly ControlLine[];
  readonly clear: () => void;
}
