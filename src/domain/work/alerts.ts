import { ALERT_LEVELS, type AlertLevel } from '../detections/alert-words.ts';
import { addDays } from '../model/day.ts';
import { count, names, verb } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Key of the single work item for all open alerts, on Home and under Work. */
export const ALERTS_KEY = 'alerts';

/** "Look into the open alerts: 1 critical and 2 high". */
export function alertsTitle(
  levels: readonly { readonly level: AlertLevel; readonly groups: number }[],
): string {
  return `Look into the open alerts: ${names(
    levels.map(({ level, groups }) => `${groups} ${level}`),
    levels.length,
  )}`;
}

/** All open alerts as one work item, due when the first of them is, by the catalogue's deadline for its level. */
export function alerts({ catalogue, alerts: levels, rhythms }: WorkFacts): Draft[] {
  const { alerts: rule } = catalogue.cadence;
  if (rule === undefined || levels.length === 0) return [];
  const alertsInAll = levels.reduce((sum, one) => sum + one.alerts, 0);
  const groups = levels.reduce((sum, one) => sum + one.groups, 0);
  const days = levels.flatMap(({ level, raised }) => {
    const within = rule.days[level];
    return within === undefined || raised === null ? [] : [addDays(raised, within)];
  });
  return [
    {
      key: ALERTS_KEY,
      kind: 'alert',
      title: alertsTitle(levels.filter((one) => one.groups > 0)),
      why: `${count(alertsInAll, 'alert')} in ${count(groups, 'group')} ${verb(alertsInAll, 'is', 'are')} open until someone settles ${verb(alertsInAll, 'it', 'them')}.`,
      due: days.sort()[0] ?? null,
      owner: rhythms.find(({ task, active }) => active && task === rule.owner)?.owner ?? null,
      role: rule.who,
      subject:
        ALERT_LEVELS.find((one) => levels.some(({ level, groups }) => level === one && groups > 0)) ?? null,
    },
  ];
}
// Guide: G5.1-06
