import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import type { Column } from '../../ui/data-table.tsx';
import { Row } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { Recurring } from './words.ts';

export const RECURRING_COLUMNS: readonly Column<Recurring>[] = [
  {
    id: 'task',
    header: 'Task',
    cell: (row) => (
      <RowTitle detail={`${row.every}${row.looser ? ', less often than the guide says' : ''} · ${row.who}`}>
        <Link from="/c/$client/work" to="." search={(was) => ({ ...was, task: row.id, open: undefined })}>
          {row.title}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'owner',
    header: 'Owner',
    width: '11rem',
    cell: (row) =>
      row.active === false ? (
        <span className="muted">Skipped</span>
      ) : row.owner === null ? (
        'Unassigned'
      ) : (
        <span className="wraps">
          {row.owner.name}
          {row.owner.access === false ? <span className={`second late`}>No longer has access</span> : null}
        </span>
      ),
  },
  { id: 'due', header: 'Next', width: '8rem', cell: (row) => <Next row={row} /> },
  {
    id: 'last',
    header: 'Last done',
    width: '10rem',
    from: 760,
    cell: (row) => {
      const last = row.records.find(({ withdrawn }) => withdrawn === null);
      return last === undefined ? (
        <span className="muted">Nothing recorded</span>
      ) : (
        <span className="wraps">
          {dayWords(last.on)}
          <span className="second">{last.by}</span>
        </span>
      );
    },
  },
  {
    id: 'proof',
    header: 'Controls',
    width: '9.5rem',
    from: 900,
    unlisted: true,
    cell: (row) => (
      <Row as="span">
        {row.proof.map(({ control, short, state }) =>
          state === null ? (
            <span key={control} className="muted">
              {short}
            </span>
          ) : (
            <VerdictMark key={control} state={state}>
              {short}
            </VerdictMark>
          ),
        )}
      </Row>
    ),
  },
];

function Next({ row }: { row: Recurring }) {
  if (row.active === false) return <span className="muted">Off</span>;
  if (row.due !== null)
    return (
      <span className={row.late ? 'late' : undefined}>{`${row.late ? 'Was ' : ''}${dayWords(row.due)}`}</span>
    );
  if (row.event !== null) return <span className="muted">When it happens</span>;
  return <span className="muted">{row.active === null ? 'Not decided' : 'No day'}</span>;
}
