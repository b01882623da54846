import { expect, it } from 'vitest';
import {
  daysOf,
  EXACT_KINDS,
  exactEntries,
  exactList,
  findExact,
  isExactIndex,
  makeExactIndex,
  NORMAL,
  nameAndBirth,
} from './exact.ts';
import { siphash } from './siphash.ts';

const KEY = '000102030405060708090a0b0c0d0e0f';

it('hashes as the authors of SipHash published', () => {
  const key = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c] as const;
  const bytes = (many: number) =>
    Array.from({ length: many / 2 }, (_, at) => String.fromCharCode(2 * at + ((2 * at + 1) << 8))).join('');
  const hex = (many: number) => {
    const out = Buffer.alloc(8);
    for (const [at, word] of siphash(bytes(many), key).entries()) out.writeUInt32LE(word, at * 4);
    return out.toString('hex');
  };
  expect([0, 2, 4, 8, 14].map(hex)).toEqual([
    '310e0edd47db6f72',
    '5a4fa9d909806c0d',
    'b7877127e09427cf',
    '6224939a79f5f593',
    'eef27a8e90ca23f7',
  ]);
});

it('finds what is in the list in any spelling, and the index contains none of the list', () => {
  const hashes = makeExactIndex(
    [
      ['mail', NORMAL.mail(' Ann.Lee@Example.org ') ?? ''],
      ['phone', NORMAL.phone('+1 (415) 555-0132') ?? ''],
      ['member_number', NORMAL.member_number('AL-1234-B') ?? ''],
      ['name_and_birth', nameAndBirth('José', 'O’Neill', '1980-12-31') ?? ''],
    ],
    KEY,
  );
  expect(exactEntries(hashes)).toBe(4);
  expect(isExactIndex(hashes)).toBe(true);
  expect(isExactIndex(hashes.toReversed())).toBe(false);
  expect(isExactIndex(hashes.slice(1))).toBe(false);
  const found = (text: string, key = KEY) => {
    const values: string[] = [];
    const list = exactList({ key, hashes });
    findExact(text, text.length, list, { id: 'known_member', group: 'membership' }, ({ start, end }) =>
      values.push(text.slice(start, end)),
    );
    return values;
  };
  expect(found('Write to ANN.LEE@example.org or call 415.555.0132 about al1234b.')).toEqual([
    'ANN.LEE@example.org',
    '415.555.0132',
    'al1234b',
  ]);
  for (const text of [
    'José O’Neill, born 12/31/1980',
    'jose;x\nO’NEILL, JOSÉ;31.12.1980',
    'Member Oneill Jose (1980-12-31)',
  ])
    expect([text, found(text).length]).toEqual([text, 2]);
  expect(found('José O’Neill, born 12/30/1980, bob@example.org, 415-555-0133, AL-1234-C')).toEqual([]);
  expect(found('ann.lee@example.org', KEY.replace('0f', '1f'))).toEqual([]);
});

it('never mistakes a stranger for a member: none of 200,000 values in an index of 20,000', () => {
  const members = Array.from({ length: 20_000 }, (_, at) => ['mail', `member${at}@example.org`] as const);
  const list = exactList({ key: KEY, hashes: makeExactIndex(members, KEY) });
  let taken = 0;
  for (let at = 0; at < 50_000; at += 1)
    for (const kind of EXACT_KINDS) if (list.has(kind, `stranger${at}@example.org`)) taken += 1;
  expect(taken).toBe(0);
  expect(members.every(([kind, value]) => list.has(kind, value))).toBe(true);
});

it('reads an ambiguous day in every way, and leaves out values that are too common', () => {
  expect(daysOf('1980-2-3')).toEqual(['1980-02-03']);
  expect(daysOf('03/02/1980')).toEqual(['1980-03-02', '1980-02-03']);
  expect(daysOf('31.12.1980')).toEqual(['1980-12-31']);
  expect([NORMAL.phone('555-0132'), NORMAL.member_number('1234'), NORMAL.member_number('member')]).toEqual([
    null,
    null,
    null,
  ]);
});
// Guide: G8-08
