import type { ConnectorRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import { columnWords, type Line } from './table.ts';

/** "N/A" is not among them: it may also mean that no one set or saw a state. */
const NOT_OFFERED = /^(not offered|not available|not supported|no such (action|tool)|does not exist)$/i;

/** Converts a row of a connectors table to the form that rules use. */
export function lineOf(row: ConnectorRow, evidence: Evidence): Line {
  const text = row.stateText?.trim() ?? '';
  const width = row.state ?? (NOT_OFFERED.test(text) ? ('off' as const) : null);
  const unread = row.unread?.field === 'state' ? row.unread : null;
  const lack =
    width !== null ? null : unread !== null ? 'unstated' : text === '' ? ('unset' as const) : 'unreadable';
  // A state without an action is for an unnamed action; it never means all actions.
  const unnamed =
    row.unread?.field === 'action'
      ? row.unread.columns
      : row.action === null && row.state !== null
        ? []
        : undefined;
  return {
    connector: row.connector,
    action: row.action,
    enabled: row.enabled,
    width,
    lack,
    text: unread !== null ? columnWords(unread.columns) : text === '' ? null : text,
    evidence,
    after: null,
    ...(row.system === undefined ? {} : { system: row.system }),
    ...(row.custom === undefined ? {} : { custom: row.custom }),
    ...(unnamed === undefined ? {} : { unnamed }),
  };
}
