import { describe, expect, it } from 'vitest';
import type { MemberRow, RosterRow } from '../model/kinds.ts';
import { leastCpu } from '../testing/cpu.ts';
import { couldBeOne, likeAsked, likeKeys } from './could-be-one.ts';
import { Directory, matchPeople } from './match.ts';

const FIRST = [
  'Katherine',
  'Kate',
  'Kat',
  'Kit',
  'Bill',
  'William',
  'Will',
  'Al',
  'Jo',
  'Alexandra',
  'Sandy',
  'Ana',
];
const LAST = ['Osei', 'Osei-Hargreaves', 'Hargreaves', 'Wu', 'Anne Osei', 'M. Wu', 'de la Cruz', 'Cruz', ''];
const NAMES = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`.trim()));
const SPELLED = [
  ...NAMES,
  ...['Osei, Kate', 'Wu Li', 'Li Wu', 'OSEI Katherine', 'Ósei, Kate', '', 'Kate'],
  // Words that are property names of every JavaScript object.
  ...['Constructor Osei', 'Kate Constructor'],
  // Longer than anything that is compared.
  `Kate ${Array.from({ length: 20 }, (_, at) => `word${at}`).join(' ')} Osei`,
];

const member = (name: string, at: number) => ({ email: `m${at}@alder.example`, name }) as MemberRow;
const staff = (name: string, at: number) =>
  ({ emails: [`s${at}@alder.example`], name, formerNames: [], row: at }) as unknown as RosterRow;
const nobody = new Directory([], null);

describe('people who could be one', () => {
  it('are found by the keys of their names from either side', () => {
    for (const one of SPELLED) {
      const asked = likeAsked(one);
      for (const other of SPELLED) {
        if (couldBeOne(one, other) === null) continue;
        const keys = new Set(likeKeys(other));
        expect(
          asked.some((key) => keys.has(key)),
          `${one} · ${other}`,
        ).toBe(true);
      }
    }
  });

  it.each([
    ['first names in common', (at: number) => `${['Avery', 'Blake', 'Casey'][at % 3]} S${at}`],
    ['a surname in common', (at: number) => `N${at} Smith`],
    ['one name', () => 'Avery Smith'],
  ])('are matched among thousands with %s in linear time', async (_, name) => {
    const members = Array.from({ length: 8_000 }, (_none, at) => member(name(at), at));
    const roster = Array.from({ length: 8_000 }, (_none, at) => staff(name(at + 1), at));
    const match = () => {
      const { resembling, alone, matched } = matchPeople(members, roster, nobody, ['alder.example']);
      expect(resembling.length + alone.length + matched.length).toBe(8_000);
    };
    expect(await leastCpu(4_000, match)).toBeLessThan(4_000);
  });
});
