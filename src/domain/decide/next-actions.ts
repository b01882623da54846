import type { Catalogue, Control } from '../model/catalogue.ts';
import type { Severity, VerdictHead } from '../model/verdict.ts';
import { asksKey } from '../text/message.ts';

export interface NextAction {
  readonly kind: 'fix' | 'bring' | 'wait';
  /** What to do, as an imperative sentence. */
  readonly title: string;
  readonly detail: string;
  /** Controls that it settles, the one that named it first. */
  readonly controls: readonly string[];
  readonly severity: Severity;
  readonly minutes: number | null;
  readonly due: string | null;
}

const WEIGHT: Readonly<Record<Severity, number>> = { critical: 1000, high: 100, medium: 10, low: 1 };

/**
 * What to do next, in order: what is dangerous now, weighed with how many controls one act settles, then what is
 * quickest. Bringing one missing file that decides ten controls comes before a low finding.
 */
export function nextActions(catalogue: Catalogue, verdicts: readonly VerdictHead[]): readonly NextAction[] {
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const actions: (NextAction & { weight: number })[] = [];
  const bring = new Map<string, { question: string; controls: Control[]; verdicts: VerdictHead[] }>();
  for (const verdict of verdicts) {
    const control = controls.get(verdict.control);
    if (!control) continue;
    if (verdict.state === 'fail') actions.push(fix(control, verdict));
    if (verdict.state === 'pending')
      actions.push({ ...fix(control, verdict), kind: 'wait', weight: WEIGHT[control.severity] / 4 });
    if (verdict.state === 'cannot_read' && verdict.question) {
      const key = asksKey(verdict.asks);
      const group = bring.get(key) ?? { question: verdict.question, controls: [], verdicts: [] };
      group.controls.push(control);
      group.verdicts.push(verdict);
      bring.set(key, group);
    }
  }
  for (const group of bring.values()) {
    const worst = group.controls.reduce((a, b) => (WEIGHT[b.severity] > WEIGHT[a.severity] ? b : a));
    actions.push({
      kind: 'bring',
      title: group.question,
      detail:
        group.controls.length === 1
          ? (group.verdicts[0]?.reason ?? '')
          : `Decides ${group.controls.length} controls that cannot be read now.`,
      controls: group.controls.map((c) => c.id),
      severity: worst.severity,
      minutes: null,
      due: null,
      weight: group.controls.reduce((sum, c) => sum + WEIGHT[c.severity] / 2, 0),
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
    severity: control.severity,
    minutes: control.remediation.minutes,
    due: verdict.due,
    weight: WEIGHT[control.severity],
  };
}
