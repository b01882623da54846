import type { Catalogue } from '../model/catalogue.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import type { Severity, State, VerdictHead } from '../model/verdict.ts';
import { asksForCharter } from '../text/questions.ts';
import { type OpenQuestions, openQuestions, placeKey, type Unread } from './open-questions.ts';

/** A file, document or area that makes controls readable. */
export interface CoverageStep extends Pick<OpenQuestions, 'key' | 'title' | 'what' | 'answers'> {
  /** Kind of the file; null: the step is an answer, not a file. */
  readonly kind: Kind | null;
  /** Controls for which this is the preferred way. Each control that cannot be read belongs to exactly one step. */
  readonly controls: readonly string[];
  /** All controls that it could make readable, including those with another preferred way. */
  readonly unlocks: readonly string[];
  readonly severity: Severity;
}

export interface Coverage {
  /** Controls that a reading or an answer could decide: applicable, licensed, and not policy only. */
  readonly applicable: number;
  /** Those that are decided today. */
  readonly readable: number;
  /** Steps that would decide the rest, the one with the most controls first. */
  readonly steps: readonly CoverageStep[];
  /** Controls that cannot be read and for which nothing can be imported or answered. */
  readonly closed: readonly string[];
}

/** No reading decides these, so they are not counted among the readable controls. */
const NOT_DECIDED_BY_READINGS: ReadonlySet<State> = new Set([
  'not_applicable',
  'not_licensed',
  'policy_only',
]);
const SEVERITY: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

/**
 * How much of what applies can be read, and which steps would make more of it readable. A step may settle fewer
 * controls than it lists: one that needs two files asks for the second after the first is imported.
 */
export function coverageOf(catalogue: Catalogue, verdicts: readonly VerdictHead[]): Coverage {
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const counted = verdicts.filter(
    ({ state, control }) => !NOT_DECIDED_BY_READINGS.has(state) && controls.has(control),
  );
  const unread: Unread[] = [];
  const closed: string[] = [];
  for (const verdict of counted) {
    const control = controls.get(verdict.control);
    if (verdict.state !== 'cannot_read' || control === undefined) continue;
    const [first] = verdict.asks;
    if (first === undefined) closed.push(verdict.control);
    else unread.push({ control, verdict, first });
  }
  const noCharter = unread.some(({ first }) => asksForCharter(first));
  const others = new Map<string, string[]>();
  for (const one of unread)
    for (const first of one.verdict.asks.slice(1)) {
      if (first.of !== 'source') continue;
      const key = placeKey({ ...one, first }, noCharter);
      others.set(key, [...(others.get(key) ?? []), one.control.id]);
    }
  const steps = openQuestions(unread).map((group): CoverageStep => {
    const { key, title, what, answers } = group;
    const own = group.unread.map(({ control }) => control.id);
    const [, field = ''] = key.split(':');
    return {
      key,
      title,
      what,
      answers,
      kind: key.startsWith('source:') && Object.hasOwn(KINDS, field) ? (field as Kind) : null,
      controls: own,
      unlocks: [...new Set([...own, ...(others.get(key) ?? [])])],
      severity: group.unread.reduce<Severity>(
        (worst, { control }) => (SEVERITY[control.severity] > SEVERITY[worst] ? control.severity : worst),
        'low',
      ),
    };
  });
  return {
    applicable: counted.length,
    readable: counted.length - unread.length - closed.length,
    steps: steps.sort(
      (a, b) =>
        b.unlocks.length - a.unlocks.length ||
        SEVERITY[b.severity] - SEVERITY[a.severity] ||
        a.key.localeCompare(b.key),
    ),
    closed,
  };
}
