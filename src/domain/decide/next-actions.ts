import type { Catalogue, Control } from '../model/catalogue.ts';
import type { Severity, VerdictHead } from '../model/verdict.ts';
import { type AskedAt, asksKey, questionText } from '../text/message.ts';
import { type OpenQuestions, openQuestions, type Unread } from './open-questions.ts';

export interface NextAction {
  readonly kind: 'fix' | 'bring' | 'wait';
  /** What to do, in the imperative. */
  readonly title: string;
  readonly detail: string;
  /** Controls that it settles; the first is the one that named it. */
  readonly controls: readonly string[];
  /** Questions of the charter that it answers, by id; only in the console. */
  readonly answers: readonly string[];
  /** Document, file or area that settles it; null: it is identified by its controls. */
  readonly place: string | null;
  readonly severity: Severity;
  readonly minutes: number | null;
  readonly due: string | null;
}

const WEIGHT: Readonly<Record<Severity, number>> = { critical: 1000, high: 100, medium: 10, low: 1 };

/**
 * What to do next, in order: current risk, weighted by how many controls one act settles, then what is quickest.
 * Importing one file that decides ten controls comes before a low finding. In the console, "cannot read" is grouped by
 * the document, file or area that settles it; for a folder, by the question itself.
 */
export function nextActions(
  catalogue: Catalogue,
  verdicts: readonly VerdictHead[],
  at: AskedAt,
): readonly NextAction[] {
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const actions: (NextAction & { weight: number })[] = [];
  const unread: Unread[] = [];
  for (const verdict of verdicts) {
    const control = controls.get(verdict.control);
    if (!control) continue;
    if (verdict.state === 'fail') actions.push(fix(control, verdict));
    if (verdict.state === 'pending')
      actions.push({ ...fix(control, verdict), kind: 'wait', weight: WEIGHT[control.severity] / 4 });
    const [first] = verdict.asks;
    if (verdict.state === 'cannot_read' && first !== undefined) unread.push({ control, verdict, first });
  }
  for (const group of at === 'console' ? openQuestions(unread) : byQuestion(unread)) {
    const { title, what, answers } = group;
    const [only] = group.unread;
    const worst = group.unread.reduce(
      (a, { control: b }) => (WEIGHT[b.severity] > WEIGHT[a] ? b.severity : a),
      'low' as Severity,
    );
    actions.push({
      kind: 'bring',
      title,
      detail: [
        what,
        group.unread.length === 1
          ? only?.verdict.reason
          : `Decides ${group.unread.length} controls that cannot be read now.`,
      ]
        .filter((part) => part != null)
        .join(' '),
      controls: group.unread.map(({ control }) => control.id),
      answers,
      place: at === 'console' ? group.key : null,
      severity: worst,
      minutes: null,
      due: null,
      weight: group.unread.reduce((sum, { control }) => sum + WEIGHT[control.severity] / 2, 0),
    });
  }
  return actions
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        (a.minutes ?? 30) - (b.minutes ?? 30) ||
        (a.controls[0] ?? '').localeCompare(b.controls[0] ?? ''),
    )
    .map(({ weight: _, ...action }) => action);
}

function fix(control: Control, verdict: VerdictHead): NextAction & { weight: number } {
  return {
    kind: 'fix',
    title: control.action,
    detail: verdict.reason,
    controls: [control.id],
    answers: [],
    place: null,
    severity: control.severity,
    minutes: control.remediation.minutes,
    due: verdict.due,
    weight: WEIGHT[control.severity],
  };
}

/** For a folder, each question separately with its own answer. */
function byQuestion(unread: readonly Unread[]): readonly OpenQuestions[] {
  return [...Map.groupBy(unread, ({ verdict }) => asksKey(verdict.asks))].map(([key, group]) => ({
    key,
    title: questionText(group[0]?.verdict.asks ?? [], 'file') ?? '',
    what: null,
    answers: [],
    unread: group,
  }));
}
