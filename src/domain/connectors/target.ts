import type { Approved } from '../rules/connectors/chartered.ts';
import { type ActionMatch, matchAction } from '../rules/connectors/match.ts';
import type { Cell } from '../rules/connectors/table.ts';

/** Where the charter holds a cell: the connector, the entry's words, and the rows they cover. */
export interface Target {
  readonly approved: Approved;
  readonly text: string;
  /** Ids of all rows that the words cover. */
  readonly covers: readonly string[];
}

/**
 * The places in the charter where a cell can be written, the deciding (narrower) connector first. Empty if the charter
 * does not approve the system.
 */
export function targetsOf(cell: Cell, own: readonly Approved[]): readonly Target[] {
  return own
    .filter((one) => cell.known === null || one.place.entries.includes(cell.known.connector))
    .map((approved) => targetIn(cell, approved));
}

function targetIn(cell: Cell, approved: Approved): Target {
  const { match } = cell;
  if (match.kind === 'rest') {
    const there = approved.actions.find((one) => one.match.kind === 'rest');
    return { approved, text: there?.text ?? '*', covers: [cell.key] };
  }
  const there = approved.actions.filter((one) => sameMatch(one.match, match, cell));
  if (cell.known === null) return { approved, text: there[0]?.text ?? cell.action, covers: [cell.key] };
  const { action } = cell.known;
  const covered = (text: string) => coversOf(matchAction(text, approved.place.entries, 'charter'));
  // A tool shared by several parts ("read_resource" of Microsoft 365) has one name and therefore one cell.
  const tool = covered(action.id);
  if (tool.length > 1 && isOneTool(tool, action.id)) return { approved, text: action.id, covers: tool };
  const exact = there.find((one) => coversOf(one.match).length === 1);
  if (exact) return { approved, text: exact.text, covers: [cell.key] };
  return { approved, text: spellingOf(cell, approved) ?? action.id, covers: [cell.key] };
}

/** A catalogue spelling that matches only this row within the charter's connector; null: there is none. */
export function spellingOf({ known, key }: Cell, approved: Approved): string | null {
  if (known === null) return null;
  const spellings = [known.action.id, known.action.title, ...known.action.aliases];
  return (
    spellings.find((text) => coversOf(matchAction(text, approved.place.entries, 'charter')).join() === key) ??
    null
  );
}

/** Catalogue rows that the words name. Classes and `*` name no action, so they give none. */
export function coversOf(match: ActionMatch): readonly string[] {
  if (match.kind !== 'actions') return [];
  return match.actions.map(({ connector, action }) => `${connector.id}/${action.id}`.toLowerCase());
}

function isOneTool(covers: readonly string[], id: string): boolean {
  return covers.every((key) => key.endsWith(`/${id.toLowerCase()}`));
}

/** Whether a charter entry covers the cell, perhaps among others. */
export function sameMatch(match: ActionMatch, wanted: ActionMatch, cell: Cell): boolean {
  if (wanted.kind === 'unknown') return match.kind === 'unknown' && match.key === wanted.key;
  if (wanted.kind === 'class')
    return (
      match.kind === 'class' &&
      match.effects.length === wanted.effects.length &&
      match.effects.every((effect) => wanted.effects.includes(effect))
    );
  return coversOf(match).includes(cell.key);
}
