import type { DlpTuning } from './compile.ts';
import type { OwnPattern } from './own-patterns.ts';

/** A client's manual settings of the rules. */
type Tuned = Omit<DlpTuning, 'exact'>;

/** Whether guards would find less with the next settings. `usual` is the default threshold of a rule. */
export function loosensTuning(was: Tuned, next: Tuned, usual: (rule: string) => number): boolean {
  const least = ({ atLeast }: Tuned, rule: string) => atLeast[rule] ?? usual(rule);
  return (
    next.off.some((rule) => !was.off.includes(rule)) ||
    next.allowed.some((value) => !was.allowed.includes(value)) ||
    was.memberNumbers.some((form) => !next.memberNumbers.includes(form)) ||
    was.patterns.some((one) => !next.patterns.some((other) => covers(other, one))) ||
    [...Object.keys(was.atLeast), ...Object.keys(next.atLeast)].some(
      (rule) => least(next, rule) > least(was, rule),
    )
  );
}

/** Whether a pattern finds everything that another one with the same name does: settings refer to a pattern by name. */
function covers(a: OwnPattern, b: OwnPattern): boolean {
  return (
    a.title === b.title &&
    a.body === b.body &&
    b.starts === a.starts &&
    a.least <= b.least &&
    a.atMost >= b.atMost
  );
}
