import { describe, expect, it } from 'vitest';
import { foreignDomainsIn, ownersIn } from './noted-values.ts';
import { asksOnlyOwner, saysNoPlan } from './recovery-plan.ts';

const OURS = ['alder.example.org', 'alder-foundation.example.org'];

describe('what a note lists', () => {
  it.each([
    ['Our own domains and gmail.com.', ['gmail.com']],
    [
      'alder.example.org, alder-foundation.example.org; outlook.com will be removed next week.',
      ['outlook.com'],
    ],
    ['Liste: alder.example.org und auch gmx.de', ['gmx.de']],
    ['alder.example.org, parkconsult.com', ['parkconsult.com']],
    ['@gmail.com is there', ['gmail.com']],
    ['Only ALDER.example.org and alder-foundation.example.org are in the list; gmail.com is not.', []],
    ['gmail.com was removed on Monday. Ours remain: alder.example.org.', []],
    ['None of gmail.com, outlook.com is in the list.', []],
    ['Seen at claude.ai by kim@msp.com, see list.png, e.g. the second page.', []],
  ] as const)('has other domains than ours: %s', (note, found) => {
    expect(foreignDomainsIn(note, OURS)).toEqual(found);
  });
  it.each([
    ['Owners: Dana (primary), Ines, Priya, Noor.', 4],
    ['One Primary Owner and two more owners (Ines, Priya)', 3],
    ['3 owners', 3],
    ['Drei Eigentümer', 3],
    ['Un propriétaire principal et deux propriétaires', 3],
    ['Two owners: Dana and Ines', 2],
    ['One Primary Owner and one owner', 2],
    ['Dana is Primary Owner, Ines the other owner; at most 3 owners', 0],
    ['Seen.', 0],
  ] as const)('has a number of owners: %s', (note, owners) => {
    expect(ownersIn(note)).toBe(owners);
  });
});

describe('a recovery plan', () => {
  it.each([
    'The recovery codes could not be found; nobody can reset the mailbox.',
    'Codes are lost.',
    'Niemand kann das Postfach zurücksetzen.',
    'Les codes sont introuvables.',
    'Nadie puede restablecer el buzón.',
    'De codes zijn kwijt.',
  ])('says that it cannot be carried out: %s', (plan) => {
    expect(saysNoPlan(plan)).toBe(true);
  });
  it.each([
    'If the codes are lost, Renata Osei resets the mailbox.',
    'No one but Renata can reset the mailbox; she holds the codes in the safe.',
    'Renata Osei holds the codes. When nobody can sign in, she calls support.',
  ])('may speak of loss: %s', (plan) => {
    expect(saysNoPlan(plan)).toBe(false);
  });
  it('is none if it says only to ask the owner', () => {
    const owner = ['dana.whitlock@alder.example.org', 'Dana Whitlock'];
    expect(asksOnlyOwner('Ask Dana.', owner)).toBe(true);
    expect(asksOnlyOwner('Call Dana Whitlock', owner)).toBe(true);
    expect(asksOnlyOwner('Ask Renata Osei.', owner)).toBe(false);
    expect(asksOnlyOwner('Ask Dana, who keeps the codes in the safe.', owner)).toBe(false);
  });
});
