import { dayWords } from '../../../../src/domain/text/words.ts';
import { Breakable } from '../../ui/breakable.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { RemindButton } from './remind.tsx';
import { KIND_WORDS, type WorkItem } from './words.ts';

const what: Column<WorkItem> = {
  id: 'what',
  header: 'What',
  sort: (row) => row.title,
  cell: (row) => (
    <RowTitle detail={row.why} {...(row.control === null ? {} : { code: row.control.short })}>
      <AppLink href={row.href}>{row.title}</AppLink>
    </RowTitle>
  ),
};
const due: Column<WorkItem> = {
  id: 'due',
  header: 'Due',
  width: '7.5rem',
  sort: (row) => row.due ?? '9999',
  cell: (row) =>
    row.due === null ? (
      <span className="muted">No date</span>
    ) : (
      <span className={row.when === 'overdue' ? 'late' : undefined}>{dayWords(row.due)}</span>
    ),
};
const owner: Column<WorkItem> = {
  id: 'owner',
  header: 'Owner',
  width: '15rem',
  sort: (row) => row.owner?.name ?? '\uffff',
  cell: (row) => <Owner row={row} />,
};
const kind: Column<WorkItem> = {
  id: 'kind',
  header: 'Kind',
  evident: true,
  width: '9.5rem',
  from: 900,
  sort: (row) => KIND_WORDS[row.kind],
  cell: (row) => KIND_WORDS[row.kind],
};
const client: Column<WorkItem> = {
  id: 'client',
  header: 'Client',
  evident: true,
  width: '16%',
  sort: (row) => row.name,
  cell: (row) => (
    <span className="wraps">
      <AppLink href={`/c/${row.client}/work`}>{row.name}</AppLink>
    </span>
  ),
};

/** Columns for one client, where owners can be reminded; the next constant is for all clients. */
export const COLUMNS: readonly Column<WorkItem>[] = [
  what,
  due,
  { ...owner, cell: (row) => <Owner row={row} reminds /> },
  kind,
];
export const COLUMNS_OF_ALL: readonly Column<WorkItem>[] = [what, client, due, owner, kind];

function Owner({ row, reminds = false }: { row: WorkItem; reminds?: boolean }) {
  if (row.when === 'itself') return <span className="muted">Bylaw</span>;
  if (row.owner === null)
    return (
      <span className="wraps">
        <span className="muted">Unassigned</span>
        {row.role === null ? null : <span className="second">{row.role}</span>}
      </span>
    );
  return (
    <span className="wraps">
      <Breakable text={row.owner.name} />
      {row.owner.access === false ? <span className={`second late`}>No longer has access</span> : null}
      {reminds && row.owner.access === true && !row.mine ? (
        <span className="second">
          <RemindButton item={row.key} of={row.title} owner={row.owner} size="compact-xs" />
        </span>
      ) : null}
    </span>
  );
}
