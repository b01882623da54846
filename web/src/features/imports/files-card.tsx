import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, sentence } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { Day, DayField } from './day-field.tsx';
import classes from './imports.module.css';
import { PeriodFields } from './period-fields.tsx';
import { importRoute } from './routes.tsx';
import { OUTCOME_WORDS, type Preview, type PreviewFile, type ShownImport } from './words.ts';

interface FilesCardProps {
  readonly data: ShownImport;
  readonly preview: Preview;
  readonly mayWrite: boolean;
  readonly onSaid: () => void;
}

/** How each file was recognized, the day it describes, and what people stated about unrecognized ones. */
export function FilesCard({ data, preview, mayWrite, onSaid }: FilesCardProps) {
  const open = openFile(preview, importRoute.useSearch().file);
  const { files } = preview;
  const undecided = new Set(
    preview.kinds.flatMap(({ rivals }) => ((rivals?.length ?? 0) > 1 ? (rivals ?? []) : [])),
  );
  const waits = (file: PreviewFile) => file.outcome === 'taken' && undecided.has(file.file);
  // In a stored import every file taken is stored, whichever of two files for one day is current.
  const isStored = data.state === 'stored';
  const taken = files.filter((file) => file.outcome === 'taken' && (isStored || !waits(file))).length;
  return (
    <Card
      title="Files"
      aside={`${files.length} in the import · ${taken} ${isStored ? 'stored' : 'will count'}`}
      flush
    >
      <PlainTable
        label="Files of this import"
        rows={files}
        rowId={(file) => `${file.file} ${file.kind}`}
        isOpen={(file) => open === file && files.length > 1}
        columns={[
          {
            head: 'File',
            className: classes.name ?? 'wraps',
            cell: (file) =>
              file.columns.length > 0 || file.notes.length > 0 ? (
                <Link from="/c/$client/imports/$import" to="." search={{ file: file.file }} replace>
                  {file.file}
                </Link>
              ) : (
                file.file
              ),
          },
          {
            head: 'What it is',
            cell: (file) => <Said data={data} file={file} mayWrite={mayWrite} onSaid={onSaid} />,
          },
          {
            head: 'Day',
            className: classes.day,
            cell: (file) => <DayCell data={data} file={file} mayWrite={mayWrite} onSaid={onSaid} />,
          },
          {
            head: data.state === 'stored' ? 'What happened to it' : 'What happens to it',
            cell: (file) => <Outcome file={file} stored={data.state === 'stored'} waits={waits(file)} />,
          },
        ]}
      />
    </Card>
  );
}

/** The file whose columns are shown: the one in the URL, else the first with columns. */
export function openFile(preview: Preview, name: string | undefined): PreviewFile | null {
  return (
    preview.files.find(({ file }) => file === name) ??
    preview.files.find(({ columns, outcome }) => columns.length > 0 && outcome !== 'copy') ??
    null
  );
}

/** `waits`: it differs from another file of its kind and day, and nobody has said which is current. */
function Outcome({ file, stored, waits }: { file: PreviewFile; stored: boolean; waits: boolean }) {
  const place = [
    file.row === null ? null : `Row ${file.row}`,
    file.column === null ? null : `column “${file.column}”`,
  ]
    .filter((part) => part !== null)
    .join(', ');
  const word =
    stored && file.outcome === 'taken'
      ? 'Stored'
      : waits
        ? 'Not used until you choose above'
        : OUTCOME_WORDS[file.outcome];
  return (
    <>
      {file.outcome === 'malformed' ? (
        <VerdictMark state="cannot_read">{word}</VerdictMark>
      ) : (
        <span className={file.outcome === 'taken' ? undefined : 'muted'}>{word}</span>
      )}
      {file.says === null ? null : (
        <span className="second">
          {place === '' ? '' : `${place}: `}
          {file.says}
        </span>
      )}
      {file.rows === null ? null : <span className="second">{count(file.rows, 'row')}</span>}
    </>
  );
}

function DayCell({ data, file, mayWrite, onSaid }: Omit<FilesCardProps, 'preview'> & { file: PreviewFile }) {
  const { slug } = useClientHere();
  const own = data.files.find(({ id, name }) => id === file.id && name === file.file);
  const set = useMutation(api.imports.setFile.mutationOptions({ onSuccess: onSaid }));
  if (!mayWrite || own === undefined || file.observedOn === null) return <Day file={file} />;
  return (
    <>
      <DayField
        file={file}
        given={own.exportedOn}
        disabled={set.isPending}
        onGiven={(exportedOn) => set.mutate({ client: slug, import: data.id, file: file.id, exportedOn })}
      />
      {set.error === null ? null : (
        <div role="alert">
          <Notice mark="cannot_read">{explainError(set.error).text}</Notice>
        </div>
      )}
    </>
  );
}

/** How a file was recognized, and a menu if a person can correct it. */
function Said({ data, file, mayWrite, onSaid }: Omit<FilesCardProps, 'preview'> & { file: PreviewFile }) {
  const { slug } = useClientHere();
  const own = data.files.find(({ id, name }) => id === file.id && name === file.file);
  const sources = useQuery(api.imports.sources.queryOptions({ input: { client: slug } }));
  const set = useMutation(api.imports.setFile.mutationOptions({ onSuccess: onSaid }));
  const name =
    file.kindName !== null ? sentence(file.kindName) : file.outcome === 'kept' ? 'Evidence' : 'Not known';
  if (file.outcome === 'proof') return 'Proof';
  if (!mayWrite || own === undefined) return name;
  const base = { client: slug, import: data.id, file: file.id };
  const kinds = sources.data?.items ?? [];
  return (
    <>
      <NativeSelect
        aria-label={`What ${file.file} is`}
        size="xs"
        miw="10rem"
        value={own.kind ?? ''}
        disabled={set.isPending}
        onChange={(event) => {
          const { value } = event.currentTarget;
          set.mutate({ ...base, kind: value === '' ? null : value, columns: null });
        }}
      >
        <option value="">{own.kind === null ? name : 'By its content'}</option>
        {kinds.map((kind) => (
          <option key={kind.kind} value={kind.kind}>
            {sentence(kind.name)}
          </option>
        ))}
        <option value="charter">Charter</option>
        <option value="journal">Journal</option>
        <option value="attestations">Attestations</option>
        <option value="evidence">Keep as evidence only</option>
        <option value="left_out">Leave out</option>
      </NativeSelect>
      {file.asksPeriod || own.period !== null ? (
        <PeriodFields
          file={file.file}
          period={own.period}
          disabled={set.isPending}
          onGiven={(period) => set.mutate({ ...base, period })}
        />
      ) : null}
      {set.error === null ? null : <Notice mark="cannot_read">{explainError(set.error).text}</Notice>}
    </>
  );
}
