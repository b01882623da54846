import { permissionOf } from '../../../../src/domain/connectors/row.ts';
import { type Act, DecideDialog } from '../drift/decide-dialog.tsx';
import type { Departure } from '../drift/words.ts';
import { AddDialog } from './add-dialog.tsx';
import { ClassifyDialog, ReasonDialog, RemoveDialog } from './dialogs.tsx';
import { editedRow, storedEdit, type useEdits } from './edits.ts';
import type { useSaving } from './save.ts';
import type { Connector, Matrix, Row } from './words.ts';

/** The dialog currently open in the matrix. */
export type Open =
  | { readonly is: 'add'; readonly connector: Connector | null }
  | { readonly is: 'remove'; readonly connector: Connector }
  | { readonly is: 'classify'; readonly rows: readonly Row[] }
  | { readonly is: 'reason'; readonly rows: readonly Row[] }
  | { readonly is: 'decide'; readonly departure: Departure; readonly act: Act };

interface EditorDialogsProps {
  readonly open: Open | null;
  readonly data: Matrix;
  readonly slug: string;
  readonly edits: ReturnType<typeof useEdits>;
  /** Latest day until which a departure may be accepted. */
  readonly latest: string;
  /** Saves parts of a draft immediately. */
  readonly now: (parts: Parameters<ReturnType<typeof useSaving>['send']>[1]) => Promise<void>;
  readonly onClose: () => void;
}

/**
 * Dialogs for adding and removing connectors, classifying an action, loosening several actions, and deciding on a
 * departure.
 */
export function EditorDialogs({ open, data, slug, edits, latest, now, onClose }: EditorDialogsProps) {
  switch (open?.is) {
    case undefined:
      return null;
    case 'add':
      return (
        <AddDialog
          addable={data.addable}
          from={
            open.connector === null
              ? null
              : {
                  entry: data.addable.some(({ id }) => id === open.connector?.entry)
                    ? open.connector.entry
                    : null,
                  name: open.connector.name,
                  tools: data.rows
                    .filter((row) => row.connector === open.connector?.id && row.kind === 'action')
                    .map((row) => row.tool ?? row.title),
                }
          }
          onAdd={(addition) => now({ add: [addition] })}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <RemoveDialog
          connector={open.connector}
          onRemove={() => now({ remove: [open.connector.charter ?? open.connector.name] })}
          onClose={onClose}
        />
      );
    case 'classify':
      return (
        <ClassifyDialog
          rows={open.rows}
          onClassify={(effect) => now({ classify: open.rows.map((row) => ({ row: row.id, effect })) })}
          onClose={onClose}
        />
      );
    case 'reason':
      return (
        <ReasonDialog
          rows={open.rows}
          guarded={open.rows.some((row) =>
            row.guarded?.states.includes(permissionOf(editedRow(row, edits.now.get(row.id)))),
          )}
          today={data.today}
          onReason={(reason, until) => {
            edits.set(
              open.rows,
              (row) => {
                const was = edits.now.get(row.id) ?? storedEdit(row);
                return {
                  ...was,
                  reason,
                  until: row.guarded?.states.includes(was.permission) ? until : was.until,
                };
              },
              true,
            );
            onClose();
          }}
          onCancel={() => {
            edits.undo();
            onClose();
          }}
        />
      );
    case 'decide':
      return (
        <DecideDialog
          act={open.act}
          slug={slug}
          departure={open.departure}
          today={data.today}
          latest={latest}
          onClose={onClose}
        />
      );
  }
}
