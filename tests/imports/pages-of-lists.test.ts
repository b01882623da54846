import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';

/** Pages of one list in several files add up to the list if each says which part it is. */

const staff = Array.from({ length: 12 }, (_, at) => ({
  name: `${'Ada Ben Cal Dee Eve Fay Gus Hal Ivy Jon Kit Lea'.split(' ')[at]} Quist`,
  email: `p${at}@alder.example.org`,
}));
const rows = (from: number, to: number) =>
  staff.slice(from - 1, to).map(({ name, email }) => `${name},${email},Active`);
const page = (from: number, to: number, note: string) =>
  [`${note}`, 'Employee Name,Work Email,Employment Status', ...rows(from, to), ''].join('\n');
const MEMBERS = [
  'Name,Email,Role,Status',
  ...staff.map(({ name, email }, at) => `${name},${email},${at === 0 ? 'Primary Owner' : 'User'},Active`),
  '',
].join('\n');

const current = async (files: Readonly<Record<string, string>>) => {
  const { verdict } = await assessing({
    files: { 'members 2026-11-23.csv': MEMBERS, ...files },
    charter: { version: 1, accountOwner: staff[0]?.email },
  });
  return verdict('CLA-ACC-07');
};
const A = 'staff 1 2026-11-23.csv';
const B = 'staff 2 2026-11-23.csv';
const C = 'staff 3 2026-11-23.csv';

describe('pages of one list in several files', () => {
  it('are the list if together they are all of it', async () => {
    const whole = await current({
      [A]: page(1, 5, 'Rows 1-5 of 12'),
      [B]: page(6, 12, 'Rows 6-12 of 12'),
    });
    expect([whole.state, whole.reason]).toEqual(['pass', expect.stringContaining('the roster of 12')]);
    const byPage = await current({ [A]: page(1, 5, 'Page 1 of 2'), [B]: page(6, 12, 'Page 2 of 2') });
    expect(byPage.state).toBe('pass');
    const byName = await current({
      'staff 1-5 of 12 2026-11-23.csv': page(1, 5, 'Staff'),
      'staff 6-12 of 12 2026-11-23.csv': page(6, 12, 'Staff'),
    });
    expect(byName.state).toBe('pass');
  });

  it('ask for what is missing', async () => {
    const found = await current({
      [A]: page(1, 5, 'Rows 1-5 of 12'),
      [B]: page(9, 12, 'Rows 9-12 of 12'),
    });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('rows 6–8 of 12'),
      question: expect.stringContaining('Import rows 6–8 of 12 of the staff roster too'),
    });
    expect((await current({ [B]: page(6, 12, 'Page 2 of 2') })).question).toContain('page 1 of 2');
  });

  it('are not joined if they do not fit together', async () => {
    for (const files of [
      // Different totals, overlapping pages, and a page with fewer lines than it states.
      { [A]: page(1, 5, 'Rows 1-5 of 13'), [B]: page(6, 12, 'Rows 6-12 of 12') },
      { [A]: page(1, 6, 'Rows 1-6 of 12'), [B]: page(6, 12, 'Rows 6-12 of 12') },
      { [A]: page(1, 4, 'Rows 1-5 of 12'), [B]: page(6, 12, 'Rows 6-12 of 12') },
      // One is filtered as well.
      {
        [A]: page(1, 5, 'Rows 1-5 of 12'),
        [B]: page(6, 9, 'Rows 6-9 of 12'),
        [C]: `Filter: Department = Programs\n${page(10, 12, 'Rows 10-12 of 12')}`,
      },
      // Of another day.
      { [A]: page(1, 5, 'Rows 1-5 of 12'), 'staff 2 2026-11-20.csv': page(6, 12, 'Rows 6-12 of 12') },
    ])
      expect((await current(files)).state, JSON.stringify(Object.keys(files))).toBe('cannot_read');
  });
});
