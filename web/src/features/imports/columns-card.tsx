import { NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sentence } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import { openFile } from './files-card.tsx';
import classes from './imports.module.css';
import { importRoute } from './routes.tsx';
import { howWords, type Preview, type PreviewFile, type ShownImport } from './words.ts';

const NOTES_SHOWN = 8;

interface ColumnsCardProps {
  readonly data: ShownImport;
  readonly preview: Preview;
  readonly mayWrite: boolean;
  readonly onSaid: () => void;
}

/** How each column of a file was recognized, a menu to correct it, and problems in its rows. */
export function ColumnsCard({ data, preview, mayWrite, onSaid }: ColumnsCardProps) {
  const file = openFile(preview, importRoute.useSearch().file);
  const { slug } = useClientHere();
  const set = useMutation(api.imports.setFile.mutationOptions({ onSuccess: onSaid }));
  if (file === null) return null;
  const own = data.files.find(({ id }) => id === file.id);
  const used = file.columns.filter(({ field }) => field !== null).length;
  const choose = (column: string, field: string | null) =>
    set.mutate({
      client: slug,
      import: data.id,
      file: file.id,
      columns: { ...own?.columns, [column]: field },
    });
  return (
    <>
      {file.columns.length === 0 ? null : (
        <Card
          title={preview.files.length > 1 ? `Columns of ${file.file}` : 'Columns'}
          aside={`${file.columns.length} in the file · ${used} used · ${file.columns.length - used} left out`}
          flush
        >
          <PlainTable
            label={`Columns of ${file.file}`}
            rows={file.columns}
            rowId={(column) => `${column.column} ${column.field}`}
            columns={[
              { head: 'In the file', className: 'wraps', cell: (column) => column.column },
              {
                head: 'First value',
                cell: (column) => (
                  <div className={classes.first} title={column.first ?? undefined}>
                    {column.first ?? <span className="muted">empty</span>}
                  </div>
                ),
              },
              {
                head: 'Means',
                cell: (column) => (
                  <Means
                    file={file}
                    column={column}
                    fixed={!mayWrite}
                    disabled={set.isPending}
                    onChoose={choose}
                  />
                ),
              },
              { head: 'Recognized', className: 'muted', cell: (column) => howWords(column) },
            ]}
          />
        </Card>
      )}
      {set.error === null ? null : (
        <div role="alert">
          <Notice mark="cannot_read">{explainError(set.error).text}</Notice>
        </div>
      )}
      <Notes file={file} />
    </>
  );
}

function Means({
  file,
  column,
  fixed,
  disabled,
  onChoose,
}: {
  file: PreviewFile;
  column: PreviewFile['columns'][number];
  /** Nothing can be chosen: the words alone are shown. */
  fixed: boolean;
  disabled: boolean;
  onChoose: (column: string, field: string | null) => void;
}) {
  const name = file.fields.find(({ field }) => field === column.field)?.name ?? column.field ?? 'Left out';
  if (fixed || file.fields.length === 0) return name;
  return (
    <NativeSelect
      aria-label={`What the column ${column.column} means`}
      value={column.field ?? ''}
      disabled={disabled}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChoose(column.column, value === '' ? null : value);
      }}
    >
      {file.fields.map((field) => (
        <option key={field.field} value={field.field}>
          {field.name}
        </option>
      ))}
      <option value="">Leave out</option>
    </NativeSelect>
  );
}

function Notes({ file }: { file: PreviewFile }) {
  if (file.notes.length === 0) return null;
  const shown = file.notes.slice(0, NOTES_SHOWN);
  const rest = file.notes.length - shown.length + file.moreNotes;
  return (
    <Notice mark="cannot_read">
      <Stack as="ul" gap="xs">
        {shown.map((note) => {
          const place = [
            note.row === null ? null : `Row ${note.row}`,
            note.column === null ? null : `column “${note.column}”`,
          ].filter((part) => part !== null);
          return (
            <li key={`${note.row} ${note.column} ${note.says}`} className="wraps">
              {place.length === 0 ? null : <strong>{sentence(place.join(', '))}: </strong>}
              {note.says}
            </li>
          );
        })}
        {rest > 0 ? <li className="muted">and {rest} more</li> : null}
      </Stack>
    </Notice>
  );
}
