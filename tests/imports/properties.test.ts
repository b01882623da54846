import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import type { Readings } from '#domain/model/reading.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import { fileKinds } from '#sources/exports/kinds/index.ts';
import { openFile } from '#sources/exports/read/open.ts';
import { cases } from '../../src/domain/testing/cases.ts';
import { csv, importing, importOne, TODAY } from './support.ts';

const SAMPLES: Readonly<Partial<Record<Kind, { heading: string; rows: readonly string[] }>>> = {
  members: {
    heading: 'Name,Email,Role,Seat Tier,Last active',
    rows: [
      'Ann Lee,ann@alder.example.org,Owner,Premium,03/25/2026',
      'Bo Roe,bo@alder.example.org,User,Standard,04/03/2026',
      'Bo Roe,BO@alder.example.org,Admin,Standard,never',
      'José,jose@alder.example.org,User,,',
    ],
  },
  roster: {
    heading: 'Employee ID,Full Name,Work Email,Employment Status,Termination Date',
    rows: [
      '1,Ann Lee,ann@alder.example.org,Active,',
      '2,Bo Roe,bo@alder.example.org,Terminated,03/04/2026',
      '3,Cy Poe,cy@alder.example.org,Terminated,25/03/2026',
      '3,Cy Poe,cy@alder.example.org,Terminated,25/03/2026',
      '4,Zoë,zoe@alder.example.org,On leave,',
    ],
  },
  domain_memberships: {
    heading: 'Email,Plan type,Account creation date',
    rows: [
      'ann@alder.example.org,Team,2026-01-02',
      'cy@alder.example.org,Free,2025-01-02',
      'cy@alder.example.org,Pro,2025-01-02',
    ],
  },
  connectors: {
    heading: 'Connector,Action,State',
    rows: ['Slack,Read,Always allow', 'Slack,Send,Ask', 'Gmail,Delete,Blocked'],
  },
  acknowledgements: {
    heading: 'Name,Email,Policy version,Date acknowledged',
    rows: ['Ann,ann@alder.example.org,1.2,11/02/2026', 'Bo,bo@alder.example.org,1.2,'],
  },
  usage: {
    heading: 'User email,Model,total_requests,total_net_spend_usd',
    rows: ['ann@alder.example.org,claude-x,12,1.50', 'bo@alder.example.org,claude-y,"1,200",0'],
  },
};
const CASES = Object.entries(SAMPLES) as [Kind, { heading: string; rows: readonly string[] }][];

/** The rows that were read, without their positions. */
function facts(readings: Readings): string[] {
  return Object.entries(readings)
    .flatMap(([kind, all]) =>
      (all ?? []).flatMap((reading) =>
        reading.rows.map((row) => `${kind} ${JSON.stringify({ ...row, file: '', row: 0 })}`),
      ),
    )
    .sort();
}

describe('what is read does not depend on', () => {
  it.each(CASES)('the order of rows or the name of the file: %s', async (kind, { heading, rows }) => {
    const expected = facts((await importOne(`${kind}.csv`, csv(heading, ...rows))).readings).map((fact) =>
      fact.toLowerCase(),
    );
    expect(expected.length).toBeGreaterThan(1);
    const names = fc
      .stringMatching(/^[a-z0-9 ()_-]{1,20}$/)
      .filter((name) => name.trim() !== '')
      .map((name) => `x${name}`);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...rows], { minLength: rows.length }),
        names,
        fc.constantFrom('.csv', '.txt', '.xlsx', ''),
        async (order, name, ending) => {
          const { readings } = await importOne(`${name}${ending}`, csv(heading, ...order));
          expect(facts(readings).map((fact) => fact.toLowerCase())).toEqual(expected);
        },
      ),
      { numRuns: cases(25) },
    );
  });

  it.each(CASES)('the encoding, the separator or the line ends: %s', async (kind, { heading, rows }) => {
    const text = csv(heading, ...rows);
    const expected = facts((await importOne(`${kind}.csv`, text)).readings);
    const variants = [
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(text, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
      Buffer.from(text, 'latin1'),
      Buffer.from(text.replaceAll('\n', '\r\n')),
      Buffer.from(text.replaceAll('\n', '\r')),
    ];
    if (!text.includes('"'))
      variants.push(
        Buffer.from(text.replaceAll(',', ';')),
        Buffer.from(text.replaceAll(',', '\t')),
        Buffer.from(text.replaceAll(',', '|')),
      );
    for (const bytes of variants) expect(facts((await importOne('a', bytes)).readings)).toEqual(expected);
  });

  it('the order in which the file system lists files', async () => {
    const files = Object.fromEntries(
      CASES.map(([kind, { heading, rows }]) => [`${kind}.csv`, csv(heading, ...rows)]),
    );
    const one = await importing({ files });
    const other = await importing({ files: Object.fromEntries(Object.entries(files).reverse()) });
    expect(other).toEqual(one);
    expect(Object.keys(one.readings)).toHaveLength(CASES.length);
  });
});

