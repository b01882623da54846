import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintCatalogue } from '../../src/sources/catalogue/lint.ts';
import { loadCatalogue } from '../../src/sources/catalogue/load.ts';
import { CatalogueError, problemLine } from '../../src/sources/catalogue/problem.ts';
import { appLists } from '../docs/app-lists.ts';
import { withGuideEntries } from '../docs/guide-entries.ts';
import { pageRoutes } from '../docs/page-routes.ts';
import { importsOf } from './boundaries.ts';
import { checkPlaces, type Tree, treeOf } from './places.ts';
import { checkTrace } from './trace.ts';

/*
 * One of each kind is added as CONTRIBUTING.md says, in so many places as it says, and each place is forgotten once: then
 * exactly that is told. What it is like in the product itself is tested where it belongs; here nothing is run.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const tree = treeOf(ROOT);

const forgottenHere = checkPlaces(tree);

it('finds nothing forgotten in this project', () => expect(forgottenHere).toEqual([]));

/** What is said of an addition alone: what someone forgets in the project fails the test above, and no other. */
const saidOf = (changed: Tree) => checkPlaces(changed).filter((line) => !forgottenHere.includes(line));

type Edit = readonly [path: string, text: string | ((before: string) => string)];

interface Addition {
  /** Each place, with what is told where it is forgotten. */
  readonly places: readonly { readonly edits: readonly Edit[]; readonly forgotten: readonly string[] }[];
}

const SOURCE = `export const harbor = defineSource({ id: 'harbor', live: {} });\n`;
const PAGE = `export const harborRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/harbor',
  component: lazyPage(() => import('./harbor-page.tsx'), 'HarborPage'),
});
`;

const ADDED: Readonly<Record<string, Addition>> = {
  'a sink': {
    places: [
      {
        edits: [
          ['src/sinks/harbor/harbor.ts', 'export const harbor = {};\n'],
          ['src/sinks/harbor/harbor.test.ts', ''],
        ],
        // The compiler tells that the registry names a file that is not there.
        forgotten: [],
      },
      {
        edits: [
          ['src/sinks/registry.ts', (before) => `${before}import { harbor } from './harbor/harbor.ts';\n`],
        ],
        forgotten: ['src/sinks/harbor: name it in src/sinks/registry.ts, or nobody can choose it'],
      },
    ],
  },
  'a source': {
    places: [
      {
        edits: [
          ['src/sources/harbor/index.ts', SOURCE],
          ['src/sources/harbor/source.yaml', 'id: harbor\n'],
          ['sandbox/harbor/simulator.ts', ''],
          [
            'src/sources/harbor/harbor.test.ts',
            `import { startHarbor } from '../../../sandbox/harbor/simulator.ts';\n`,
          ],
        ],
        forgotten: [],
      },
      {
        edits: [
          ['src/sources/registry.ts', (before) => `${before}import { harbor } from './harbor/index.ts';\n`],
        ],
        forgotten: ['src/sources/harbor: name it in src/sources/registry.ts, or nobody can connect it'],
      },
    ],
  },
  'a rule': {
    places: [
      {
        edits: [['src/domain/rules/accounts/harbor.ts', 'export const harborHeld = defineRule({});\n']],
        forgotten: [],
      },
      {
        edits: [['src/domain/rules/accounts/index.ts', (before) => `${before}register(harborHeld);\n`]],
        forgotten: [
          'src/domain/rules/accounts/harbor.ts: register harborHeld in src/domain/rules/accounts/index.ts, or it decides nothing',
        ],
      },
      {
        edits: [['src/domain/rules/accounts/harbor.test.ts', 'runRule(harborHeld);\n']],
        forgotten: ['src/domain/rules/accounts/harbor.ts: write a test of harborHeld beside it'],
      },
    ],
  },
  'a page': {
    places: [
      {
        edits: [
          ['web/src/features/harbor/harbor-page.tsx', 'export function HarborPage() {}\n'],
          ['web/src/features/harbor/routes.tsx', PAGE],
        ],
        forgotten: [],
      },
      {
        edits: [
          ['web/src/page-routes.ts', (before) => before.replace('homeRoute,', 'harborRoute, homeRoute,')],
        ],
        forgotten: [
          'web/src/features/harbor/routes.tsx: run "npm run docs", which lists harborRoute in web/src/page-routes.ts, or the page does not exist',
        ],
      },
      {
        edits: [
          [
            'web/src/shell/navigation.ts',
            (before) => `${before}const entry = { to: '/c/$client/harbor' };\n`,
          ],
        ],
        forgotten: [
          'web/src/features/harbor/routes.tsx: write a line for /c/$client/harbor in web/src/shell/navigation.ts or, where no menu names it, in web/src/shell/more-pages.ts',
        ],
      },
    ],
  },
  'the first operation of a feature': {
    places: [
      {
        edits: [
          ['src/features/harbor/contract.ts', 'export const harborContract = {};\n'],
          ['src/features/harbor/handlers.ts', 'export const harborHandlers = {};\n'],
        ],
        forgotten: [],
      },
      {
        edits: [
          [
            'src/app/contracts.ts',
            (before) => `${before}export { harborContract as harbor } from '#features/harbor/contract.ts';\n`,
          ],
        ],
        forgotten: [
          'src/features/harbor/contract.ts: run "npm run docs", which lists harborContract in src/app/contracts.ts, or nobody can call it',
        ],
      },
      {
        edits: [
          [
            'src/app/handler-loaders.ts',
            (before) =>
              before.replace(
                '} as const',
                "  harbor: async () => (await import('#features/harbor/handlers.ts')).harborHandlers,\n} as const",
              ),
          ],
        ],
        forgotten: [
          'src/features/harbor/handlers.ts: run "npm run docs", which lists harborHandlers in src/app/handler-loaders.ts, or nobody can call it',
        ],
      },
    ],
  },
};

