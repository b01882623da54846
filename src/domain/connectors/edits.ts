import { MAX_INVARIANT_EXCEPTION_DAYS } from '../charter/invariants.ts';

import type { Charter } from '../model/charter.ts';
import { addDays } from '../model/day.ts';
import { dayWords } from '../text/words.ts';
import { type CellEdit, type PlacedEdit, targetOf, writeCells } from './edit-cells.ts';
import { type Addition, addConnector, removeConnector } from './edit-connectors.ts';
import { type MatrixInput, matrixParts, type Part } from './matrix.ts';
import { departureFrom } from './order.ts';
import { hasCell, permissionOf } from './row.ts';
import type { Effect } from './words.ts';
import { PERMISSION_WORDS } from './words.ts';

/** What someone changed in the matrix since they loaded it. */
export interface MatrixEdits {
  readonly remove: readonly string[];
  readonly add: readonly Addition[];
  readonly classify: readonly { readonly row: string; readonly effect: Exclude<Effect, 'unknown'> }[];
  readonly cells: readonly CellEdit[];
}

/** What is wrong with an edit, as a sentence that says what to do. `row` null: it is about a connector. */
export interface EditProblem {
  readonly row: string | null;
  readonly words: string;
}

export interface Edited {
  readonly charter: Charter;
  /** If not empty, nothing may be stored. */
  readonly problems: readonly EditProblem[];
}

/**
 * The charter after edits of its matrix: first connectors are removed and added, then tools classified, then cells set.
 * Every looser cell needs a reason, every cell against an invariant an end date, and only the edited rows may change.
 */
export function applyEdits(input: MatrixInput & { readonly charter: Charter }, edits: MatrixEdits): Edited {
  const problems: EditProblem[] = [];
  let { charter } = input;
  for (const name of edits.remove) {
    const without = removeConnector(charter, name);
    if (without === null)
      problems.push({ row: null, words: `The charter has no connector ${name}; it may be gone already.` });
    else charter = without;
  }
  for (const addition of edits.add) {
    const added = addConnector(charter, addition, input);
    if ('words' in added) problems.push({ row: null, words: added.words });
    else charter = added.charter;
  }
  charter = classified({ ...input, charter }, edits.classify, problems);
  if (problems.length > 0) return { charter, problems };
  const { parts } = matrixParts({ ...input, charter });
  const placed = placeEdits(parts, edits.cells, input, problems);
  if (problems.length > 0) return { charter, problems };
  const written = writeCells(charter, parts, placed);
  problems.push(...misfits(parts, placed, matrixParts({ ...input, charter: written }).parts));
  return { charter: written, problems };
}

/**
 * Rows that did not get the requested permission, or changed without being edited, because other charter entries cover
 * them too.
 */
function misfits(
  before: readonly Part[],
  placed: readonly PlacedEdit[],
  after: readonly Part[],
): readonly EditProblem[] {
  const now = new Map(after.map(({ row }) => [row.id, permissionOf(row)] as const));
  const wanted = new Map(
    placed.flatMap(({ edit, part: { row } }) =>
      [row.id, ...row.shared].map((id) => [id, edit.permission] as const),
    ),
  );
  return before.flatMap((part) => {
    const { row } = part;
    if (!hasCell(row) && !wanted.has(row.id)) return [];
    const expected = wanted.get(row.id) ?? permissionOf(row);
    if ((now.get(row.id) ?? 'blocked') === expected) return [];
    return [
      {
        row: row.id,
        words: wanted.has(row.id)
          ? `${rowWords(part)} cannot be set to ${PERMISSION_WORDS[expected]} alone, because the charter also names it under another connector. Remove that one first, or change the charter as YAML.`
          : `${rowWords(part)} would change as well, because the charter names it under another connector too. Remove that one first, or change the charter as YAML.`,
      },
    ];
  });
}

function placeEdits(
  parts: readonly Part[],
  cells: readonly CellEdit[],
  { today }: Pick<MatrixInput, 'today'>,
  problems: EditProblem[],
): readonly PlacedEdit[] {
  const byId = new Map(parts.map((part) => [part.row.id, part] as const));
  const seen = new Set<string>();
  const placed: PlacedEdit[] = [];
  for (const edit of cells) {
    const part = byId.get(edit.row);
    if (seen.has(edit.row)) continue;
    seen.add(edit.row);
    if (part === undefined) {
      problems.push({
        row: edit.row,
        words: `The action ${edit.row} is no longer in the matrix. Reload the page to see what changed.`,
      });
      continue;
    }
    const target = targetOf(part);
    const words = target === null ? notApproved(part) : faultOf(part, edit, today);
    if (words !== null) problems.push({ row: edit.row, words });
    else if (target !== null) placed.push({ edit, part, target });
  }
  return placed;
}

function notApproved(part: Part): string {
  return `${rowWords(part)}: the charter does not approve ${part.cell.connector}. Add the connector first.`;
}

/** Why an edit cannot be stored; null: it can. */
function faultOf(part: Part, edit: CellEdit, today: string): string | null {
  const { row } = part;
  const { permission } = edit;
  const state = PERMISSION_WORDS[permission];
  if (permission === 'allow' && row.alwaysAllowOffered === false)
    return `${rowWords(part)}: Claude does not offer Always allow for it. The widest state is Needs approval.`;
  const reason = edit.reason ?? row.justification;
  if (departureFrom(row.baseline, permission) === 'looser' && reason === null)
    return `${rowWords(part)}: ${state} is looser than the baseline, ${PERMISSION_WORDS[row.baseline]}. Say why.`;
  if (row.guarded === null || !row.guarded.states.includes(permission)) return null;
  const until = edit.until ?? row.until;
  const latest = addDays(today, MAX_INVARIANT_EXCEPTION_DAYS);
  if (until === null)
    return `${rowWords(part)}: ${row.guarded.why}. ${state} requires two approvers and an end date. Enter the end date.`;
  if (until < today)
    return `${rowWords(part)}: the end date ${dayWords(until)} is past. Give a later one, or set it to Blocked.`;
  if (until > latest) return `${rowWords(part)}: the latest end date is ${dayWords(latest)}.`;
  return null;
}

/** `SharePoint "Delete item"`. */
function rowWords({ cell, row }: Part): string {
  return `${cell.connector} “${row.title}”`;
}

function classified(
  input: MatrixInput & { readonly charter: Charter },
  list: MatrixEdits['classify'],
  problems: EditProblem[],
): Charter {
  if (list.length === 0) return input.charter;
  const byId = new Map(matrixParts(input).parts.map((part) => [part.row.id, part] as const));
  let connectors = input.charter.connectors ?? [];
  for (const { row, effect } of list) {
    const part = byId.get(row);
    const target = part === undefined ? null : targetOf(part);
    if (part === undefined)
      problems.push({ row, words: `The action ${row} is no longer in the matrix. Reload the page.` });
    else if (target === null) problems.push({ row, words: notApproved(part) });
    else if (part.row.kind !== 'action' || part.row.effectFrom === 'catalogue')
      problems.push({
        row,
        words: `${rowWords(part)}: what it does is known from the catalogue and is not for the charter to say.`,
      });
    else
      connectors = connectors.map((one, index) =>
        index === target.approved.index
          ? { ...one, effects: { ...one.effects, [target.text]: effect } }
          : one,
      );
  }
  return { ...input.charter, connectors };
}
// Guide: G1.1-03 G2.2-23 G2.2-28 G2.2-30
