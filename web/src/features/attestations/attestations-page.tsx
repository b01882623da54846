import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListKeys, ListPage } from '../../ui/templates/list-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AttestDialog } from './attest-dialog.tsx';
import { AttestationPanel } from './attestation-panel.tsx';
import classes from './attestations.module.css';
import { ClaimsTable } from './claims-table.tsx';
import { attestationsRoute } from './routes.tsx';
import {
  type Attestation,
  type AttestedControl,
  GROUPS,
  holdsText,
  leftText,
  STATE_WORDS,
  STATES,
} from './words.ts';

const stateOf = (row: Attestation) => row.state;

const STATEMENTS: readonly Column<Attestation>[] = [
  {
    id: 'control',
    header: 'Control',
    sort: (row) => row.control,
    cell: (row) => (
      <RowTitle code={row.control.replace('CLA-', '')} detail={row.note}>
        <Link from="/c/$client/attestations" to="." search={(was) => ({ ...was, panel: row.id })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'holds',
    header: 'Seen',
    width: '9rem',
    sort: (row) => holdsText(row.holds),
    cell: (row) => holdsText(row.holds),
  },
  {
    id: 'by',
    header: 'By',
    width: '20%',
    sort: (row) => row.seen,
    cell: (row) => (
      <>
        {row.by}
        <span className="second">{dayWords(row.seen)}</span>
      </>
    ),
  },
  {
    id: 'until',
    header: 'Valid until',
    width: '8rem',
    sort: (row) => row.countsUntil,
    cell: (row) => (
      <>
        {row.countsUntil === null ? <span className="muted">Not reported</span> : dayWords(row.countsUntil)}
        <span className="second">{leftText(row)}</span>
      </>
    ),
  },
  {
    id: 'verdict',
    header: 'The control now',
    width: '9rem',
    cell: (row) =>
      row.verdict === null ? <span className="muted">Not decided</span> : <VerdictMark state={row.verdict} />,
  },
];

const CONTROLS: readonly Column<AttestedControl>[] = [
  {
    id: 'control',
    header: 'Control',
    sort: (row) => row.control,
    cell: (row) => (
      <RowTitle code={row.control.replace('CLA-', '')} detail={row.look}>
        <Link from="/c/$client/attestations" to="." search={(was) => ({ ...was, new: row.control })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'current',
    header: 'Last statement',
    width: '22%',
    sort: (row) => row.current?.seen ?? null,
    cell: (row) =>
      row.current === null ? (
        <span className="muted">None current</span>
      ) : (
        <>
          {holdsText(row.current.holds)}, {dayWords(row.current.seen)}
          <span className="second">
            {row.current.by}, valid until {dayWords(row.current.countsUntil)}
          </span>
        </>
      ),
  },
  {
    id: 'days',
    header: 'Days valid',
    width: '8rem',
    align: 'end',
    sort: (row) => row.days,
    cell: (row) => row.days,
  },
  {
    id: 'verdict',
    header: 'The control now',
    width: '9rem',
    cell: (row) =>
      row.state === null ? <span className="muted">Not decided</span> : <VerdictMark state={row.state} />,
  },
];

/** What people saw that no source can show, and what still waits for someone to look. */
export function AttestationsPage() {
  const { slug } = useClientHere();
  const search = attestationsRoute.useSearch();
  const navigate = attestationsRoute.useNavigate();
  const mayWrite = useMay('attestations.write');
  const load = useQuery(api.attestations.list.queryOptions({ input: { client: slug } }));
  const controls = useQuery(api.attestations.controls.queryOptions({ input: { client: slug } }));
  const claims = useQuery(api.claims.list.queryOptions({ input: { client: slug } }));
  const tab = search.tab ?? 'statements';
  const all = load.data?.items;
  const rows = all?.filter(
    (one) =>
      (search.state === undefined || one.state === search.state) &&
      (search.control === undefined || one.control === search.control),
  );
  const open = all?.find((one) => one.id === search.panel);
  const set = (next: Partial<typeof search>) =>
    void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const waiting = controls.data?.items.filter(({ state }) => state === 'cannot_read').length;
  return (
    <ListPage
      title="Attestations"
      permission="attestations.read"
      load={load}
      meta={
        load.data === undefined
          ? undefined
          : `${load.data.counts.current ?? 0} current${waiting === undefined ? '' : `; ${waiting} controls cannot be read but accept a statement`}`
      }
      actions={
        <>
          <ExportMenu
            onExport={(format) =>
              fetchFile(routes.attestations.export, {
                client: slug,
                state: search.state,
                control: search.control,
                format,
              })
            }
          />
          {mayWrite ? (
            <Button
              variant={open === undefined ? 'filled' : 'default'}
              onClick={() => set({ new: 'choose' })}
            >
              Record what you saw
            </Button>
          ) : null}
        </>
      }
      tabs={
        <TabLinks
          label="Attestations"
          value={tab}
          items={[
            { value: 'statements', label: 'Statements', ...(all === undefined ? {} : { count: all.length }) },
            {
              value: 'controls',
              label: 'Controls that accept one',
              ...(controls.data === undefined ? {} : { count: controls.data.total }),
            },
            {
              value: 'files',
              label: 'From files, to confirm',
              ...(claims.data === undefined ? {} : { count: claims.data.waiting }),
            },
          ]}
        />
      }
      filters={
        tab !== 'statements' ? undefined : (
          <div className={classes.filters}>
            <FilterChips
              filters={[
                {
                  id: 'state',
                  label: 'State',
                  options: STATES.map((value) => ({
                    value,
                    label: STATE_WORDS[value],
                    count: load.data?.counts[value] ?? 0,
                  })),
                  value: search.state,
                  onChange: (value) => set({ state: STATES.find((one) => one === value) }),
                },
                {
                  id: 'control',
                  label: 'Control',
                  options: [...new Set((all ?? []).map(({ control }) => control))]
                    .toSorted()
                    .map((value) => ({ value, label: value })),
                  value: search.control,
                  onChange: (control) => set({ control }),
                },
              ]}
              {...(rows === undefined || all === undefined
                ? {}
                : { count: `${rows.length} of ${all.length}` })}
            />
          </div>
        )
      }
      foot={<ListKeys />}
      panel={
        open === undefined || tab !== 'statements' ? null : (
          <AttestationPanel
            key={open.id}
            attestation={open}
            onAgain={() => set({ new: open.control })}
            onClose={() => void navigate({ search: ({ panel: _gone, ...was }) => was })}
          />
        )
      }
    >
      {tab === 'files' ? (
        <ClaimsTable />
      ) : tab === 'controls' ? (
        <DataTable
          label="Controls that accept an attestation"
          rows={controls.data?.items}
          columns={CONTROLS}
          rowId={(row) => row.control}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="No controls.">No control in the catalogue accepts a statement.</EmptyState>
          }
        />
      ) : (
        <DataTable
          label="Attestations"
          rows={rows}
          columns={STATEMENTS}
          rowId={(row) => row.id}
          groups={GROUPS}
          groupOf={stateOf}
          openId={search.panel ?? null}
          sort={search.sort}
          onSort={(sort) => set({ sort })}
          empty={
            <EmptyState title="No attestations.">
              If no source can show something, a person looks and records what they saw; the record counts
              until it expires. Controls that accept attestations are listed on the next tab.
            </EmptyState>
          }
          filtered={
            all !== undefined && all.length > 0
              ? {
                  words: [search.state === undefined ? null : STATE_WORDS[search.state], search.control]
                    .filter(Boolean)
                    .join(', '),
                  onClear: () => set({ state: undefined, control: undefined }),
                }
              : undefined
          }
        />
      )}
      {search.new === undefined || !mayWrite ? null : (
        <AttestDialog
          control={search.new === 'choose' ? '' : search.new}
          onControl={(control) => set({ new: control === '' ? 'choose' : control })}
          onClose={() => set({ new: undefined })}
          onDone={(id) => set({ new: undefined, tab: undefined, panel: id })}
        />
      )}
    </ListPage>
  );
}
