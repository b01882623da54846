import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { firstBytes, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { sizeWords } from '../imports/words.ts';
import classes from './evidence.module.css';
import { previewOf, sheetRows } from './preview-kinds.ts';
import type { EvidenceFile } from './words.ts';

/** In bytes: how much of a text is read for the preview, and the largest picture that is shown. */
const BEGINNING = 64 * 1024;
const PICTURE = 10 * 1024 * 1024;
/** The largest workbook that is previewed, in bytes. */
const WORKBOOK = 4 * 1024 * 1024;

/** Previews a file without executing any of its content: its text, its first rows, or the picture. */
export function PreviewCard({ file }: { file: EvidenceFile }) {
  const { slug } = useClientHere();
  const { name, sha256, bytes: size } = file;
  const load = useQuery({
    queryKey: ['evidence', slug, sha256, 'preview'],
    queryFn: async () => {
      const input = { client: slug, sha: sha256 };
      const first = await firstBytes(routes.evidence.download, input, BEGINNING);
      const shown = await previewOf(name, first.bytes, first.whole);
      if (shown.is === 'workbook') {
        const all = size > WORKBOOK ? null : await firstBytes(routes.evidence.download, input, WORKBOOK);
        return { ...shown, whole: true, read: all === null ? null : await sheetRows(name, all.bytes) };
      }
      if (shown.is !== 'image') return { ...shown, whole: first.whole };
      const all = size > PICTURE ? null : await firstBytes(routes.evidence.download, input, PICTURE);
      return {
        ...shown,
        whole: true,
        picture: all === null ? null : new Blob([all.bytes], { type: shown.type }),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data } = load;
  return (
    <Card
      title="Preview"
      {...(data?.whole === false ? { foot: `The beginning of ${sizeWords(size)}.` } : {})}
    >
      {data === undefined ? (
        <LoadFailed load={load} what="The file could not be read." />
      ) : data.is === 'image' ? (
        <Picture name={name} picture={data.picture} />
      ) : data.is === 'table' ? (
        <Rows name={name} rows={data.rows} />
      ) : data.is === 'workbook' && data.read !== null ? (
        <Rows name={name} rows={data.read.rows} sheets={data.read.sheets} />
      ) : data.is === 'text' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <pre className={classes.text} tabIndex={0}>
          {data.text}
        </pre>
      ) : (
        <p className="muted">
          {data.is === 'pdf'
            ? 'A PDF is not shown here. Download it to read it.'
            : 'This kind of file is not shown here. Download it to read it.'}
        </p>
      )}
    </Card>
  );
}

function Picture({ name, picture }: { name: string; picture: Blob | null }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (picture === null) return;
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  if (picture === null)
    return <p className="muted">The picture is larger than {sizeWords(PICTURE)}. Download it to see it.</p>;
  return address === null ? null : <img src={address} alt={name} className={classes.picture} />;
}

/** The most columns shown. */
const COLUMNS = 12;

function Rows({
  name,
  rows,
  sheets = 1,
}: {
  name: string;
  rows: readonly (readonly string[])[];
  /** Sheets that are not empty; only the first one is shown. */
  sheets?: number;
}) {
  const [head = [], ...body] = rows;
  return (
    <>
      <PlainTable
        scrolls
        label={name}
        rows={body.map((cells, at) => ({ at, cells }))}
        rowId={({ at }) => at}
        columns={head.slice(0, COLUMNS).map((heading, column) => ({
          head: heading,
          cell: ({ cells }: { cells: readonly string[] }) => (
            <span className={classes.cell}>{cells[column] ?? ''}</span>
          ),
        }))}
        framed
      />
      <p className="muted small">
        {count(body.length, 'row')} shown
        {head.length > COLUMNS ? `, ${COLUMNS} of ${head.length} columns` : ''}
        {sheets > 1 ? `, of the first of ${sheets} sheets` : ''}.
      </p>
    </>
  );
}
