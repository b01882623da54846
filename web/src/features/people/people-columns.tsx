import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { dayWords, sentence } from '../../../../src/domain/text/words.ts';
import type { Column } from '../../ui/data-table.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { onlyCandidate, type Person } from './words.ts';

/** A verdict if there is one, else plain text. */
export function Status({ state }: { state: Person['state'] }) {
  if (state.verdict === null) return <span className="muted">{state.words}</span>;
  return <VerdictMark state={state.verdict}>{state.words}</VerdictMark>;
}

export function recordLine(record: Person['roster'][number]): string {
  const parts = [
    record.department,
    record.endsOn === null ? null : `last day ${dayWords(record.endsOn)}`,
    record.endsOn === null && record.startsOn !== null ? `since ${dayWords(record.startsOn)}` : null,
    record.endsOn === null && record.status === 'left' ? 'has left' : null,
  ].filter((part) => part !== null);
  return parts.join(', ');
}

function OnRoster({ row }: { row: Person }) {
  if (row.roster.length === 0) return <span className="muted">No record</span>;
  return (
    <Stack as="span" gap="xs">
      {row.roster.map((record) => (
        <span key={`${record.key ?? ''} ${record.name ?? ''} ${record.department ?? ''}`}>
          {record.name ?? record.addresses[0] ?? 'A record without a name'}
          <span className="second">{recordLine(record) || record.addresses[0] || ''}</span>
        </span>
      ))}
    </Stack>
  );
}

interface ColumnParts {
  /** null: the viewer cannot decide it. */
  readonly onDecide: ((row: Person, kind: 'same' | 'different', record: string) => void) | null;
}

export function peopleColumns({ onDecide }: ColumnParts): readonly Column<Person>[] {
  return [
    {
      id: 'name',
      header: 'In Claude',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle
          detail={row.account === null ? 'No seat' : (row.account.address ?? 'No address in the file')}
        >
          <Link from="/c/$client/people" to="." search={(was) => ({ ...was, panel: row.id })}>
            {row.name}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'role',
      header: 'Role',
      width: '6rem',
      from: 700,
      sort: (row) => row.account?.role ?? null,
      cell: (row) =>
        row.account?.role ?? <span className="muted">{row.account === null ? '' : 'Not reported'}</span>,
    },
    {
      id: 'roster',
      header: 'On the roster',
      width: '24%',
      sort: (row) => row.roster[0]?.name ?? null,
      cell: (row) => <OnRoster row={row} />,
    },
    {
      id: 'why',
      header: 'Why it matched or not',
      evident: true,
      width: '26%',
      cell: (row) => <Why row={row} onDecide={onDecide} />,
    },
    {
      id: 'state',
      header: 'State',
      evident: true,
      width: '13rem',
      sort: (row) => row.state.words,
      cell: (row) => <Status state={row.state} />,
    },
  ];
}

function Why({ row, onDecide }: { row: Person } & ColumnParts) {
  const record = onlyCandidate(row);
  return (
    <Stack as="span" gap="xs">
      {row.why}
      {record === null || onDecide === null ? null : (
        <Row as="span">
          <Button
            size="xs"
            onClick={() => onDecide(row, 'same', record)}
            aria-label={`Same person: ${row.name} and ${row.roster[0]?.name ?? record}`}
          >
            Same person
          </Button>
          <Button
            size="xs"
            onClick={() => onDecide(row, 'different', record)}
            aria-label={`Different people: ${row.name} and ${row.roster[0]?.name ?? record}`}
          >
            Different people
          </Button>
        </Row>
      )}
    </Stack>
  );
}

/** Accounts outside the organization are on no roster, so their columns show the plan and who talked to the person. */
export function accountColumns(): readonly Column<Person>[] {
  return [
    {
      id: 'name',
      header: 'Account',
      sort: (row) => row.name,
      cell: (row) => (
        <RowTitle detail={row.account?.address ?? 'No address in the file'}>
          <Link from="/c/$client/people" to="." search={(was) => ({ ...was, panel: row.id })}>
            {row.name}
          </Link>
        </RowTitle>
      ),
    },
    {
      id: 'plan',
      header: 'Plan',
      width: '7rem',
      sort: (row) => row.account?.seat ?? null,
      cell: (row) =>
        row.account?.seat == null ? <span className="muted">Not reported</span> : sentence(row.account.seat),
    },
    {
      id: 'since',
      header: 'Opened',
      width: '8rem',
      sort: (row) => row.account?.addedOn ?? null,
      cell: (row) =>
        row.account?.addedOn == null ? (
          <span className="muted">Not reported</span>
        ) : (
          dayWords(row.account.addedOn)
        ),
    },
    { id: 'why', header: 'What is known', width: '30%', cell: (row) => row.why },
    {
      id: 'state',
      header: 'State',
      evident: true,
      width: '15rem',
      sort: (row) => row.state.words,
      cell: (row) => <Status state={row.state} />,
    },
  ];
}
