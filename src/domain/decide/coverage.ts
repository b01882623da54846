import type { Catalogue } from '../model/catalogue.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import type { Severity, State, VerdictHead } from '../model/verdict.ts';
import { asksForCharter } from '../text/asked.ts';
import { type OpenQuestions, openQuestions, placeKey, type Unread } from './open-questions.ts';

/** One file, document or area that makes controls readable. */
export interface CoverageStep extends Pick<OpenQuestions, 'key' | 'title' | 'what' | 'answers'> {
  /** The kind of file that it is; null: an answer and no file. */
  readonly kind: Kind | null;
  /** Controls that ask for it before anything else. Each control that cannot be read is in one step. */
  readonly controls: readonly string[];
  /** Controls that it may make readable, those included that would rather be settled another way. */
  readonly unlocks: readonly string[];
  readonly severity: Severity;
}

export interface Coverage {
  /** Controls that some reading or answer could decide: applicable, licensed, and not of the policy alone. */
  readonly applicable: number;
  /** Those of them that are decided today. */
  readonly readable: number;
  /** What brings the rest, most controls first. */
  readonly steps: readonly CoverageStep[];
  /** Controls that cannot be read and for which nothing can be brought or answered. */
  readonly closed: readonly string[];
}

/** No reading decides these, so they are no part of the share that can be read. */
const APART: ReadonlySet<State> = new Set(['not_applicable', 'not_licensed', 'policy_only']);
const SEVERITY: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

/**
 * How much of what applies can be read, and what would make more of it so. A step may turn out to settle less: a control
 * that needs two files asks for the second once the first is there.
 */
export function coverageOf(catalogue: Catalogue, verdicts: readonly VerdictHead[]): Coverage {
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const counted = verdicts.filter(({ state, control }) => !APART.has(state) && controls.has(control));
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
