import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { operations } from '../../src/app/operations.ts';
import { checkCalls, checkGroups, checkPages } from './operations.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [first] = operations().filter(({ path }) => path.join('.') === 'microsoftTenant.show');
const one = first === undefined ? [] : [first];
const NAME = 'microsoftTenant.show';
const WHAT =
  'call it in a test of src/features/microsoft-tenant, then run "npm run examples src/features/microsoft-tenant"';

it('finds a test and a page for every operation of this project, and words for each group of commands', () =>
  expect([...checkCalls(ROOT), ...checkPages(ROOT), ...checkGroups(ROOT)]).toEqual([]));

it('names an operation without an example, and one whose example nobody answered', () => {
  expect(checkCalls(ROOT, one, new Map())).toEqual([
    `${NAME}: has no example, so no test has carried it out: ${WHAT}`,
  ]);
  expect(checkCalls(ROOT, one, new Map([[NAME, { from: 'schema' }]]))).toEqual([
    `${NAME}: its example is made up, so no test has carried it out: ${WHAT}`,
  ]);
  expect(checkCalls(ROOT, one, new Map([[NAME, { from: 'answer' }]]))).toEqual([]);
});

it('names a group of commands without its line of help', () => {
  const grouped = one.map((operation) => ({
    ...operation,
    meta: { ...operation.meta, cli: 'boats harbor paint' },
  }));
  expect(checkGroups(ROOT, grouped)).toEqual([
    'the group of commands “boats” has no description: write it under ABOUT in src/cli/remote/groups.ts',
    'the group of commands “boats harbor” has no description: write it under ABOUT in src/cli/remote/groups.ts',
  ]);
});

it('names an operation that no page uses and that does not say why, and one that says so and is used', () => {
  const [unused] = operations().filter(({ meta }) => (meta.noPage ?? '') !== '');
  if (unused === undefined) throw new Error('each operation is used by a page');
  const { noPage: _, ...silent } = unused.meta;
  expect(checkPages(ROOT, [unused])).toEqual([]);
  expect(checkPages(ROOT, [{ ...unused, meta: silent }])).toEqual([
    `${unused.path.join('.')}: no page uses it: call it from a page, or say in its contract under \`noPage\` why none does`,
  ]);
  expect(checkPages(ROOT, one)).toEqual([]);
  expect(
    checkPages(
      ROOT,
      one.map((used) => ({ ...used, meta: { ...used.meta, noPage: 'why' } })),
    ),
  ).toEqual([
    `${NAME}: a page uses it, although its contract says under \`noPage\` why none does: remove that`,
  ]);
});
