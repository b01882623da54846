import type { Permission } from '#domain/model/kinds.ts';
import type { TableRow } from '../file-kind.ts';
import type { Field } from '../table/columns.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { permissionOf } from './connector-words.ts';

/** A column with one state for all tools of a kind, as Claude's own page groups them per connector. */
export const STATE_OF_KIND: Field = {
  field: 'stateOfKind',
  many: true,
  headings: [],
  pattern: /^(?:read only|read|write delete|write and delete|write|delete|interactive) (?:tools|actions)$/,
  check: (text) => permissionOf(text) !== null,
};

/** Message about a cell that is not one of the three states. */
export function notAState(text: string): string {
  return `“${text.slice(0, 60)}” is not one of Always allow, Needs approval and Blocked. Stored as unknown.`;
}

/** States of all tools of a kind in a row, one column per kind. */
export function statesOfKinds(
  view: View,
  row: TableRow,
  notes: Notes,
): readonly { readonly kind: string; readonly text: string; readonly state: Permission | null }[] {
  return view.columns.all('stateOfKind').flatMap((index) => {
    const kind = view.table.columns[index] ?? '';
    const text = view.valueIn(row, kind);
    if (text === null) return [];
    const state = permissionOf(text);
    if (state === null)
      notes.add({ row: row.row, column: kind, says: notAState(text) }, 'states stored as unknown');
    return [{ kind, text, state }];
  });
}
