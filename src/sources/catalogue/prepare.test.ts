import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportRules } from '#domain/dlp/prepare/cells.ts';
import type { Treatment } from '#domain/dlp/prepare/kinds.ts';
import { csvOf, mask } from '#domain/dlp/prepare/mask.ts';
import { type ExportTable, recognize } from '#domain/dlp/prepare/recognize.ts';
import { findTable } from '#domain/dlp/prepare/table.ts';
import { sharedCatalogue } from './testing/shared.ts';

const rules = exportRules(sharedCatalogue().dlp.flatMap((file) => file.rules));
const table = (headings: readonly string[], ...rows: readonly (readonly string[])[]): ExportTable => ({
  headings,
  rows,
});
const kinds = (one: ExportTable) => recognize(one, rules).map(({ kind }) => kind);
const masked = (one: ExportTable, ...treatments: Treatment[]) =>
  mask(one, recognize(one, rules), treatments, rules);

describe('columns of an export', () => {
  it('are recognized by their headings, however they are written', () => {
    const headings = [
      'E-Mail Address',
      'lastName',
      'DATE_OF_BIRTH',
      'Member #ID',
      'Zip Code',
      'Événement',
      'Event Name',
      'Card Expiry',
      'Téléphone',
    ];
    expect(kinds(table(headings))).toEqual([
      'mail',
      'name',
      'birth',
      'id',
      'postcode',
      null,
      null,
      'payment',
      'phone',
    ]);
    expect(kinds(table(['Company Name', 'Contact Name', 'Gender', 'Notes']))).toEqual([
      null,
      'name',
      'sensitive',
      'text',
    ]);
  });

  it('are recognized by what stands in them, whatever the heading says', () => {
    const one = table(
      ['A', 'B', 'Status', 'D', 'E', 'F'],
      [
        'ann@example.org',
        '+1 555 010 0199',
        '078-05-1120',
        '4111 1111 1111 1111',
        'GB33 BUKB 2020 1555 5555 55',
        '10.1.2.3',
      ],
      [
        'bob@example.org',
        '(555) 010-0100',
        '219-09-9999',
        '5500 0000 0000 0004',
        'DE89 3704 0044 0532 0130 00',
        '10.1.2.4',
      ],
    );
    expect(kinds(one)).toEqual(['mail', 'phone', 'government_id', 'payment', 'payment', 'online']);
    expect(recognize(one, rules)[0]?.why).toBe('2 of 2 values look like it.');
  });

  it('are not mistaken for others, and unknown ones are left to a person', () => {
    const one = table(
      ['Joined', 'Dues', 'Count', 'Order', 'Chapter', 'Empty'],
      ['2026-01-31', '120.50', '1234567', '4111 1111 1111 1112', 'North', ''],
      ['31/01/2026', '95.00', '7654321', '4111 1111 1111 1113', 'South', ''],
    );
    expect(kinds(one)).toEqual([null, null, null, null, null, null]);
    expect(recognize(one, rules).map(({ suggested }) => suggested)).toEqual([
      null,
      null,
      null,
      null,
      null,
      'drop',
    ]);
  });

  it('of long words are free text, which is suggested to be dropped', () => {
    const long = 'She asked whether the venue could be changed to the one of last spring';
    expect(recognize(table(['Q7'], [long], [long]), rules)[0]).toMatchObject({
      kind: 'text',
      suggested: 'drop',
    });
  });
});

describe('masking', () => {
  const one = table(
    ['Name', 'Partner', 'Email', 'Born', 'Zip', 'Dues', 'Comment'],
    ['Ann Lee', 'Bob Ray', 'ann@example.org', '31/12/1980', '90210', '-5', 'call 555-010-0199'],
    ['Bob Ray', 'ann  lee', 'ANN@example.org', 'unknown', 'SW1A 1AA', '=1+1', 'fine'],
  );

  it('gives one value one code wherever it stands in the file, and keeps years and first letters only', () => {
    const { headings, rows, emptied } = masked(
      one,
      'pseudonym',
      'pseudonym',
      'pseudonym',
      'year',
      'letters',
      'keep',
      'drop',
    );
    expect(headings).toEqual(['Name', 'Partner', 'Email', 'Born', 'Zip', 'Dues']);
    expect(rows).toEqual([
      ['Person-0001', 'Person-0002', 'Mail-0001', '1980', '902', '-5'],
      ['Person-0002', 'Person-0001', 'Mail-0001', '', 'SW1', '=1+1'],
    ]);
    expect(emptied).toBe(1);
    const zips = table(['Zip'], ['M1 1AE'], ['90210-1234'], ['75']);
    expect(masked(zips, 'letters').rows.flat()).toEqual(['M1', '902', '7']);
    expect(masked(one, 'letters', 'drop', 'letters', 'drop', 'drop', 'drop', 'drop').rows[0]).toEqual([
      'A. L.',
      'a…',
    ]);
  });

  it('reports what still looks like a member’s, with its rows', () => {
    const { leftovers } = masked(one, 'drop', 'drop', 'keep', 'drop', 'drop', 'keep', 'keep');
    expect(leftovers).toEqual([
      { heading: 'Email', kind: 'mail', cells: 2, rows: [2, 3] },
      { heading: 'Comment', kind: 'phone', cells: 1, rows: [2] },
    ]);
  });

  it('exports nothing from a column that no one decided', () => {
    expect(mask(one, recognize(one, rules), [], rules).rows).toEqual([Array(7).fill(''), Array(7).fill('')]);
  });

  it('leaves no value of a treated column in the result, whatever it is', () => {
    const word = fc
      .string({ minLength: 6, maxLength: 20 })
      .filter((text) => text.trim().length > 5 && !/^(Value|Person)-/.test(text));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.constantFrom<Treatment>('drop', 'pseudonym', 'year'),
        (values, treatment) => {
          const result = masked(table(['X'], ...values.map((value) => [value])), treatment);
          for (const row of result.rows)
            for (const cell of row) expect(values.map((value) => value.trim())).not.toContain(cell);
        },
      ),
    );
  });
});

describe('the result as CSV', () => {
  it('lets no cell be calculated, and leaves numbers numbers', () => {
    const text = csvOf({
      headings: ['=cmd', 'Dues'],
      rows: [
        ['+1 555 010', '-5'],
        ['@SUM(A1)', '1,200.50'],
        ['a;=2+2', '-2+3'],
        ['say "hi", now', '12%'],
      ],
    });
    expect(text).toBe(
      '\uFEFF\'=cmd,Dues\r\n\'+1 555 010,-5\r\n\'@SUM(A1),"1,200.50"\r\n"a;\'=2+2",\'-2+3\r\n"say ""hi"", now",12%\r\n',
    );
  });
});

describe('the table in a file', () => {
  it('begins at its headings, and is called by letters where there are none', () => {
    expect(
      findTable(
        [['Members of the guild'], [], ['Name', 'Mail', 'City'], ['Ann', 'a@b.org', 'X'], ['', '', '']],
        rules,
      ),
    ).toMatchObject({
      headings: ['Name', 'Mail', 'City'],
      rows: [['Ann', 'a@b.org', 'X']],
      above: 2,
      unnamed: false,
    });
    expect(
      findTable(
        [
          ['Ann', 'a@b.org'],
          ['Bob', 'b@b.org'],
        ],
        rules,
      ),
    ).toMatchObject({
      headings: ['Column A', 'Column B'],
      rows: [
        ['Ann', 'a@b.org'],
        ['Bob', 'b@b.org'],
      ],
      unnamed: true,
    });
    expect(findTable([['', ''], []], rules)).toBeNull();
  });
});
// Guide: G3.3-07
