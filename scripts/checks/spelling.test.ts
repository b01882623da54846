import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkNames, checkSpelling } from './spelling.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-spelling-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('names the line of each British word: in texts, names and comments', () => {
  write('catalogue/controls/CLA-ACC-01.yaml', 'title: One\nwhy: Whoever leaves the organisation keeps it.\n');
  write('src/features/one.ts', '/** Recognised by color. */\nconst otherOrganisation = licences;\n');
  write('web/src/page.css', '.normalised {\n}\n');
  expect(checkSpelling(root).map((problem) => problem.replace(/ is British.*/u, ''))).toEqual([
    'catalogue/controls/CLA-ACC-01.yaml:2: "organisation"',
    'src/features/one.ts:1: "Recognised"',
    'src/features/one.ts:2: "otherOrganisation"',
    'src/features/one.ts:2: "licences"',
    'web/src/page.css:1: "normalised"',
  ]);
});

it('names sentences about leavers, and leaves ids alone', () => {
  write(
    'catalogue/risks/one.yaml',
    "id: leavers_keep\ntitle: Leavers who stay\nwhy: Ask the leaver's manager.\n",
  );
  write('catalogue/reviews/one.yaml', 'items:\n  - id: leavers\n    escalates: [ leavers ]\n');
  write('docs/one.md', 'People leave. A leaver loses the seat.\n');
  expect(checkSpelling(root).map((problem) => problem.replace(/: a “leaver”.*/u, ''))).toEqual([
    'catalogue/risks/one.yaml:2',
    'catalogue/risks/one.yaml:3',
    'docs/one.md:1',
  ]);
});

it('allows the spelling of others where they use it', () => {
  write('catalogue/activities/one.yaml', 'events:\n  platform_dream_cancelled: { category: session }\n');
  write('src/sources/exports/words/fr.ts', "export const ROLE = 'rôle d organisation';\n");
  expect(checkSpelling(root)).toEqual([]);
  write('src/features/two.ts', "const event = 'platform_dream_cancelled';\n");
  expect(checkSpelling(root)).toHaveLength(1);
});

it('flags each name for which the field has another word, and ignores sentences', () => {
  write(
    'src/features/one.ts',
    "const MOST_ROWS = 4;\nconst PATIENCE = 50;\n// What each source told, anew.\nconst says = 'told';\n",
  );
  write('web/src/two.tsx', 'interface Props {\n  readonly standing: string;\n}\nfunction standingOf() {}\n');
  expect(checkNames(root)).toEqual([
    'src/features/one.ts:1: "MOST_ROWS": say MAX_… or max',
    'src/features/one.ts:2: "PATIENCE": say TIMEOUT_MS, MAX_FAILURES or what else it limits, with its unit',
    'web/src/two.tsx:2: "standing": say status',
    'web/src/two.tsx:4: "standingOf": say status',
  ]);
});

it('flags the house’s own words for a failed delivery, a verified account and an outcome', () => {
  write(
    'src/own.ts',
    'const letterSchema = 1;\nfunction markProven() {}\nconst fates = [];\nconst letter = "a";\n',
  );
  expect(checkNames(root)).toEqual([
    'src/own.ts:1: "letterSchema": say mail, or failed delivery',
    'src/own.ts:2: "markProven": say verified account',
    'src/own.ts:3: "fates": say outcome',
  ]);
});

it('names limits and intervals that say neither what they count nor in which unit', () => {
  write(
    'src/limits.ts',
    'const AT_ONCE = 4;\nconst LONGEST_TEXT = 60;\nconst SEEN_EVERY = 1;\nconst MAX_CONCURRENT_READS = 4;\n',
  );
  expect(checkNames(root)).toEqual([
    'src/limits.ts:1: "AT_ONCE": say MAX_CONCURRENT_…, or MAX_… with PER_ and what it is a part of',
    'src/limits.ts:2: "LONGEST_TEXT": say MAX_… with what it counts and its unit',
    'src/limits.ts:3: "SEEN_EVERY": say RETRY_MS, CACHE_MS, …_INTERVAL_MS or what it times',
  ]);
});