function withEdits(edits: readonly Edit[]): Tree {
  const next = new Map(tree);
  for (const [path, text] of edits) {
    const before = next.get(path) ?? '';
    const after = typeof text === 'string' ? text : text(before);
    if (typeof text !== 'string' && after === before) throw new Error(`${path} is not as it was thought`);
    next.set(path, after);
  }
  return next;
}

describe.each(Object.entries(ADDED))('%s', (_, { places }) => {
  const all = places.flatMap(({ edits }) => edits);

  it('is complete in all its places', () => expect(saidOf(withEdits(all))).toEqual([]));

  it.each(places.map((place, index) => [index + 1, place] as const))(
    'without place %i says exactly what was forgotten',
    (_, { edits, forgotten }) =>
      expect(saidOf(withEdits(all.filter((edit) => !edits.includes(edit))))).toEqual(forgotten),
  );
});

it.each([
  [
    'the file of a sink',
    [['src/sinks/harbor/notes.ts', '']],
    'src/sinks/harbor: write harbor.ts, which exports its SinkKind',
  ],
  ['the test of a sink', [['src/sinks/harbor/harbor.ts', '']], 'src/sinks/harbor: write harbor.test.ts'],
  [
    'the simulator of a sink',
    [
      ['src/sinks/harbor/harbor.ts', `import { postingSink } from '../http.ts';\n`],
      ['src/sinks/harbor/harbor.test.ts', ''],
    ],
    'src/sinks/harbor: write a simulator in sandbox/siem, and let harbor.test.ts send to it',
  ],
  [
    'the way to try a simulator',
    [['sandbox/siem/harbor.ts', `import { type Receiver, startReceiver } from './receiver.ts';\n`]],
    'sandbox/siem/harbor.ts: export TRIALS, by which node sandbox/siem/main.ts starts it for people to try',
  ],
  [
    'what makes a source',
    [['src/sources/harbor/source.yaml', '']],
    'src/sources/harbor: write index.ts, which makes the vendor with defineSource',
  ],
  [
    'what a vendor calls things',
    [['src/sources/harbor/index.ts', SOURCE]],
    'src/sources/harbor: write source.yaml, which says what the vendor calls its credentials, scopes and limits',
  ],
  [
    'the simulator of a source',
    [['src/sources/harbor/index.ts', SOURCE]],
    'src/sources/harbor: write a simulator in sandbox/harbor, so that it can be tested',
  ],
  [
    'the test of a source',
    [
      ['src/sources/harbor/index.ts', SOURCE],
      ['sandbox/harbor/simulator.ts', ''],
    ],
    'src/sources/harbor: write a test of it against sandbox/harbor',
  ],
  [
    'the name of a contract inside a feature',
    [['src/features/risks/harbor/contract.ts', 'export const harborContract = {};\n']],
    'src/features/risks/harbor/contract.ts: name harborContract in src/features/risks/contract.ts, or nobody can call it',
  ],
  [
    'the documentation of a page of the workspace',
    [
      ['web/src/features/harbor/routes.tsx', PAGE.replace('clientRoute', 'signedInRoute')],
      ['web/src/page-routes.ts', 'harborRoute'],
    ],
    'web/src/features/harbor/routes.tsx: write a line for /harbor in web/src/shell/documentation.ts: which page of docs explains it',
  ],
  [
    'the route of a page',
    [['web/src/features/harbor/harbor-page.tsx', '']],
    'web/src/features/harbor/harbor-page.tsx: write its route in routes.tsx beside it',
  ],
] satisfies readonly [string, readonly Edit[], string][])('says that %s is missing', (_, edits, says) =>
  expect(saidOf(new Map([...tree, ...(edits as [string, string][])]))).toContain(says),
);

