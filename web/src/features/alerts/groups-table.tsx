import { Link } from '@tanstack/react-router';
import {
  ALERT_LEVELS,
  ALERT_STATE_WORDS,
  ALERT_STATES,
} from '../../../../src/domain/detections/alert-words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import type { Column } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { type GroupLine, groupSums, groupTitle, STATE_SHAPES } from './words.ts';

/** Page of a row: its group, or the alert itself if the group has only one. */
function Title({ row }: { row: GroupLine }) {
  if (row.alert !== null)
    return (
      <Link from="/c/$client/alerts" to="./$alert" params={{ alert: row.alert }}>
        {row.words ?? groupTitle(row)}
      </Link>
    );
  return (
    <Link from="/c/$client/alerts" to="./groups/$group" params={{ group: row.id }}>
      {groupTitle(row)}
    </Link>
  );
}

/** Table of groups of alerts. */
export const groupColumns: readonly Column<GroupLine>[] = [
  {
    id: 'words',
    header: 'What happened',
    sort: (row) => row.words ?? groupTitle(row),
    cell: (row) => (
      <RowTitle
        detail={row.alert === null ? `${groupSums(row)}, in ${count(row.alerts, 'alert')}` : row.title}
      >
        <Title row={row} />
      </RowTitle>
    ),
  },
  {
    id: 'level',
    header: 'Severity',
    evident: true,
    width: '7.5rem',
    sort: (row) => ALERT_LEVELS.indexOf(row.level),
    cell: (row) => <Severity level={row.level} />,
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '10rem',
    sort: (row) => ALERT_STATES.indexOf(row.state),
    // All listed groups are open, so only critical ones are red.
    cell: (row) =>
      row.state === 'open' && row.level !== 'critical' ? (
        ALERT_STATE_WORDS.open
      ) : (
        <VerdictMark state={STATE_SHAPES[row.state]}>{ALERT_STATE_WORDS[row.state]}</VerdictMark>
      ),
  },
  {
    id: 'first',
    header: 'First',
    width: '8.5rem',
    from: 860,
    sort: (row) => row.first,
    cell: (row) => <When at={row.first} />,
  },
  {
    id: 'last',
    header: 'Last',
    width: '8.5rem',
    from: 720,
    sort: (row) => row.last,
    cell: (row) => <When at={row.last} />,
  },
];
