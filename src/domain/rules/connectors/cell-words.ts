import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, names, sentence } from '../../text/words.ts';
import { byWhom, policyChanges } from './events.ts';
import { matchAction, matchConnector } from './match.ts';
import type { Cell, ObservedConnector } from './table.ts';

/** Who last set the permission, if events show it; null on Team, which has no events. */
export function whoSet(context: CheckContext, cell: Cell): string | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const last = policyChanges(events)
    .filter((change) => {
      const place = matchConnector(change.connector, context.catalogue);
      const match = matchAction(change.tool, place.entries, 'observed');
      if (cell.known)
        return match.kind === 'actions' && match.actions.some((one) => one.action === cell.known?.action);
      return (
        match.kind === cell.match.kind &&
        (match.kind !== 'unknown' || (cell.match.kind === 'unknown' && match.key === cell.match.key)) &&
        place.key === matchConnector(cell.connector, context.catalogue).key
      );
    })
    .at(-1);
  return last ? `Set by ${byWhom(last.row, context.profile.timezone)}.` : null;
}

/** Mentions the plan's limitation, for reasons about a change whose author is unknown. */
export function whoUnknown(context: CheckContext): string {
  return context.profile.claudePlan === 'team' ? ' Who changed it cannot be read on the Team plan.' : '';
}

/** `Microsoft 365 (SharePoint / OneDrive) "Delete files or folders"`: the catalogue's names, which all pages use. */
export function cellWords(cell: Cell): string {
  const connector = cell.known?.connector.name ?? cell.connector;
  if (cell.lack === 'unnamed') return `${connector}, ${cell.action}`;
  return cell.match.kind === 'rest'
    ? `${connector}, all other actions`
    : `${connector} “${cell.known?.action.title ?? cell.action}”`;
}

export function itemOf(cell: Cell, detail: string, evidence: readonly Evidence[] = []): Item {
  const conflict = cell.conflict ? ` ${cell.conflict}` : '';
  return {
    key: cell.key,
    label: cellWords(cell),
    detail: `${detail}${conflict}`,
    ...(cell.width === null || cell.width === 'off' ? {} : { state: cell.width }),
    evidence: [...cell.evidence, ...evidence],
  };
}

/** Why a permission is missing, as a clause. */
export function lackWords(cell: Cell): string {
  if (cell.lack === 'unset') return 'has an empty state';
  if (cell.lack === 'unreadable') return `has a state that is not understood (“${cell.text ?? ''}”)`;
  if (cell.lack === 'ambiguous')
    return `cannot be determined, since “${cell.text ?? ''}” may be one tool or all of its kind`;
  if (cell.lack === 'unnamed')
    return cell.text === null
      ? 'cannot be read, because the table does not say which action it means'
      : `cannot be read, since ${cell.text} is not known to name the action`;
  if (cell.lack === 'unstated')
    return cell.text === null
      ? 'has no state, since no column of the table gives one'
      : `cannot be read, since ${cell.text} is not known to give its state`;
  return 'is not in the table';
}

/** What to add to the table so that these permissions can be read. */
export function tableQuestion(cells: readonly Cell[]): Ask {
  for (const [lack, what, heading] of UNREAD) {
    const columns = new Set(
      cells.flatMap((cell) => (cell.lack === lack && cell.text !== null ? [cell.text] : [])),
    );
    if (columns.size > 0)
      return ask(
        'source',
        'connectors',
        `Say which column of the connectors table ${what}: rename it to “${heading}”, or choose it in the preview of the import. Not recognized: ${[...columns].join(', ')}.`,
        [heading, ...columns],
      );
  }
  if (cells.some(({ lack }) => lack === 'unnamed'))
    return ask(
      'source',
      'connectors',
      'Name the action in each line of the connectors table, in a column “Action”. “*” means all actions of the connector that no other line names.',
      'actions',
    );
  const verbs = new Set(
    cells.flatMap(({ lack, text }) => (lack === 'ambiguous' && text !== null ? [text] : [])),
  );
  if (verbs.size > 0)
    return ask(
      'source',
      'connectors',
      `Write ${names([...verbs].map((verb) => `“${verb}”`))} in the connectors table as Claude names the tool, or as “${[...verbs][0]} tools” if all tools of its kind are meant.`,
      ['tools', ...verbs],
    );
  const list = names([...new Set(cells.map(cellWords))], 4);
  return ask(
    'source',
    'connectors',
    `Write the state of ${list} into the connectors table (Always allow, Needs approval or Blocked; “not offered” if Claude shows no such tool). One line “write/delete tools” or “*” may cover a whole category.`,
    ['states', list],
  );
}

const UNREAD = [
  ['unnamed', 'names the action', 'Action'],
  ['unstated', 'gives the state', 'State'],
] as const;

export interface StateGaps {
  /** One clause per action without a permission, and per connector without any action. */
  readonly parts: readonly string[];
  readonly question: Ask;
  readonly items: readonly Item[];
}

/** What the table leaves open: actions without a permission, and connectors without listed actions. null: nothing. */
export function stateGaps(
  unread: readonly Cell[],
  connectors: readonly ObservedConnector[],
): StateGaps | null {
  const silent = connectors.filter((connector) => connector.cells.length === 0);
  if (unread.length === 0 && silent.length === 0) return null;
  return {
    parts: [
      ...unread.map((cell) => `${cellWords(cell)} ${lackWords(cell)}`),
      ...silent.map((connector) => `${connector.name} has no action in the table`),
    ],
    question: unread.length > 0 ? tableQuestion(unread) : eachActionQuestion(silent),
    items: unread.map((cell) => itemOf(cell, `It ${lackWords(cell)}.`)),
  };
}

/** "All 3 requests", "The one request". */
export function every(n: number, one: string): string {
  return n === 1 ? `The one ${one}` : `All ${count(n, one)}`;
}

/** "12 actions of 3 enabled connectors". */
export function extent(connectors: readonly ObservedConnector[], cells: number): string {
  return `${count(cells, 'action')} of ${count(connectors.length, 'enabled connector')}`;
}

export function nameList(connectors: readonly ObservedConnector[]): string {
  return sentence(
    names(
      connectors.map((connector) => connector.name),
      5,
    ),
  );
}

/** Asks for the actions of connectors that have a single line in the table. */
export function eachActionQuestion(connectors: readonly { readonly name: string }[]) {
  const list = connectors.map(({ name }) => name);
  return ask(
    'source',
    'connectors',
    `Write one line per action of ${names(list)} into the connectors table.`,
    ['each_action', ...list],
  );
}
