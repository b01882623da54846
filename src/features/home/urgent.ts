import { URGENT_LEVELS } from '#domain/detections/alert-words.ts';
import { count, verb } from '#domain/text/words.ts';
import { ALERTS_KEY, alertsTitle } from '#domain/work/alerts.ts';
import type { OpenAlerts } from '../alerts/index.ts';
import type { UrgentDrift } from '../drift/index.ts';
import type { Task } from './do-now.ts';

/** Open alerts as one task if one of them is urgent: what happens now comes before findings in files. */
export function alertTask({ levels, worst }: OpenAlerts): Task[] {
  const [first] = levels;
  const severity = URGENT_LEVELS.find((one) => one === first?.level);
  if (severity === undefined || worst === null) return [];
  return [
    {
      key: ALERTS_KEY,
      kind: 'fix',
      verb: 'alert',
      state: 'fail',
      title: alertsTitle(levels),
      detail: `The most severe: ${worst.words ?? `${worst.title}.`}`,
      controls: [],
      severity,
      minutes: null,
      due: null,
      late: false,
      subject: null,
    },
  ];
}

/**
 * The tasks, with urgent drift and who caused it in place of the control that lists it, so that nothing is shown twice.
 * If no control fails because of it, it is a task of its own.
 */
export function withDrift(actions: readonly Task[], drift: readonly UrgentDrift[]): readonly Task[] {
  const [first, ...more] = drift;
  if (first === undefined) return actions;
  const undecided = drift.filter(({ restoring }) => !restoring).length;
  const who = first.who === null ? '' : ` ${first.who}.`;
  const rest = more.length === 0 ? '' : ` And ${count(more.length, 'more difference')}.`;
  const found = {
    kind: 'fix',
    verb: 'drift',
    state: 'fail',
    title:
      undecided === 0
        ? `Prove that ${count(drift.length, 'urgent difference')} from the charter ${verb(drift.length, 'was', 'were')} put back`
        : `Decide on ${count(undecided, 'urgent difference')} from the charter`,
    detail: `${first.label}: ${first.words}${who}${rest}`,
    severity: 'critical',
    subject: first.key,
  } as const;
  const listed = new Set(drift.flatMap(({ controls }) => controls));
  const at = actions.findIndex(
    ({ kind, controls }) => kind === 'fix' && controls.some(({ id }) => listed.has(id)),
  );
  if (at < 0)
    return [
      { key: `drift:${first.key}`, ...found, controls: [], minutes: null, due: null, late: false },
      ...actions,
    ];
  return actions.map((action, index) => (index === at ? { ...action, ...found } : action));
}
