import { parse as parseCsv } from 'csv-parse/sync';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { inputFields } from '#features/operation-fields.ts';
import { nameOf } from '../../src/features/access/testing/input.ts';
import type { Filled } from './filled.ts';

/** A prefix that spreadsheet programs would evaluate, put in front of names and other text. */
const FORMULA = "=cmd|'/c calc'!A0 ";
/** Columns with text by people or about them. */
const WORDS = ['name', 'title', 'label', 'note', 'reason', 'words', 'said', 'description'];

/**
 * Every list as CSV, from a server on which all such text starts like a formula. This must be the last use of that
 * server.
 */
export function exportsCalculateNothing(here: () => Filled): void {
  describe('names that begin as a formula', () => {
    it('are text in every list that is handed out as CSV', async () => {
      const { store } = here().bylaw.services;
      const renamed = await store.write('system', async (tx) => {
        const { rows } = await sql<{ table: string; column: string }>`
          select c.table_name as "table", c.column_name as "column" from information_schema.columns c
            join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
           where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text'
             and has_column_privilege(quote_ident(c.table_name), c.column_name, 'UPDATE')
             and (c.column_name = any(${WORDS}) or c.column_name like '%\\_name')`.execute(tx);
        for (const { table, column } of rows)
          await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${FORMULA} || ${sql.ref(column)}`.execute(
            tx,
          );
        return rows.length;
      });
      expect(renamed).toBeGreaterThan(20);
      const calculated: string[] = [];
      let seen = 0;
      for (const operation of operations().filter(({ meta }) => meta.transport === 'download')) {
        const formats = inputFields(operation).find(({ name }) => name === 'format')?.schema.enum ?? [];
        if (!formats.includes('csv')) continue;
        const answer = await here().ask(operation, { format: 'csv' });
        expect([nameOf(operation), answer.status < 500]).toEqual([nameOf(operation), true]);
        if (answer.status !== 200) continue;
        const cells: string[] = parseCsv(answer.bytes.toString('utf8'), {
          bom: true,
          relax_column_count: true,
        }).flat();
        seen += cells.filter((one) => one.includes(FORMULA.trim())).length;
        calculated.push(
          ...cells
            .filter((one) => /^\s*[=+@]|^\s*-[^\d\s]/u.test(one))
            .map((one) => `${nameOf(operation)}: ${one.slice(0, 60)}`),
        );
      }
      expect(calculated).toEqual([]);
      // Without such cells, nothing was tested.
      expect(seen).toBeGreaterThan(30);
    });
  });
}
