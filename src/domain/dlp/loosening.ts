import type { DlpTuning } from './compile.ts';
import type { OwnPattern } from './own-patterns.ts';

/** What a client sets of the rules by hand. */
type Tuned = Omit<DlpTuning, 'exact'>;

/** Whether guards would find less with the next settings, `usual` being from how many hits on a rule matters by itself. */
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

/** Whether a pattern finds all that another one does, under the same name: what is set for it is set by its name. */
function covers(a: OwnPattern, b: OwnPattern): boolean {
  return (
    a.title === b.title &&
    a.body === b.body &&
    b.starts === a.starts &&
    a.least <= b.least &&
    a.atMost >= b.atMost
  );
}
