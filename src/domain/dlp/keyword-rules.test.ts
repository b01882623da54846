import { expect, it, vi } from 'vitest';
import { compileRules } from './compile.ts';
import { dlpRuleSchema } from './rules.ts';
import { scan } from './scan.ts';

const KEY = `${'QWZX'.repeat(13)}MARK${'JVKB'.repeat(5)}`;

/** A rule whose word is in the middle of what it finds, and a count of how often its expression is tried. */
function marked() {
  const rules = compileRules([
    dlpRuleSchema.parse({
      id: 'marked_key',
      title: 'Marked key',
      group: 'credential',
      find: 'pattern',
      keywords: ['MARK', 'KRAM'],
      before: 60,
      least: 40,
      pattern: '(?<![A-Z])([A-Z]{52}(?:MARK|KRAM)[A-Z]{20})(?![A-Z])',
      samples: { hits: [KEY], misses: ['MARK'] },
    }),
  ]);
  const counted = { tries: 0 };
  for (const rule of rules.keywords.get('mark') ?? []) {
    if (rule.by !== 'pattern') continue;
    const { pattern } = rule;
    const exec = pattern.exec.bind(pattern);
    pattern.exec = (text) => {
      counted.tries += 1;
      return exec(text);
    };
  }
  return { rules, counted };
}

it('passes over all places before a word in one try, however often the word is repeated', () => {
  const { rules, counted } = marked();
  const text = 'MARK'.repeat(1_000);
  expect(scan(text, rules).findings).toEqual([]);
  expect(counted.tries).toBeLessThanOrEqual(text.length / 60);
});

it('compares no word with a place but those that share its rarest letter, and no name twice', () => {
  const names = Array.from({ length: 500 }, (_, at) => `provider${at}`);
  const rules = compileRules([
    dlpRuleSchema.parse({
      id: 'many_names',
      title: 'Key of many',
      group: 'credential',
      find: 'assigned',
      names,
      body: 'base62',
      length: [20, 40],
      samples: { hits: [KEY], misses: ['provider1'] },
    }),
    ...['://', 'http://', 'ldap://', 'ftp://', 'jdbc:'].map((keyword, at) =>
      dlpRuleSchema.parse({
        id: `address_${at}`,
        title: 'Address',
        group: 'credential',
        find: 'pattern',
        keywords: [keyword],
        pattern: ':x',
        samples: { hits: [KEY], misses: ['http'] },
      }),
    ),
  ]);
  const small = vi.spyOn(String.prototype, 'toLowerCase');
  const calls = (text: string) => {
    small.mockClear();
    scan(text, rules);
    return small.mock.calls.length;
  };
  try {
    expect(calls('provider7-client-v1'.repeat(1_000))).toBeLessThan(3_000);
    expect(calls('://'.repeat(1_000))).toBeLessThan(3_000);
  } finally {
    small.mockRestore();
  }
});

it('finds a word among letters whose small forms are longer', () => {
  const rules = compileRules([
    dlpRuleSchema.parse({
      id: 'locker',
      title: 'Code of a locker',
      group: 'credential',
      find: 'pattern',
      keywords: ['kilit kodu', 'dolap'],
      pattern: '(?:kilit kodu|dolap): (\\d{4})',
      samples: { hits: ['kilit kodu: 4821'], misses: ['kilit kodu'] },
    }),
  ]);
  const text = 'İİİ Kilit kodu: 4821, DOLAP: 7731 İİ';
  expect(scan(text, rules).findings.map(({ start, end }) => text.slice(start, end))).toEqual([
    '4821',
    '7731',
  ]);
});

it('finds what a name repeats that the expression gave it', () => {
  const rules = compileRules([
    dlpRuleSchema.parse({
      id: 'said_twice',
      title: 'Said twice',
      group: 'credential',
      find: 'pattern',
      keywords: ['again'],
      before: 8,
      pattern: '(?<said>[a-z]{3})-again-\\k<said>(?![a-z])',
      samples: { hits: ['abc-again-abc'], misses: ['abc-again-abd'] },
    }),
  ]);
  const text = 'abc-again-abd abc-again-abc';
  expect(scan(text, rules).findings.map(({ start, end }) => text.slice(start, end))).toEqual(['abc']);
});

it('finds what begins where nothing was found for a word before', () => {
  const { rules } = marked();
  for (const before of ['MARK '.repeat(20), 'MARK.KRAM.'.repeat(12), `${'A'.repeat(30)}MARK-`, 'KRAM=']) {
    const text = `${before}${KEY} and ${KEY}`;
    expect(scan(text, rules).findings.map(({ start, end }) => text.slice(start, end))).toEqual([KEY, KEY]);
  }
});

const EXACT_KEY = '7Kq2mZx9Lw4Tb8Rn1Vc6';

/** What is found with a provider whose keys begin with `vend_` and have 20 characters, and the form of keys of all others. */
function found(text: string): readonly string[] {
  const common = { group: 'credential', samples: { hits: ['x'], misses: ['y'] } } as const;
  const rules = compileRules([
    dlpRuleSchema.parse({
      ...common,
      id: 'vendor_key',
      title: 'Key of a vendor',
      find: 'token',
      starts: ['vend_'],
      body: 'base62',
      length: [20, 20],
    }),
    dlpRuleSchema.parse({ ...common, id: 'any_key', title: 'Any key', find: 'generated', not: ['sha512'] }),
  ]);
  return scan(text, rules).findings.map(({ rule, start, end }) => `${rule} ${text.slice(start, end)}`);
}

it('finds a key of a provider of another length, but no words after its beginning', () => {
  const longer = `vend_${EXACT_KEY}Yd3Hs5Jf`;
  expect(found(`it runs with vend_${EXACT_KEY} now`)).toEqual([`vendor_key vend_${EXACT_KEY}`]);
  expect(found(`it runs with ${longer} now`)).toEqual([`vendor_key ${longer}`]);
  // Two keys copied one after the other.
  expect(found(`vend_${EXACT_KEY}vend_${EXACT_KEY}`)).toHaveLength(1);
  expect(found('see vend_members_of_the_board_and_its_committees_2026')).toEqual([]);
});

it('finds the key of a provider that no rule knows, and no id, hash, path or name', () => {
  const key = `othr_${EXACT_KEY}Yd3Hs5Jf0Gp2`;
  for (const text of [`it has ${key} now`, `PORTAL=${key}`, `"${key}"`])
    expect(found(text)).toEqual([`any_key ${key}`]);
  for (const text of [
    `"integrity": "sha512-${EXACT_KEY}Yd3Hs5Jf0Gp2"`,
    `https://example.org/${key}`,
    `https://example.org/?page=${key}`,
    `the folder files/${key}/2026`,
    'minutes-of-the-board-and-of-its-committees-2026-11-14-final2',
  ])
    expect(found(text)).toEqual([]);
});
