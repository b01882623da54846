import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrace, guideFiles } from '../scripts/checks/trace.ts';
import type { Catalogue } from '../src/domain/model/catalogue.ts';
import { guideTrace } from '../src/sources/catalogue/guide-trace.ts';
import { sharedCatalogue } from '../src/sources/catalogue/testing/shared.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const catalogue = sharedCatalogue();
/** Areas, in the words of the trace, that will implement missing rows. A row outside of these is not planned. */
const LATER = [
  'Conditional Access as code',
  'gateway for connectors',
  'keeping the catalogue',
  'policy editor and acknowledgement',
  'reviews, incidents and journeys',
  'shadow-AI gateways and DLP guards',
  'not planned yet',
];

describe('the guide trace', () => {
  it('has no problem and names all 308 rows of the guide', () => {
    const { problems, share } = checkTrace(ROOT, catalogue);
    expect(problems).toEqual([]);
    expect(share).toContain('of 308 guide rows');
  });

  it('calls no row implemented without a test and something that implements it', () => {
    const implemented = guideTrace().filter((row) => row.planned === '');
    expect(implemented.length).toBeGreaterThan(0);
    const files = guideFiles(ROOT);
    for (const { id, entries } of implemented) {
      expect(files.get(id)?.tests ?? [], id).not.toEqual([]);
      expect([...entries, ...(files.get(id)?.code ?? [])], id).not.toEqual([]);
    }
  });

  it('says of each row that is not done what is missing and where it will come', () => {
    for (const row of guideTrace().filter(({ planned }) => planned !== '')) {
      expect(row.planned, row.id).toMatch(/^planned: .{10,} \([^()]+\)$/);
      const where = /\((?:later: )?([^()]+)\)$/.exec(row.planned)?.[1]?.split('; ') ?? [];
      expect(
        where.filter((one) => !LATER.includes(one)),
        row.id,
      ).toEqual([]);
    }
  });
});

