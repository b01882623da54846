import { expect, it } from 'vitest';
import { checksumOf, type Migration } from '../../src/store/migrate.ts';
import { checkMigrations } from './migrations.ts';

const step = (name: string, statement = `create table t${name} (x int)`): Migration => ({
  name,
  statements: [statement],
});
const committed = [step('001-a'), step('003-c')].map((one) => `${one.name} ${checksumOf(one)}`);
const check = (...migrations: Migration[]) => checkMigrations(migrations, committed).join('\n');

it('accepts committed migrations that are unchanged', () => {
  expect(check(step('001-a'), step('003-c'))).toBe('');
});

it('refuses a change to a committed migration', () => {
  expect(check(step('001-a', 'select 1'), step('003-c'))).toContain(
    '001-a was committed and does something else',
  );
});

it('refuses a step before the last committed one', () => {
  expect(check(step('001-a'), step('002-b'), step('003-c'))).toContain('003-c was committed as number 2');
});

it('refuses to drop a step', () => {
  expect(check(step('001-a'))).toContain('003-c was committed and is gone');
});

it('requires a new step to be on the list and in order', () => {
  expect(check(step('001-a'), step('003-c'), step('004-d'))).toContain('004-d is not on');
  expect(check(step('001-a'), step('003-c'), step('002-d'))).toContain('002-d does not follow 003-c');
});
