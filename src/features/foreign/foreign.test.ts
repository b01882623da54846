import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { sheetRows, workbook } from '../../../tests/imports/zip-builder.ts';
import { readForeign } from './index.ts';
import { ForeignProblem } from './problem.ts';
import { FOREIGN_TASKS, type ForeignInput, type ForeignTaskName } from './tasks.ts';

/** A binary property list whose arrays each contain the previous one ten times, so that it expands exponentially. */
function binaryPlist(levels: number): Buffer {
  const objects = [Buffer.from([0x51, 0x78])];
  for (let at = 1; at <= levels; at += 1)
    objects.push(Buffer.concat([Buffer.from([0xaa]), Buffer.alloc(10, at - 1)]));
  const body = Buffer.concat(objects);
  let offset = 8;
  const table = Buffer.alloc(objects.length * 2);
  for (const [at, one] of objects.entries()) {
    table.writeUInt16BE(offset, at * 2);
    offset += one.length;
  }
  const trailer = Buffer.alloc(32);
  trailer[6] = 2;
  trailer[7] = 1;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(levels), 16);
  trailer.writeBigUInt64BE(BigInt(8 + body.length), 24);
  return Buffer.concat([Buffer.from('bplist00'), body, table, trailer]);
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const device = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === 'string' ? bytes(content) : content,
  plans: [],
});
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
const doubling = (levels: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><path id="a0" d="M0 0"/>${lines(
    levels,
    (at) => `<g id="a${at + 1}"><use href="#a${at}"/><use href="#a${at}"/></g>`,
  )}<use href="#a${levels}"/></svg>`;

const YAML: readonly string[] = [
  // Lists of lists by alias, which expand exponentially.
  `a: &a [x,x,x,x,x,x,x,x,x]\n${lines(8, (at) => `${'bcdefghi'[at]}: &${'bcdefghi'[at]} [${`*${'abcdefgh'[at]},`.repeat(9)}]`)}`,
  '['.repeat(100_000),
  `a: ${'{a: '.repeat(400)}${'}'.repeat(400)}`,
  '- '.repeat(100_000),
  '? '.repeat(20_000),
  '!!a '.repeat(50_000),
  `[${'[],'.repeat(60_000)}]`,
  lines(20_000, (at) => `key${at}: 1`),
  `${'a'.repeat(190_000)}: 1`,
  `a: "${'\n'.repeat(190_000)}`,
  `connectors: [${'{name: a},'.repeat(20_000)}]`,
  '__proto__: {a: 1}\nconstructor: {prototype: {a: 1}}',
];