describe('no input makes an importer throw anything but an ImportProblem', () => {
  const environment = {
    file: 'f',
    timezone: 'America/New_York',
    domains: ['alder.example.org'],
    today: TODAY,
  };

  async function survives(bytes: Buffer): Promise<void> {
    const attempt = async (run: () => unknown): Promise<void> => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof ImportProblem)) throw error;
        expect(error.message).toMatch(/^[A-Z].*[.?]$/s);
      }
    };
    await attempt(async () => {
      const opened = await openFile(bytes, 'f.csv');
      if (opened.form !== 'contents') return;
      for (const content of opened.contents) {
        for (const kind of fileKinds) {
          expect(kind.recognize(content, 'f.csv')).toBeLessThanOrEqual(1);
          await attempt(() => kind.parse(content, environment));
        }
      }
    });
  }

  it('whatever the bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    const magic = fc.constantFrom(
      'PK\x03\x04',
      '\x1f\x8b',
      '{',
      '[',
      '\xff\xfe',
      '\xef\xbb\xbf',
      'a: ',
      'Email,Role\n',
      '"',
    );
    await fc.assert(
      fc.asyncProperty(magic, bytes, (start, rest) =>
        survives(Buffer.concat([Buffer.from(start, 'latin1'), rest])),
      ),
      { numRuns: cases(300) },
    );
  });

  it('whatever stands in the cells of a table that has the right headings', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '',
        'a@x.org',
        '2026-02-31',
        '01/02/03',
        'Owner',
        'Free',
        'x',
        '=1+1',
        "{'a': 'b",
        '-',
        '1e999',
        '٣',
        '__proto__',
      ),
    );
    const headings = fc.constantFrom(
      ...CASES.map(([, { heading }]) => heading),
      'created_at,event,actor_info,event_info,entity_info',
      'userPrincipalName,accountEnabled,userType,proxyAddresses,id',
    );
    await fc.assert(
      fc.asyncProperty(
        headings,
        fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { maxLength: 6 }),
        (heading, rows) => {
          const width = heading.split(',').length;
          return survives(
            Buffer.from(
              csv(
                heading,
                ...rows.map((row) =>
                  row
                    .slice(0, width)
                    .map((text) => `"${text.replaceAll('"', '""')}"`)
                    .join(','),
                ),
              ),
            ),
          );
        },
      ),
      { numRuns: cases(300) },
    );
  });

  it('whatever the JSON', async () => {
    const page = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((value) => ({ data: [value], has_more: value })),
      fc.jsonValue().map((value) => ({ value: [value] })),
      fc.jsonValue().map((value) => [{ email: value, plan_type: value, type: value }]),
    );
    await fc.assert(
      fc.asyncProperty(page, (value) => survives(Buffer.from(JSON.stringify(value)))),
      { numRuns: cases(300) },
    );
  });
});
