import { describe, expect, it } from 'vitest';
import { FORMS, type Form } from './forms-of-strangers.ts';
import { importOne } from './support.ts';
import { csvOf, gridOf, TABLES, type TestTable } from './tables.ts';
import { VENDOR_TABLES } from './vendor-tables.ts';

/** Ignores what may differ in an equal reading: the position of a row, and case. */
const plain = (row: object) => JSON.stringify({ ...row, file: '', row: 0 }).toLowerCase();

async function read({ kind, name }: TestTable, content: string | Buffer, ending?: string) {
  const { files, readings } = await importOne(
    ending === undefined ? name : name.replace('.csv', ending),
    content,
  );
  const reading = readings[kind]?.[0];
  return {
    rows: reading?.rows.map(plain) ?? null,
    asks: reading?.asks ?? [],
    complete: reading?.complete ?? true,
    problems: files.flatMap(({ problem }) => problem ?? []),
  };
}

/**
 * How a variant of a table silently changes what is read: different rows, with neither a question nor a refusal; null:
 * no difference.
 */
async function silentDifference(
  table: TestTable,
  form: Form,
  expected: readonly string[],
): Promise<string | null> {
  const found = await read(table, form.content(gridOf(table)), form.ending);
  if (found.rows === null) return found.problems.length > 0 ? null : 'no reading and no reason';
  if (found.asks.length > 0 || !found.complete) return null;
  const [more, missing] = [
    found.rows.filter((row) => !expected.includes(row)),
    expected.filter((row) => !found.rows?.includes(row)),
  ];
  return more.length + missing.length === 0
    ? null
    : `${form.name}: ${more[0] ?? 'nothing'} instead of ${missing[0] ?? 'nothing'}`;
}

describe.each([...TABLES, ...VENDOR_TABLES].map((table) => [table.kind, table] as const))(
  'the %s as a stranger has it',
  (_, table) => {
    it('is the same, asked about or refused with a reason', async () => {
      const { rows } = await read(table, csvOf(gridOf(table)));
      expect(rows).not.toBeNull();
      const found: string[] = [];
      for (const form of FORMS) {
        const difference = await silentDifference(table, form, rows ?? []);
        if (difference !== null) found.push(difference);
      }
      expect(found).toEqual([]);
    });
  },
);
