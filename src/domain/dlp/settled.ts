import type { CompiledRules } from './compile.ts';
import type { Finding, Rank } from './finding.ts';

const ORDER = { low: 0, medium: 1, high: 2 } as const;

/**
 * Among overlapping findings, keeps the one with the highest precedence: member list, rules that guards block, higher
 * confidence, closer and longer keyword, longer finding.
 */
export function settled(
  found: Finding[],
  { rules }: CompiledRules,
  ranks: ReadonlyMap<Finding, Rank>,
): readonly Finding[] {
  const distance = (one: Finding) => ranks.get(one)?.distance ?? one.because.distance ?? 0;
  const word = (one: Finding) => ranks.get(one)?.word ?? one.because.near?.length ?? 0;
  const looks = ({ rule }: Finding) => Number(rules.get(rule)?.lookOnly === true);
  const better = (a: Finding, b: Finding) =>
    Number(b.because.check === 'member_list') - Number(a.because.check === 'member_list') ||
    looks(a) - looks(b) ||
    ORDER[b.confidence] - ORDER[a.confidence] ||
    distance(a) - distance(b) ||
    word(b) - word(a) ||
    b.end - b.start - (a.end - a.start);
  found.sort((a, b) => a.start - b.start || better(a, b));
  const kept: Finding[] = [];
  for (const one of found) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end) kept.push(one);
    else if (better(one, last) < 0) kept[kept.length - 1] = one;
  }
  return kept;
}
