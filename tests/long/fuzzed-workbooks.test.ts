import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readForeign } from '../../src/features/foreign/index.ts';
import { ForeignProblem } from '../../src/features/foreign/problem.ts';
import { type Packed, related, sheetPart, sheetRows, zip } from '../imports/zip-builder.ts';

/** Strings inserted into a file; each has a special meaning in a workbook or an archive. */
const PIECES = [
  ...['<!--', '-->', '<?', ']]>', '<row r="1048576">', '<c r="XFD1"/>', '<c r="A1" t="s"><v>999</v></c>'],
  ...[
    '<si>',
    '</si>',
    '<t>',
    '"',
    "'",
    '&#x10FFFF;',
    '&',
    't="e"',
    's="99"',
    'r="a"',
    'r:id="b"',
    ' Target="../x"',
  ],
  ...[
    'PK\u0001\u0002',
    'PK\u0005\u0006',
    'PK\u0006\u0006',
    'PK\u0006\u0007',
    '\u00ff\u00ff\u00ff\u00ff',
    '\0\0\0\0',
  ],
].map((text) => Buffer.from(text, 'latin1'));

/** A mutation of a file: its position as a fraction of the length, the bytes removed, and what is inserted. */
const anyChange = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(400)),
  piece: fc.oneof(
    fc.constantFrom(...PIECES),
    fc.uint8Array({ maxLength: 8 }).map((one) => Buffer.from(one)),
  ),
  times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(20_000) }),
});
type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, changes: readonly Change[]): Buffer {
  return changes.reduce((now, { at, gone, piece, times }) => {
    const place = Math.floor(at * now.length);
    const put = Buffer.concat(Array.from({ length: times }, () => piece));
    return Buffer.concat([now.subarray(0, place), put, now.subarray(place + gone)]);
  }, bytes);
}

const ROWS = sheetRows(['Name', 'Domains', 'Claude plan'], ['Alder Society', 'alder.example.org', 'team']);
const PARTS: readonly Packed[] = [
  {
    name: 'xl/workbook.xml',
    content:
      '<workbook xmlns:r="r"><sheets><sheet name="Clients" sheetId="1" r:id="a"/><sheet name="More" sheetId="2" r:id="b"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships>${[
      related('a', 'worksheets/sheet1.xml'),
      related('b', 'worksheets/sheet2.xml'),
      related('c', 'sharedStrings.xml', 'sharedStrings'),
      related('d', 'styles.xml', 'styles'),
    ].join('')}</Relationships>`,
  },
  sheetPart('xl/worksheets/sheet1.xml', `${ROWS}<row r="3"><c r="A3" t="s"><v>0</v></c></row>`),
  sheetPart('xl/worksheets/sheet2.xml', ROWS),
  { name: 'xl/sharedStrings.xml', content: '<sst><si><t>Beech Guild</t></si><si><r><t>a</t></r></si></sst>' },
  { name: 'xl/styles.xml', content: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>' },
];

it('a workbook that was changed anywhere is read, or refused with a sentence for a person', async () => {
  await fc.assert(
    // Mutates one part, or the whole archive.
    fc.asyncProperty(
      fc.nat(PARTS.length),
      fc.array(anyChange, { minLength: 1, maxLength: 3 }),
      async (which, changes) => {
        const bytes =
          which === PARTS.length
            ? changed(zip(PARTS), changes)
            : zip(
                PARTS.map(({ name, content }, at) => ({
                  name,
                  content: at === which ? changed(Buffer.from(content), changes) : content,
                })),
              );
        const problem = await readForeign('clientTable', { bytes }).then(
          () => null,
          (error: unknown) => error,
        );
        if (problem === null) return;
        expect(problem).toBeInstanceOf(ForeignProblem);
        expect((problem as ForeignProblem).code).not.toBe('failed');
        expect((problem as ForeignProblem).message).not.toMatch(/\n|undefined|\[object|Error:/);
      },
    ),
    { numRuns: 1_500 },
  );
});
