import { describe, expect, it } from 'vitest';
import { at, dana, files, keys, kim, run, staffOf } from '../rules/accounts/fixtures.ts';
import { seatsArePeople } from '../rules/accounts/seats-are-people.ts';

const withName = (name: string, more: object = {}, charter = {}) =>
  run(seatsArePeople, {
    charter,
    readings: files([dana, { ...kim, name }], [...staffOf(dana), { ...staffOf(kim)[0], ...more }]),
  });

describe('an account at the address of someone on the roster', () => {
  it('is asked about if its name is another person’s', () => {
    const o = withName('Samira Stone');
    expect(o).toMatchObject({ state: 'cannot_read', code: 'accounts.seats_are_people.other_names' });
    expect(keys(o)).toEqual([kim.email]);
    expect(o.reason).toContain('Samira Stone');
    expect(o.reason).toContain('Kim Osei');
  });
  it.each(['Kim', 'Kimberly Stone', 'Osei, K.', 'K. Osei-Stone', 'Front Desk', 'KIM OSEI'])(
    'is theirs if a word of the name is, or it names no other person: %s',
    (name) => {
      expect(withName(name).code).not.toBe('accounts.seats_are_people.other_names');
    },
  );
  it('is theirs by a former name on the roster or a decision in the charter', () => {
    expect(withName('Samira Stone', { formerNames: ['Samira Stone'] }).state).toBe('pass');
    expect(withName('Samira Stone', {}, { people: { same: [[at('kim'), 'Samira Stone']] } }).state).toBe(
      'pass',
    );
  });
});
