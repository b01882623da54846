import type { TestConsole } from '../../src/server/testing/console.ts';
import { sheetRows, workbook, zip } from '../../tests/imports/zip-builder.ts';
import type { Sent } from './sender.ts';

const LOGO_BYTES = 299_000;
const fill = (part: string, bytes: number) => Buffer.from(part.repeat(Math.floor(bytes / part.length)));

/** Small malicious images. */
export function* logos({ owner, services }: TestConsole, slug: string): Generator<readonly [string, Sent]> {
  const worst = {
    'of comments': fill('<!-- -->', LOGO_BYTES),
    'of openings': fill('<g>', LOGO_BYTES),
    'of quotes': fill(`<svg a='"' b="'" `, LOGO_BYTES),
    'of entities': fill('<!DOCTYPE a [<!ENTITY b "c">]>', LOGO_BYTES),
    'of a style': Buffer.from(`<svg><style>${'.a'.repeat(LOGO_BYTES / 2 - 20)}</style></svg>`),
    'of a PNG that lies': Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      Buffer.from('IHDR'),
      Buffer.alloc(LOGO_BYTES, 0x7f),
    ]),
  };
  for (const [what, body] of Object.entries(worst))
    yield [
      `a logo ${what}`,
      {
        method: 'PUT',
        path: `/api/v1/clients/${slug}/logo`,
        headers: {
          cookie: owner.cookie,
          origin: services.config.origin,
          'content-type': 'application/octet-stream',
        },
        body,
      },
    ];
}

/** Compressed import files, each of which is added and read and its result shown. */
export const PACKED: Readonly<Record<string, () => Buffer>> = {
  'archive.zip with 1,900 files': () =>
    zip(
      Array.from({ length: 1_900 }, (_, at) => ({
        name: `f${at}.csv`,
        content: 'Name,Email\na,a@b.example\n',
      })),
    ),
  'archive.zip of 200 MB': () => zip([{ name: 'a.csv', content: fill(lineOf(7), 200 * 1024 * 1024) }]),
  'workbook.xlsx of far cells': () =>
    workbook(`<row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>`),
  'workbook.xlsx of half tags': () => workbook('<c <row '.repeat(500_000)),
  'workbook.xlsx with one long cell': () => workbook(sheetRows(['a'.repeat(20_000_000)])),
};

function lineOf(seed: number): string {
  return Array.from(
    { length: 400 },
    (_, at) => `Given${at * seed} Family${at},g${at}@large.example.org,${at}\n`,
  ).join('');
}
