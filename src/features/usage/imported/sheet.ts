import type { z } from 'zod';
import { type AnySheet, sheetOf, stated, text } from '../sheets.ts';
import type { importedPerson } from './schemas.ts';

type Person = z.input<typeof importedPerson>;

/** The people of every imported file; the files stand in columns, so that nobody adds two periods in passing. */
export function importedSheet(rows: readonly Person[]): AnySheet {
  const figure = (key: string, title: string, value: (row: Person) => Person['messages'], scale = 1) =>
    stated<Person>(key, title, value, scale, 'rows');
  return sheetOf<Person>({
    title: 'Imported usage files by person',
    rows,
    columns: [
      text('file', 'File', (row: Person) => row.name),
      { key: 'observedOn', title: 'Observed', kind: 'day', value: (row) => row.observedOn },
      { key: 'from', title: 'From', kind: 'day', value: (row) => row.period?.from ?? null },
      { key: 'to', title: 'To', kind: 'day', value: (row) => row.period?.to ?? null },
      text('person', 'Who', (row: Person) => (row.key === null ? null : row.person)),
      ...figure('messages', 'Messages', (row) => row.messages),
      ...figure('requests', 'Requests', (row) => row.requests),
      ...figure('inputTokens', 'Input tokens', (row) => row.inputTokens),
      ...figure('outputTokens', 'Output tokens', (row) => row.outputTokens),
      ...figure('netMicros', 'Net spend in US dollars', (row) => row.netMicros, 1_000_000),
      ...figure('grossMicros', 'Gross spend in US dollars', (row) => row.grossMicros, 1_000_000),
    ],
  });
}