it('an operation without a handler does not compile, nor one that changes something without its proof', () => {
  const folder = join(ROOT, `node_modules/.cache/places-${process.pid}`);
  const src = '../../../src/features';
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'harbor.ts'),
    `import { z } from 'zod';
import type { HandlersOf } from '${src}/handlers-of.ts';
import { clientParam, operationsOf } from '${src}/operation.ts';
const { get, post } = operationsOf({ feature: 'Harbor', scope: 'client', permission: 'controls.read' });
export const harborContract = {
  boats: get('/clients/{client}/boats', { title: 'List boats', cli: 'boats' })
    .input(z.object({ client: clientParam }))
    .output(z.object({ boats: z.number() })),
};
export const harborHandlers: HandlersOf<typeof harborContract> = {};
export const answered: HandlersOf<typeof harborContract> = { boats: () => ({ boats: 3 }) };
const paint = { title: 'Paint a boat', audit: 'boats.paint', cli: 'boats paint' };
export const proven = post('/clients/{client}/boats', { ...paint, proof: 'none' });
export const open = post('/clients/{client}/boats', paint);
`,
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.json',
      compilerOptions: { incremental: false, tsBuildInfoFile: null },
      include: [],
      files: ['harbor.ts'],
    }),
  );
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--checkers', '1'], {
    encoding: 'utf8',
    env: { ...process.env, GOGC: '400' },
  });
  rmSync(folder, { recursive: true });
  const [unanswered, undecided, ...more] = stdout.trim().split(/\n(?=\S)/u);
  expect(unanswered).toMatch(/harbor\.ts\(10,.*'boats' is missing/u);
  expect(undecided).toMatch(/harbor\.ts\(14,/u);
  expect(more).toEqual([]);
});

it('the first operation of a feature is listed by "npm run docs"', () => {
  const root = mkdtempSync(join(tmpdir(), 'bylaw-places-'));
  const folder = join(root, 'src/features/harbor');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'contract.ts'), 'export const harborContract = {};\n');
  writeFileSync(join(folder, 'handlers.ts'), 'export const harborHandlers = {};\n');
  const lists = appLists(root);
  rmSync(root, { recursive: true });
  expect(lists.get('src/app/contracts.ts')).toContain(
    `\nexport { harborContract as harbor } from '#features/harbor/contract.ts';\n`,
  );
  expect(lists.get('src/app/handler-loaders.ts')).toContain(
    `\n  harbor: async () => (await import('#features/harbor/handlers.ts')).harborHandlers,\n`,
  );
});

