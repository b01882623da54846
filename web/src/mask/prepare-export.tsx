import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ExportRules } from '../../../src/domain/dlp/prepare/cells.ts';
import { NOT_RECOGNIZED, type Treatment } from '../../../src/domain/dlp/prepare/kinds.ts';
import { recognize } from '../../../src/domain/dlp/prepare/recognize.ts';
import { findTable } from '../../../src/domain/dlp/prepare/table.ts';
import { FileDrop } from '../ui/file-drop.tsx';
import { Notice } from '../ui/states.tsx';
import { ColumnList } from './columns.tsx';
import classes from './mask.module.css';
import { FileProblem, readSheets, type Sheet } from './read-file.ts';
import { type Made, Result } from './result.tsx';

interface Opened {
  readonly file: File;
  readonly sheets: readonly Sheet[];
}

export interface PrepareExportProps {
  readonly rules: ExportRules;
  /** Whether a recognized column may be kept unchanged; false if the policy forbids it. */
  readonly mayKeep: boolean;
  /** Called before the new file is saved. If it throws, the error is shown and the file is not saved. */
  readonly onSave?: (file: File, made: Made) => Promise<void>;
}

/** Removes member data from an export in the browser: file, columns, result. */
export function PrepareExport({ rules, mayKeep, onSave }: PrepareExportProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (file: File) => {
    setProblem(null);
    setOpened(null);
    setAt(0);
    try {
      setOpened({ file, sheets: await readSheets(file) });
    } catch (error) {
      setProblem(error instanceof FileProblem ? error.message : 'The file cannot be read. Export it again.');
    }
  };
  const sheet = opened?.sheets[at];
  return (
    <>
      <FileDrop
        single
        label={opened === null ? 'Drop the export here' : 'Drop another file to start over'}
        hint="CSV or XLSX, up to 20 MB. Your file stays as it is; the result is a new one."
        accept=".csv,.tsv,.txt,.xlsx"
        onFiles={([file]) => {
          if (file !== undefined) void open(file);
        }}
      />
      <div aria-live="polite">{problem === null ? null : <Notice mark="cannot_read">{problem}</Notice>}</div>
      {opened === null || sheet === undefined ? (
        <NotFound />
      ) : (
        <>
          {opened.sheets.length > 1 ? (
            <NativeSelect
              label="Sheet"
              description="Only this one continues."
              value={String(at)}
              onChange={(event) => setAt(Number(event.currentTarget.value))}
              data={opened.sheets.map(({ name }, index) => ({
                value: String(index),
                label: name ?? `Sheet ${index + 1}`,
              }))}
              className={classes.sheet ?? ''}
            />
          ) : null}
          <Prepare
            key={`${opened.file.name} ${at}`}
            file={opened.file}
            sheet={sheet}
            rules={rules}
            mayKeep={mayKeep}
            {...(onSave === undefined ? {} : { onSave })}
          />
        </>
      )}
    </>
  );
}

/** What the page cannot detect, shown before anyone relies on it. */
function NotFound() {
  return (
    <section className={classes.limits} aria-labelledby="limits">
      <h2 id="limits">What it does not detect</h2>
      <ul>
        {NOT_RECOGNIZED.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}

interface PrepareProps extends PrepareExportProps {
  readonly file: File;
  readonly sheet: Sheet;
}

function Prepare({ file, sheet, rules, mayKeep, onSave }: PrepareProps) {
  const { name } = file;
  const table = useMemo(() => findTable(sheet.rows, rules), [sheet, rules]);
  const columns = useMemo(() => (table === null ? [] : recognize(table, rules)), [table, rules]);
  const [treatments, setTreatments] = useState<readonly (Treatment | null)[]>(() => columns.map(() => null));
  const [done, setDone] = useState(false);
  if (table === null || table.rows.length === 0)
    return <Notice mark="cannot_read">There are no rows below the headings. Is this the right file?</Notice>;
  const open = treatments.filter((one) => one === null).length;
  const decided = treatments.filter((one) => one !== null);
  const choose = (index: number, treatment: Treatment | null) => {
    setDone(false);
    setTreatments((was) => was.map((one, n) => (n === index ? treatment : one)));
  };
  return (
    <>
      <section aria-labelledby="columns" className={classes.step}>
        <h2 id="columns">Decide on each column</h2>
        <p className="muted">
          {name}: {table.rows.length} {table.rows.length === 1 ? 'row' : 'rows'}, {columns.length}{' '}
          {columns.length === 1 ? 'column' : 'columns'}.
          {table.unnamed ? ' The first row looks like data, so the columns are named by letters.' : ''}
          {table.above > 0 ? ` ${table.above} rows above the headings are left out.` : ''}
        </p>
        <ColumnList columns={columns} treatments={treatments} mayKeep={mayKeep} onChoose={choose} />
        <div className={classes.bar}>
          <p role="status">
            {open === 0 ? 'Every column is decided.' : `${open} of ${columns.length} columns to decide.`}
          </p>
          <Button variant={done ? 'default' : 'filled'} disabled={open > 0} onClick={() => setDone(true)}>
            Make the new file
          </Button>
        </div>
      </section>
      {done && decided.length === columns.length ? (
        <Result
          file={file}
          table={table}
          columns={columns}
          treatments={decided}
          rules={rules}
          {...(onSave === undefined ? {} : { onSave })}
        />
      ) : null}
      <NotFound />
    </>
  );
}
