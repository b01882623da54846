import { Button, Checkbox } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ExportRules } from '../../../src/domain/dlp/prepare/cells.ts';
import { KIND_FACTS, type Treatment } from '../../../src/domain/dlp/prepare/kinds.ts';
import { csvOf, type Leftover, mask } from '../../../src/domain/dlp/prepare/mask.ts';
import type { ExportTable, RecognizedColumn } from '../../../src/domain/dlp/prepare/recognize.ts';
import { saveFile } from '../ui/export-menu.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Notice } from '../ui/states.tsx';
import classes from './mask.module.css';

/** The new file as saved, with what it was made from. */
export interface Made {
  readonly csv: Blob;
  readonly table: ExportTable;
  readonly columns: readonly RecognizedColumn[];
  readonly treatments: readonly Treatment[];
  readonly leftovers: readonly Leftover[];
}

interface ResultProps {
  readonly file: File;
  readonly table: ExportTable;
  readonly columns: readonly RecognizedColumn[];
  readonly treatments: readonly Treatment[];
  readonly rules: ExportRules;
  readonly onSave?: (file: File, made: Made) => Promise<void>;
}

/** The new file: its first rows, what in it still looks like member data, and the download. */
export function Result({ file, table, columns, treatments, rules, onSave }: ResultProps) {
  const masked = useMemo(() => mask(table, columns, treatments, rules), [table, columns, treatments, rules]);
  const [seen, setSeen] = useState(false);
  const { leftovers, emptied, headings, rows: made } = masked;
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const csv = new Blob([csvOf(masked)], { type: 'text/csv;charset=utf-8' });
    setSaving(true);
    setProblem(null);
    try {
      await onSave?.(file, { csv, table, columns, treatments, leftovers });
      saveFile(csv, nameOf(file.name));
    } catch {
      setProblem('It could not be written down who prepared the file, so it was not saved. Try again.');
    }
    setSaving(false);
  };
  const free = leftovers.length === 0 || seen;
  if (headings.length === 0)
    return <Notice mark="cannot_read">Every column is dropped, so nothing is left to upload.</Notice>;
  return (
    <section aria-labelledby="result" className={classes.step}>
      <h2 id="result">The new file</h2>
      {leftovers.length === 0 ? null : (
        <Notice mark="fail">
          <p>Some of what you keep still looks like it belongs to members:</p>
          <ul>
            {leftovers.map((one) => (
              <li key={`${one.heading} ${one.kind}`}>
                {one.heading}: {one.cells} {one.cells === 1 ? 'cell looks' : 'cells look'} like “
                {KIND_FACTS[one.kind].words}”, for example in row {one.rows.join(', ')} of the new file.
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {emptied === 0 ? null : (
        <p>
          {emptied} {emptied === 1 ? 'value held' : 'values held'} no year and{' '}
          {emptied === 1 ? 'was' : 'were'} emptied.
        </p>
      )}
      <PlainTable
        scrolls
        label="How the new file begins"
        framed
        rows={made.slice(0, 5)}
        rowId={(_row, index) => index}
        columns={headings.map((head, at) => ({
          head,
          className: 'nowrap',
          cell: (row: readonly string[]) => row[at],
        }))}
      />
      {leftovers.length === 0 ? null : (
        <Checkbox
          checked={seen}
          onChange={(event) => setSeen(event.currentTarget.checked)}
          label="I have checked these cells, and they may be uploaded"
        />
      )}
      <div className={classes.bar}>
        <p>
          {made.length} {made.length === 1 ? 'row' : 'rows'}, {headings.length}{' '}
          {headings.length === 1 ? 'column' : 'columns'}. Check it yourself before you upload it: anything
          this page did not find is still in the file.
        </p>
        <Button variant="filled" disabled={!free} loading={saving} onClick={() => void save()}>
          Download the new file
        </Button>
      </div>
      <div aria-live="polite">{problem === null ? null : <Notice mark="fail">{problem}</Notice>}</div>
    </section>
  );
}

/** "members.xlsx" becomes "members-prepared.csv". */
function nameOf(name: string): string {
  return `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'export'}-prepared.csv`;
}