/** The worst known inputs of each task. The type requires an entry for each new task. */
const WORST: { readonly [N in ForeignTaskName]: readonly ForeignInput<N>[] } = {
  charter: YAML.map((text) => ({ text })),
  baseline: YAML.map((text) => ({ text })),
  charterText: [
    {
      charter: {
        connectors: Array.from({ length: 4_000 }, (_, at) => ({
          name: `Connector ${at}`,
          kind: 'custom' as const,
          justifications: {},
          actions: Object.fromEntries(Array.from({ length: 20 }, (__, one) => [`a${one}`, 'allow' as const])),
        })),
      },
      heading: [],
    },
  ],
  timeStamp: [
    Buffer.from('3080'.repeat(40_000), 'hex'),
    Buffer.from('30847fffffff'.repeat(10_000), 'hex'),
    Buffer.alloc(100_000, 0x30),
    Buffer.from('30053003020102', 'hex'),
    Buffer.alloc(0),
  ].map((answer) => ({ answer, expected: { sha256: 'ab'.repeat(32) } })),
  certificates: [
    { pem: `-----BEGIN CERTIFICATE-----${'MIAw'.repeat(5_000)}-----END CERTIFICATE-----` },
    { pem: '-----BEGIN CERTIFICATE-----'.repeat(700) },
    { pem: '' },
  ],
  deviceFile: [
    device('a.plist', binaryPlist(4)),
    device('a.plist', binaryPlist(40)),
    device('a.plist', Buffer.concat([Buffer.from('bplist00'), Buffer.alloc(1_000, 0xff)])),
    device('a.plist', `<?xml version="1.0"?>${'<!DOCTYPE '.repeat(100_000)}`),
    device('a.plist', `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1_000)}">]><plist>&b;</plist>`),
    device('a.plist', `<plist>${'<dict>'.repeat(150_000)}`),
    device('a.plist', `<plist ${lines(20_000, (at) => `a${at}="1"`)}/>`),
    device(
      'a.json',
      JSON.stringify({
        omaSettings: [{ omaUri: './claude/Policy/Config/a/b', value: '<data '.repeat(160_000) }],
      }),
    ),
    device(
      'a.json',
      JSON.stringify({
        '@odata.context': 'https://graph.microsoft.com/beta/$metadata#deviceManagement/deviceConfigurations',
        value: Array.from({ length: 20_000 }, () => ({ omaSettings: [{ omaUri: 'claude/' }] })),
      }),
    ),
    device('a.json', `{"a":${'['.repeat(500_000)}`),
    device('a.json', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    device('a.json', `{${lines(60_000, (at) => `"a${at}":1,`)}"b":2}`),
    device('a.reg', `REGEDIT4\n[HKLM\\SOFTWARE\\Policies\\Claude]\n"${'\\'.repeat(900_000)}`),
  ],
  networkConfig: [
    ...['{', '[', '{"HttpHeaderInjection":'].map((text) => text.repeat(30_000)),
    'acl a dstdomain .a '.repeat(50_000),
    `http-request set-header ${'"\\'.repeat(200_000)}`,
    `request_headers_to_add:\n${'key: a\n'.repeat(60_000)}`,
    `config headers\n${'edit 1\nset name a\nset action add\nnext\n'.repeat(15_000)}`,
    `zia_http_header_action_profile ${'key = "a" '.repeat(60_000)}`,
    `<plist>${'<dict>'.repeat(100_000)}`,
    '',
  ].map((text) => ({
    bytes: Buffer.from(text),
    restriction: loadCatalogue().network.restriction,
    organizations: [],
  })),
  clientTable: [
    {
      bytes: workbook(
        `<row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>`,
      ),
    },
    { bytes: workbook('<c <row '.repeat(500_000)) },
    { bytes: workbook(sheetRows(['a'.repeat(20_000_000)])) },
    { bytes: workbook(' '.repeat(60_000_000)) },
    { bytes: workbook('<!--'.repeat(2_000_000)) },
    { bytes: workbook('<?x '.repeat(2_000_000)) },
    { bytes: workbook(`<c r='A1' s='${'&apos;'.repeat(50_000)}'/>`) },
    { bytes: bytes(`Name,Domains,Plan\n${'"'.repeat(4_000_000)}`) },
    { bytes: bytes(`Name,Domains,Plan\n${'a,b,c\n'.repeat(600_000)}`) },
    { bytes: bytes(`${'a,'.repeat(2_000_000)}`) },
    { bytes: bytes(`[${'['.repeat(4_000_000)}`) },
  ],
  logo: [
    { bytes: bytes(`${'<!-- -->'.repeat(30_000)}x`) },
    { bytes: bytes(`<?xml ${'<!--'.repeat(70_000)}`) },
    { bytes: bytes(doubling(30)) },
    { bytes: bytes(`<svg><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>`) },
    { bytes: bytes(`<svg>${'<g>'.repeat(60_000)}`) },
    { bytes: bytes(`<svg><style>${'.a'.repeat(100_000)}</style></svg>`) },
    { bytes: bytes(`<svg><image href="data:image/svg+xml;base64,AAAA"/></svg>`) },
    {
      bytes: Buffer.concat([
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
        Buffer.from('IHDR'),
        Buffer.alloc(8, 0x7f),
      ]),
    },
  ],
};

const CODES = ['refused', 'too_long', 'too_much_memory', 'too_large'];
/** Maximum growth in bytes: two threads with a quarter of a gigabyte each, and their memory outside the heap. */
const MAX_GROWTH = 900 * 1024 * 1024;

describe.each(Object.keys(FOREIGN_TASKS) as ForeignTaskName[])('%s', (task) => {
  it('never lets what it is given block the server or take its memory', async () => {
    const before = process.memoryUsage.rss();
    for (const [at, input] of (WORST[task] as readonly unknown[]).entries()) {
      let turns = 0;
      let max = 0;
      const watch = setInterval(() => {
        turns += 1;
        max = Math.max(max, process.memoryUsage.rss());
      }, 20);
      const began = performance.now();
      const outcome = await readForeign(task as 'charter', input as ForeignInput<'charter'>).then(
        () => 'read',
        (problem: unknown) => (problem instanceof ForeignProblem ? problem.code : String(problem)),
      );
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1000;
      expect([...CODES, 'read'], `${task} ${at}`).toContain(outcome);
      // A thread blocked for seconds would get no turns at all; on a busy machine it gets some.
      if (seconds > 2) expect(turns, `${task} ${at}`).toBeGreaterThan(seconds);
      expect(max - before, `${task} ${at}`).toBeLessThan(MAX_GROWTH);
    }
  });
});

it('still reads valid files after all the invalid ones', async () => {
  expect(await readForeign('charter', { text: 'version: 3\n' })).toEqual({ version: 3 });
  expect(await readForeign('logo', { bytes: bytes(doubling(3)) })).toBe('image/svg+xml');
});

it('says where the fault is', async () => {
  await expect(readForeign('charter', { text: 'version: 3\nconnectorz: []\n' })).rejects.toMatchObject({
    code: 'refused',
    row: 2,
    message: expect.stringMatching(/connectors/),
  });
});

it('refuses more than can wait, and goes on', async () => {
  const all = await Promise.allSettled(
    Array.from({ length: 60 }, () => readForeign('charter', { text: 'version: 3\n' })),
  );
  const refused = all.filter((one) => one.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const one of refused) expect(one.reason).toMatchObject({ code: 'busy' });
  expect(await readForeign('charter', { text: 'version: 3\n' })).toEqual({ version: 3 });
});
