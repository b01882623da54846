import { fold } from '../charter/names.ts';
import type { Charter, CharteredConnector } from '../model/charter.ts';
import type { Permission } from '../model/rows-exports.ts';
import { type ActionMatch, matchAction } from '../rules/connectors/match.ts';
import type { Part } from './matrix.ts';
import { departureFrom } from './order.ts';
import { hasCell, permissionOf } from './row.ts';
import { coversOf, sameMatch, spellingOf, type Target, targetsOf } from './target.ts';

/** The new permission of a row. */
export interface CellEdit {
  readonly row: string;
  readonly permission: Permission;
  /** Why the permission is looser than the baseline. */
  readonly reason?: string | undefined;
  /** Last day of the exception, if an invariant forbids the permission. */
  readonly until?: string | undefined;
}

export interface PlacedEdit {
  readonly edit: CellEdit;
  readonly part: Part;
  readonly target: Target;
}

/** The row's cell in the charter; null if the charter does not approve the system. */
export function targetOf({ cell, own }: Part): Target | null {
  return targetsOf(cell, own)[0] ?? null;
}

/**
 * Writes cells into the charter so that each edited row gets its permission and no other row changes. An entry that
 * covers several actions is split if only some of them change; if the `*` entry changes, the rows that followed it are
 * written out with their previous permission.
 */
export function writeCells(charter: Charter, parts: readonly Part[], edits: readonly PlacedEdit[]): Charter {
  const edited = new Set(edits.flatMap(({ edit, target }) => [edit.row, ...target.covers]));
  let exceptions = charter.invariantExceptions ?? [];
  const connectors = (charter.connectors ?? []).map((connector, index) => {
    const own = edits.filter(({ target }) => target.approved.index === index);
    if (own.length === 0) return connector;
    const actions = { ...connector.actions };
    const justifications = { ...connector.justifications };
    const governed = parts.flatMap((part) => {
      const target = targetOf(part);
      return target?.approved.index === index ? [{ part, target }] : [];
    });
    // Preserve unedited rows first, while the charter still has their values.
    for (const { part, target } of own) {
      for (const [text, others] of broader(target)) {
        delete actions[text];
        keep(
          actions,
          governed.filter((one) => others.includes(one.part.row.id)),
          governed,
          edited,
        );
      }
      if (part.cell.match.kind === 'rest')
        keep(
          actions,
          governed.filter((one) => follows(one.part)),
          governed,
          edited,
        );
    }
    for (const { edit, part, target } of own) {
      const names = namesOf(part, target);
      for (const text of names) if (text !== target.text) delete actions[text];
      actions[target.text] = edit.permission;
      for (const text of Object.keys(justifications))
        if (isAbout(text, part, target)) delete justifications[text];
      const looser = departureFrom(part.row.baseline, edit.permission) === 'looser';
      const reason = edit.reason ?? part.row.justification;
      if (looser && reason !== null) justifications[target.text] = reason;
      exceptions = exceptions.filter(
        (one) =>
          fold(one.connector) !== fold(connector.name) ||
          ![target.text, ...names].some((text) => fold(text) === fold(one.action)),
      );
      const until = edit.until ?? part.row.until ?? undefined;
      if (part.row.guarded?.states.includes(edit.permission) && until !== undefined && reason !== null)
        exceptions = [...exceptions, { connector: connector.name, action: target.text, until, reason }];
    }
    return { ...connector, actions, justifications };
  });
  const { invariantExceptions: _old, ...rest } = charter;
  return { ...rest, connectors, ...(exceptions.length > 0 ? { invariantExceptions: exceptions } : {}) };
}

/** Charter entries that cover this row and rows outside its cell, with those other rows. */
function broader(target: Target): (readonly [string, readonly string[]])[] {
  return target.approved.actions.flatMap(({ text, match }) => {
    const covers = coversOf(match);
    if (!covers.some((id) => target.covers.includes(id))) return [];
    const others = covers.filter((id) => !target.covers.includes(id));
    return others.length === 0 ? [] : [[text, others] as const];
  });
}

/** Charter entries for exactly this cell; several if the charter repeats it. */
function namesOf(part: Part, target: Target): readonly string[] {
  return target.approved.actions
    .filter(({ match }) => namesOnly(match, part, target))
    .map(({ text }) => text);
}

function isAbout(text: string, part: Part, target: Target): boolean {
  const match = matchAction(text, target.approved.place.entries, 'charter');
  return text === target.text || namesOnly(match, part, target);
}

function namesOnly(match: ActionMatch, part: Part, target: Target): boolean {
  const covers = coversOf(match);
  return covers.length > 0
    ? covers.every((id) => target.covers.includes(id))
    : sameMatch(match, part.cell.match, part.cell);
}

/** Whether the row gets its permission from the `*` entry or has none. */
function follows({ row }: Part): boolean {
  return row.kind !== 'rest' && hasCell(row) && (row.charterFrom === 'rest' || row.charterFrom === null);
}

/**
 * Writes rows out with their current permissions. If one tool has several rows, each keeps its own, under words that
 * name only it.
 */
function keep(
  actions: CharteredConnector['actions'],
  list: readonly Governed[],
  governed: readonly Governed[],
  edited: ReadonlySet<string>,
): void {
  for (const { part, target } of list) {
    if (edited.has(part.row.id)) continue;
    const state = permissionOf(part.row);
    const same = governed
      .filter((one) => target.covers.includes(one.part.row.id))
      .every((one) => permissionOf(one.part.row) === state);
    const text = same ? target.text : (spellingOf(part.cell, target.approved) ?? target.text);
    actions[text] = state;
  }
}

interface Governed {
  readonly part: Part;
  readonly target: Target;
}