it('"npm run docs" writes those lists before it loads what reads them, so that it has to run only once', () => {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { target, typeOnly, lazy } of importsOf(readFileSync(path, 'utf8')))
      if (!typeOnly && !lazy && /^[.#]/u.test(target))
        load(target.startsWith('#') ? join(ROOT, 'src', target.slice(1)) : join(dirname(path), target));
  };
  load(join(ROOT, 'scripts/docs.ts'));
  expect(loaded.size).toBeGreaterThan(50);
  expect([...loaded].filter((path) => path.startsWith(join(ROOT, 'src/app/')))).toEqual([]);
});

it('a page is listed by "npm run docs" under the parent that its route names, which has to be there', () => {
  const root = mkdtempSync(join(tmpdir(), 'bylaw-places-'));
  const folder = join(root, 'web/src/features/harbor');
  mkdirSync(folder, { recursive: true });
  const below = PAGE.replace('harborRoute', 'boatRoute').replace('clientRoute', 'harborRoute');
  writeFileSync(join(folder, 'routes.tsx'), PAGE + below);
  const listed = pageRoutes(root);
  writeFileSync(join(folder, 'routes.tsx'), below);
  expect(() => pageRoutes(root)).toThrow(
    'web/src/features/harbor/routes.tsx: no routes.tsx exports harborRoute, the parent of boatRoute',
  );
  rmSync(root, { recursive: true });
  expect(listed).toContain(`import { boatRoute, harborRoute } from './features/harbor/routes.tsx';\n`);
  expect(listed).toMatch(
    /PAGES_OF_WORKSPACE = \[\n\] as const;[^[]*PAGES_OF_CLIENT = \[\n {2}harborRoute\.addChildren\(\[boatRoute\]\),\n\] as const/u,
  );
});

describe('in the catalogue', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bylaw-places-'));
    cpSync(join(ROOT, 'catalogue'), join(root, 'catalogue'), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const file = (path: string) => join(root, 'catalogue', path);
  const copy = (from: string, to: string, change: (text: string) => string) =>
    writeFileSync(file(to), change(readFileSync(file(from), 'utf8')));

  /** What the checks of the catalogue say of an entry. */
  function said(id: string): string[] {
    try {
      const catalogue = loadCatalogue(join(root, 'catalogue'));
      return [
        ...lintCatalogue(catalogue, join(root, 'catalogue')).map((one) => problemLine(one, 'catalogue')),
        ...checkTrace(`${root}/`, catalogue).problems,
      ].filter((line) => line.includes(id));
    } catch (error) {
      if (error instanceof CatalogueError) return error.problems.map((one) => problemLine(one, 'catalogue'));
      throw error;
    }
  }

  it('a control is its file, and "npm run docs" writes its name into the rows of the guide', () => {
    const control = 'controls/CLA-ACC-99.yaml';
    copy('controls/CLA-ACC-14.yaml', control, (text) =>
      text.replace('id: CLA-ACC-14', 'id: CLA-ACC-99').replace(/guide: \[.*\]/u, 'guide: [G1.1-06]'),
    );
    expect(said('CLA-ACC-99')).toEqual([
      expect.stringMatching(
        /^catalogue\/guide\.csv:\d+: G1\.1-06 does not name CLA-ACC-99, which says that it implements it: run "npm run docs"$/u,
      ),
    ]);
    const guide = readFileSync(file('guide.csv'), 'utf8');
    const docs = () =>
      writeFileSync(
        file('guide.csv'),
        withGuideEntries(readFileSync(file('guide.csv'), 'utf8'), loadCatalogue(join(root, 'catalogue'))),
      );
    docs();
    expect(said('CLA-ACC-99')).toEqual([]);
    copy(control, control, (text) => text.replace('guide: [G1.1-06]', 'guide: []'));
    expect(said('CLA-ACC-99')).toEqual([
      expect.stringMatching(
        /^catalogue\/guide\.csv:\d+: G1\.1-06 names CLA-ACC-99, which does not name G1\.1-06 among its rows: run "npm run docs"$/u,
      ),
    ]);
    copy(control, control, (text) =>
      text.replace('guide: []', 'guide: [G1.1-06]').replace('rule: sso-required', 'rule: harbor-held'),
    );
    expect(said('CLA-ACC-99')).toEqual([
      expect.stringMatching(
        /^catalogue\/controls\/CLA-ACC-99\.yaml:\d+: rule “harbor-held” does not exist: write it in src\/domain\/rules, and register it in the index\.ts there$/u,
      ),
    ]);
    copy(control, control, (text) => text.replace('rule: harbor-held', 'rule: sso-required'));
    copy(control, control, (text) => text.replace(/^why: /mu, 'whyever: '));
    expect(said('CLA-ACC-99')).toEqual([
      expect.stringMatching(/^catalogue\/controls\/CLA-ACC-99\.yaml:\d+: why: is missing$/u),
      expect.stringMatching(/^catalogue\/controls\/CLA-ACC-99\.yaml:\d+: .*whyever/u),
    ]);
    copy(control, control, (text) =>
      text.replace('whyever: ', 'why: ').replace('id: CLA-ACC-99', 'id: CLA-ACC-14'),
    );
    expect(said('CLA-ACC-99')).toEqual([
      'catalogue/controls/CLA-ACC-99.yaml:2: has the id CLA-ACC-14: call the file CLA-ACC-14.yaml, or give it an id of its own',
    ]);
    rmSync(file(control));
    expect(said('CLA-ACC-99')).toEqual([
      expect.stringMatching(
        /^catalogue\/guide\.csv:\d+: G1\.1-06 names CLA-ACC-99, which the catalogue does not hold: run "npm run docs"$/u,
      ),
    ]);
    docs();
    expect(readFileSync(file('guide.csv'), 'utf8')).toBe(guide);
  });

  it('a detection is its file, with examples of its own', () => {
    const detection = 'detections/CLA-DET-99.yaml';
    copy('detections/CLA-DET-45.yaml', detection, (text) =>
      text
        .replace('id: CLA-DET-45', 'id: CLA-DET-99')
        .replace('fb5b002e-ae59-5f31-8397-74d8f16e509d', 'fb5b002e-ae59-5f31-8397-74d8f16e509e'),
    );
    expect(said('CLA-DET-99')).toEqual([]);
    const whole = readFileSync(file(detection), 'utf8');
    writeFileSync(
      file(detection),
      whole.replace(/ {2}examples:\n[\s\S]*?(?= {2}facts:)/u, '  examples: []\n'),
    );
    const [fires, quiet] = ['that fires', 'that does not fire'].map(
      (which) => `catalogue/detections/CLA-DET-99.yaml: has no example ${which}`,
    );
    expect(said('CLA-DET-99')).toEqual([fires, quiet]);
    writeFileSync(file(detection), whole.replace(/^ {2}- \{ of: (?:at|above),.*\n/gmu, ''));
    expect(said('CLA-DET-99')).toEqual([fires]);
    writeFileSync(file(detection), whole.replace(/^ {2}- \{ of: below,.*\n/gmu, ''));
    expect(said('CLA-DET-99')).toEqual([quiet]);
    writeFileSync(
      file(detection),
      whole.replace('group-by: [ip]', 'group-by: [bylaw.harbor]').replaceAll('{ip}', '{harbor}'),
    );
    expect(said('CLA-DET-99')).toEqual([
      expect.stringMatching(
        /99\.yaml:\d+: names the field “bylaw\.harbor”, which Bylaw does not add: docs\//u,
      ),
      expect.stringMatching(
        /99\.yaml:\d+: names the field “harbor”, which no event that it looks at has\. /u,
      ),
    ]);
    writeFileSync(file(detection), whole.replace('id: CLA-DET-99', 'id: CLA-DET-45'));
    expect(said('CLA-DET-99')).toEqual([
      expect.stringMatching(
        /^catalogue\/detections\/CLA-DET-99\.yaml:\d+: has the id CLA-DET-45: call the file CLA-DET-45\.yaml, or give it an id of its own$/u,
      ),
    ]);
    rmSync(file(detection));
  });
});
