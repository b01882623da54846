import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { operations } from '../../src/app/operations.ts';
import { checkCalls, checkGroups } from './operations.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [first] = operations().filter(({ path }) => path.join('.') === 'microsoftTenant.show');
const one = first === undefined ? [] : [first];
const NAME = 'microsoftTenant.show';
const WHAT =
  'call it in a test of src/features/microsoft-tenant, then run "npm run examples src/features/microsoft-tenant"';

it('finds a test for every operation of this project, and words for each group of commands', () =>
  expect([...checkCalls(ROOT), ...checkGroups(ROOT)]).toEqual([]));

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
    'the group of commands "boats" has no description: write it under ABOUT in src/cli/remote/groups.ts',
    'the group of commands "boats harbor" has no description: write it under ABOUT in src/cli/remote/groups.ts',
  ]);
});