describe('checkTrace', () => {
  const NEWEST = '2026-12-03';
  const DONE = '2026-12-03 api: the list was read and exported';
  let root: string;
  beforeEach(() => {
    // A subfolder, so that no row list of the guide is beside it.
    root = join(mkdtempSync(join(tmpdir(), 'bylaw-trace-')), 'checkout');
    file('src/rule.ts', 'export const rule = 1;\n// Guide: G2.1-01\n');
    file('tests/rule.test.ts', 'it();\n// Guide: G2.1-01\n');
  });
  afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

  function file(path: string, text = ''): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** Problems of a trace with these lines, checked against one entry of each kind that claims the given rows. */
  function problems(lines: readonly string[], claims: readonly string[] = []): readonly string[] {
    file('catalogue/guide.csv', `${['id,section,kind,entries,tried,planned', ...lines].join('\n')}\n`);
    const rows = [...claims];
    const small: Catalogue = {
      ...catalogue,
      controls: catalogue.controls.slice(0, 1).map((c) => ({ ...c, id: 'CLA-ACC-01', guide: rows })),
      capabilities: catalogue.capabilities
        .slice(0, 1)
        .map((c) => ({ ...c, id: 'claude.sso', guideRows: rows })),
      connectors: catalogue.connectors.slice(0, 1).map((c) => ({ ...c, id: 'asana', guideRows: rows })),
      risks: catalogue.risks.slice(0, 1).map((r) => ({ ...r, id: 'lockout', guideRows: rows })),
      clauses: catalogue.clauses.slice(0, 1).map((c) => ({ ...c, id: 'contact', guideRows: rows })),
    };
    return checkTrace(root, small, [], NEWEST).problems;
  }

  const ALL = 'CLA-ACC-01 claude.sso connector.asana risk.lockout clause.contact';

  it('accepts an implemented row with entries, code and a test, and a planned row that says so', () => {
    expect(
      problems(
        [
          `G2.1-01,2.1,step,${ALL},${DONE},`,
          'G2.1-02,2.1,step,,,"planned: the page, with its list (issue 3)"',
        ],
        ['G2.1-01'],
      ),
    ).toEqual([]);
  });

  it('counts what is implemented, what is in part and what is planned', () => {
    problems([
      `G2.1-01,2.1,step,claude.sso,${DONE},`,
      'G2.1-02,2.1,step,claude.sso,,planned: the rest (issue 3)',
      'G2.1-03,2.1,step,,,planned: all of it (issue 3)',
      'G2.1-04,2.1,step,,,planned: all of it (issue 3)',
    ]);
    expect(
      checkTrace(root, { ...catalogue, controls: [], connectors: [], risks: [], clauses: [] }, []).share,
    ).toBe('1 of 4 guide rows implemented, 1 more in part, 2 planned');
  });

  it.each([
    [
      'an entry that the catalogue does not hold',
      `G2.1-01,2.1,step,CLA-ACC-99,${DONE},`,
      'CLA-ACC-99, which the catalogue does not hold',
    ],
    [
      'a capability written as a connector',
      `G2.1-01,2.1,step,connector.claude.sso,${DONE},`,
      'connector.claude.sso, which the catalogue does not hold',
    ],
    ['a reason that does not start as it must', 'G2.1-01,2.1,step,,,some day', 'must start with "planned: "'],
  ])('reports %s', (_, line, says) => {
    expect(problems([line])).toEqual([expect.stringContaining(says)]);
    expect(problems([line])[0]).toContain('G2.1-01');
  });

  it.each([
    ['a whole row that nobody tried', '', '', 'was never tried on a running server'],
    ['a way that is no public surface', '2026-12-01 test: the whole suite was run', '', 'under "tried"'],
    ['a day without what was done', '2026-12-01 api: ', '', 'under "tried"'],
    ['a day that does not exist', '2026-11-31 api: the list was read', '', 'under "tried"'],
    ['a day before rows were tried', '2026-11-27 browser: the list was read', '', 'before 2026-11-28'],
    ['a day to come', '2026-12-04 command: the list was read', '', 'after the newest commit of 2026-12-03'],
    ['a row in part that says it works', DONE, 'planned: the rest (issue 3)', 'is in part and says'],
  ])('reports %s', (_, tried, planned, says) => {
    expect(problems([`G2.1-01,2.1,step,CLA-ACC-01,${tried},${planned}`], ['G2.1-01'])).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^catalogue/guide.csv:2: G2.1-01 .*${says}`)),
      ]),
    );
  });

  it('reports an implemented row without a test, and one that nothing implements', () => {
    const line = `G2.1-01,2.1,step,,${DONE},`;
    expect(problems([line])).toEqual([]);
    file('tests/rule.test.ts', 'it();\n');
    expect(problems([line])).toEqual([expect.stringMatching(/G2\.1-01 .* no test has it/)]);
    file('src/rule.ts');
    file('tests/rule.test.ts', 'it();\n// Guide: G2.1-01\n');
    expect(problems([line])).toEqual([expect.stringMatching(/G2\.1-01 .* nothing says that it implements/)]);
  });

  it('reports a tag of no row, and follows a file that moves', () => {
    const line = `G2.1-01,2.1,step,,${DONE},`;
    file('src/elsewhere/rule.ts', '// Guide: G2.1-01 G2.1-77\n');
    file('src/rule.ts');
    expect(problems([line])).toEqual(['src/elsewhere/rule.ts names G2.1-77, which is no row of the guide']);
  });

  it('reports a row that stands twice', () => {
    const line = 'G2.1-01,2.1,step,,,planned: all of it (issue 3)';
    expect(problems([line, line])).toEqual(['catalogue/guide.csv:3: G2.1-01 stands twice']);
  });

  it('reports each kind of entry that claims a row which does not name it', () => {
    const found = problems(['G2.1-01,2.1,step,,,planned: all of it (issue 3)'], ['G2.1-01']);
    expect(found).toHaveLength(5);
    for (const entry of ALL.split(' '))
      expect(
        found.some((text) => text.includes(`does not name ${entry},`)),
        entry,
      ).toBe(true);
  });

  it('reports an entry that does not name the row in which it stands, with the line', () => {
    expect(
      problems(
        [`G2.1-01,2.1,step,${ALL},${DONE},`, 'G2.1-02,2.1,step,CLA-ACC-01,,planned: the rest (issue 3)'],
        ['G2.1-01'],
      ),
    ).toEqual([
      'catalogue/guide.csv:3: G2.1-02 names CLA-ACC-01, which does not name G2.1-02 among its rows: run "npm run docs"',
    ]);
  });

  it('holds the trace against the guide’s own rows where they lie beside the checkout', () => {
    const beside = join(dirname(root), 'shared');
    mkdirSync(beside);
    writeFileSync(join(beside, 'guide-rows.csv'), 'id,fact\nG2.1-01,one\nG2.1-02,two\n');
    expect(
      problems([
        'G2.1-01,2.1,step,,,planned: all of it (issue 3)',
        'G9.9-99,9.9,step,,,planned: all of it (issue 3)',
      ]),
    ).toEqual([
      'catalogue/guide.csv lacks the row G2.1-02',
      'catalogue/guide.csv names G9.9-99, which is no row of the guide',
    ]);
  });
});
