import { expect, it } from 'vitest';
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

it('tries a rule at each place of a text once, however often its word is repeated', () => {
  const { rules, counted } = marked();
  const text = 'MARK'.repeat(1_000);
  expect(scan(text, rules).findings).toEqual([]);
  expect(counted.tries).toBeLessThanOrEqual(text.length);
});

it('finds what begins where nothing was found for a word before', () => {
  const { rules } = marked();
  for (const before of ['MARK '.repeat(20), 'MARK.KRAM.'.repeat(12), `${'A'.repeat(30)}MARK-`, 'KRAM=']) {
    const text = `${before}${KEY} and ${KEY}`;
    expect(scan(text, rules).findings.map(({ start, end }) => text.slice(start, end))).toEqual([KEY, KEY]);
  }
});
