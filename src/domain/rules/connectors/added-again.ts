import type { CheckContext } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import { matchConnector } from './match.ts';
import type { ObservedConnector } from './table.ts';

/**
 * Why a table does not show how a connector is set: an event or the journal shows that it was added again after the
 * table, which discarded the earlier settings. null: there is no such connector, or events have set each of its actions
 * since.
 */
export function addedAgain(
  context: CheckContext,
  connectors: readonly ObservedConnector[],
  tableDay: string,
): { readonly code: string; readonly why: string; readonly howToGet: Ask } | null {
  const again = connectors.filter(
    (one) =>
      one.enabled &&
      ((one.addedLater === true &&
        (one.cells.length === 0 || one.cells.some(({ width }) => width === null))) ||
        addedByJournal(context, one, tableDay)),
  );
  if (again.length === 0) return null;
  const list = names(
    again.map(({ name }) => name),
    4,
  );
  return {
    code: 'added_later',
    why: `${list} ${verb(again.length, 'was', 'were')} added after the connectors table of ${dayWords(tableDay)} was written, and a connector that is added again starts with the vendor’s permissions.`,
    howToGet: ask(
      'source',
      'connectors',
      `Write the state of each action of ${list} into the connectors table again.`,
      ['added_later', ...again.map(({ key }) => key)],
    ),
  };
}

/** Whether the journal records that it was removed and, after the table, added again. */
function addedByJournal(
  { journal, today, catalogue }: CheckContext,
  one: ObservedConnector,
  tableDay: string,
) {
  if (!journal.ok) return false;
  const own = (journal.value.approvedChanges ?? []).filter(({ connector, on }) => {
    const place = matchConnector(connector, catalogue);
    return (
      on <= today && (place.key === one.key || place.entries.some((entry) => one.entries.includes(entry)))
    );
  });
  const added = own.filter(({ to, on }) => to === 'added' && on > tableDay);
  return added.some(({ on }) => own.some((other) => other.to === 'removed' && other.on <= on));
}
// Guide: G2.2-20
