import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { NOT_RECOGNIZED, type Treatment } from '../../../src/domain/dlp/prepare/kinds.ts';
import { recognize } from '../../../src/domain/dlp/prepare/recognize.ts';
import { findTable } from '../../../src/domain/dlp/prepare/table.ts';
import { FileDrop } from '../ui/file-drop.tsx';
import { Notice } from '../ui/states.tsx';
import { ColumnList } from './columns.tsx';
import { EXPORT_RULES as rules } from './export-rules.ts';
import classes from './mask.module.css';
import { FileProblem, readSheets, type Sheet } from './read-file.ts';
import { Result } from './result.tsx';

interface Opened {
  readonly name: string;
  readonly sheets: readonly Sheet[];
}

/** Takes what belongs to members out of an export, in the browser: file, columns, result. */
export function MaskPage() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (file: File) => {
    setProblem(null);
    setOpened(null);
    setAt(0);
    try {
      setOpened({ name: file.name, sheets: await readSheets(file) });
    } catch (error) {
      setProblem(error instanceof FileProblem ? error.message : 'The file cannot be read. Export it again.');
    }
  };
  const sheet = opened?.sheets[at];
  return (
    <main id="main" className={classes.page}>
      <header className={classes.head}>
        <h1>Prepare an export for Claude</h1>
        <p>
          Removes member data from a list before you upload it. Everything happens in this browser: the file
          is not sent, kept or seen by anyone. This page cannot connect to anything.
        </p>
      </header>
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
              description="Only this one goes on."
              value={String(at)}
              onChange={(event) => setAt(Number(event.currentTarget.value))}
              data={opened.sheets.map(({ name }, index) => ({
                value: String(index),
                label: name ?? `Sheet ${index + 1}`,
              }))}
              className={classes.sheet ?? ''}
            />
          ) : null}
          <Prepare key={`${opened.name} ${at}`} name={opened.name} sheet={sheet} />
        </>
      )}
    </main>
  );
}

/** What the page cannot do, before anyone trusts it. */
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

function Prepare({ name, sheet }: { name: string; sheet: Sheet }) {
  const table = useMemo(() => findTable(sheet.rows, rules), [sheet]);
  const columns = useMemo(() => (table === null ? [] : recognize(table, rules)), [table]);
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
        <ColumnList columns={columns} treatments={treatments} onChoose={choose} />
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
        <Result name={name} table={table} columns={columns} treatments={decided} rules={rules} />
      ) : null}
      <NotFound />
    </>
  );
}
