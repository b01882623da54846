import { ORPCError } from '@orpc/client';
import { useRef, useState } from 'react';
import { departureOf, permissionOf } from '../../../../src/domain/connectors/row.ts';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import type { Change } from '../../ui/diff.tsx';
import { type EarlierChange, meanwhileOf } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { toast } from '../../ui/toast.tsx';
import { type Edits, editedRow } from './edits.ts';
import type { Matrix, Row } from './words.ts';

type SaveInput = Parameters<typeof calls.connectors.save>[0];
type Parts = Pick<SaveInput, 'cells' | 'add' | 'remove' | 'classify'>;
type Base = { readonly draft: string | null; readonly version: number };

/** The charter shown, as a save request refers to it. */
export function baseOf(data: Pick<Matrix, 'draft' | 'charter'>): Base {
  return data.draft === null
    ? { draft: null, version: data.charter?.version ?? 0 }
    : { draft: data.draft.id, version: data.draft.version };
}

/** Rows that cannot be saved yet, with what is missing. */
export function faultsOf(
  rows: ReadonlyMap<string, Row>,
  edits: Edits,
  today: string,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const [id, edit] of edits) {
    const stored = rows.get(id);
    if (stored === undefined) continue;
    const row = editedRow(stored, edit);
    if (departureOf(row) === 'looser' && (row.justification ?? '').trim().length < 3)
      faults.set(id, 'Briefly say why.');
    else if (row.guarded?.states.includes(permissionOf(row))) {
      if (row.until === null) faults.set(id, 'Choose the last day.');
      else if (row.until < today) faults.set(id, 'The last day has passed.');
    }
  }
  return faults;
}

/** Saves the page's changes into the draft and handles conflicts with another person's save. */
export function useSaving(slug: string, onSaved: (draft: string) => void) {
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<(EarlierChange & { words: string }) | null>(null);
  /** The version shown at the first change: the save is based on it, whatever was loaded since. */
  const begun = useRef<Base | null>(null);

  /** Throws any refusal of the server except a conflict, which it keeps for the notice. False: not stored. */
  async function send(base: Base, parts: Parts): Promise<boolean> {
    try {
      const put = await calls.connectors.save({ client: slug, ...base, ...parts });
      begun.current = null;
      setConflict(null);
      await queries.invalidateQueries({ queryKey: api.connectors.key() });
      onSaved(put.draft);
      return true;
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'CONFLICT') throw error;
      setConflict({ ...meanwhileOf(error), words: error.message });
      await queries.invalidateQueries({ queryKey: api.connectors.key() });
      return false;
    }
  }

  return {
    saving,
    conflict,
    begin: (base: Base) => {
      begun.current ??= base;
    },
    forget: () => {
      begun.current = null;
      setConflict(null);
    },
    send,
    saveCells: async (shown: Base, edits: Edits, over: boolean): Promise<boolean> => {
      setSaving(true);
      const cells = [...edits].map(([row, { permission, reason, until }]) => ({
        row,
        permission,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(until === '' ? {} : { until }),
      }));
      try {
        return await send(over ? shown : (begun.current ?? shown), { cells });
      } catch (error) {
        toast({ kind: 'failed', text: `Nothing was saved. ${explainError(error).text}` });
        return false;
      } finally {
        setSaving(false);
      }
    },
  };
}

/** The other person's version beside the viewer's, for the notice about a conflict. */
export function differencesOf(rows: ReadonlyMap<string, Row>, edits: Edits): readonly Change[] {
  return [...edits].flatMap(([id, edit]) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    return [
      {
        name: row.title,
        before: row.charter === null ? 'Not decided' : PERMISSION_WORDS[row.charter],
        after: PERMISSION_WORDS[edit.permission],
      },
    ];
  });
}
