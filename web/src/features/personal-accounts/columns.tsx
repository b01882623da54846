import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import type { Column } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { type Account, CHANGE_WORDS, KIND_WORDS, OUTCOME_WORDS, STATES } from './words.ts';

/** Problems of an account: a contradicted statement, a message that was not sent, an exemption that ended. */
export function doubts(row: Account): string[] {
  const { message } = row;
  return [
    ...(row.doubt === null ? [] : [row.doubt]),
    ...(row.exemptionEnded === null ? [] : [`The exemption ended on ${dayWords(row.exemptionEnded)}.`]),
    ...(message === null || message.outcome === 'sent'
      ? []
      : [
          `${KIND_WORDS[message.kind]}: ${OUTCOME_WORDS[message.outcome]}.${message.why === null ? '' : ` ${message.why}`}`,
        ]),
  ];
}

export const columns: readonly Column<Account>[] = [
  {
    id: 'name',
    header: 'Account',
    sort: (row) => row.name ?? row.account,
    cell: (row) => (
      <RowTitle detail={row.name === null ? 'No file says whose it is' : row.account}>
        <Link from="/c/$client/personal-accounts" to="." search={(was) => ({ ...was, panel: row.account })}>
          {row.name ?? row.account}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'state',
    header: 'Status',
    evident: true,
    width: '34%',
    sort: (row) => STATES.indexOf(row.state),
    cell: (row) => (
      <>
        {row.words}
        {doubts(row).map((words) => (
          <span key={words} className="second">
            {words}
          </span>
        ))}
      </>
    ),
  },
  {
    id: 'change',
    header: 'Newest report',
    width: '8rem',
    from: 900,
    sort: (row) => (row.difference === null ? null : CHANGE_WORDS[row.difference]),
    cell: (row) =>
      row.difference === null ? <span className="muted">Not in it</span> : CHANGE_WORDS[row.difference],
  },
  {
    id: 'owner',
    header: 'Owner',
    width: '10rem',
    from: 760,
    sort: (row) => row.owner,
    cell: (row) => row.owner ?? <span className="muted">Unassigned</span>,
  },
  {
    id: 'due',
    header: 'Due',
    width: '8.5rem',
    from: 640,
    sort: (row) => row.due,
    cell: (row) =>
      row.due === null ? (
        <span className="muted">No date</span>
      ) : (
        <span className={row.overdue ? 'late' : undefined}>{dayWords(row.due)}</span>
      ),
  },
];
