import { useCallback, useMemo, useReducer } from 'react';
import type { Permission, Row } from './words.ts';

/** Unsaved changes of a row. */
export interface Edit {
  readonly permission: Permission;
  readonly reason: string;
  readonly until: string;
}
export type Edits = ReadonlyMap<string, Edit>;

interface State {
  readonly now: Edits;
  readonly before: readonly Edits[];
}

/** Maximum number of undo steps. */
const MAX_UNDO_STEPS = 200;
const NOTHING: State = { now: new Map(), before: [] };

type Act =
  | { readonly is: 'put'; readonly next: Edits; readonly typing: boolean }
  | { readonly is: 'undo' }
  | { readonly is: 'clear' };

function reduce(state: State, act: Act): State {
  switch (act.is) {
    case 'put':
      // Typed text is merged into one undo step with the change of permission that it explains.
      return act.typing
        ? { ...state, now: act.next }
        : { now: act.next, before: [...state.before.slice(-MAX_UNDO_STEPS), state.now] };
    case 'undo': {
      const last = state.before.at(-1);
      return last === undefined ? state : { now: last, before: state.before.slice(0, -1) };
    }
    case 'clear':
      return NOTHING;
  }
}

/** Unsaved changes of the matrix, with undo for every step. */
export function useEdits() {
  const [state, act] = useReducer(reduce, NOTHING);
  const { now } = state;
  /** Sets rows; a row that equals its stored state is no longer a change. */
  const set = useCallback(
    (rows: readonly Row[], of: (row: Row) => Edit, typing = false) => {
      const next = new Map(now);
      for (const row of rows) {
        const edit = of(row);
        if (isStored(row, edit)) next.delete(row.id);
        else next.set(row.id, edit);
      }
      act({ is: 'put', next, typing });
    },
    [now],
  );
  return useMemo(
    () => ({
      now,
      canUndo: state.before.length > 0,
      set,
      undo: () => act({ is: 'undo' }),
      /** Reverts all changes, as one step that can itself be undone. */
      discard: () => act({ is: 'put', next: new Map(), typing: false }),
      clear: () => act({ is: 'clear' }),
    }),
    [now, state.before.length, set],
  );
}

/** The stored state of a row. */
export function storedEdit(row: Row): Edit {
  return {
    permission: row.charter ?? 'blocked',
    reason: row.justification ?? '',
    until: row.until ?? '',
  };
}

function isStored(row: Row, edit: Edit): boolean {
  const stored = storedEdit(row);
  const same =
    edit.permission === stored.permission && (row.charter !== null || edit.permission !== 'blocked');
  return same && edit.reason === stored.reason && edit.until === stored.until;
}

/** The row with its unsaved changes. */
export function editedRow(row: Row, edit: Edit | undefined): Row {
  if (edit === undefined) return row;
  return {
    ...row,
    charter: edit.permission,
    charterFrom: 'named',
    justification: edit.reason.trim() === '' ? null : edit.reason,
    until: edit.until === '' ? null : edit.until,
  };
}
