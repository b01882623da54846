import { addDays } from '../model/day.ts';
import { count, dayWords } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Key of the piece of work that an open alert is, on Home and under Work alike. */
export function alertKey(id: string): string {
  return `alert:${id}`;
}

/** Open alerts, each due so many days after it was raised as the catalogue says for its level. */
export function alerts({ catalogue, alerts: open, alertsInAll, rhythms }: WorkFacts): Draft[] {
  const { alerts: rule } = catalogue.cadence;
  if (rule === undefined) return [];
  const owner = rhythms.find(({ task, active }) => active && task === rule.owner)?.owner ?? null;
  const each = open.map(
    (one): Draft => ({
      key: alertKey(one.id),
      kind: 'alert',
      title: `${one.followUp ? 'Follow up' : 'Look into'} ${one.code}: ${one.title}`,
      why: `An alert of ${one.level} severity, raised on ${dayWords(one.raised)}. It is open until someone settles it.`,
      due: addDays(one.raised, rule.days[one.level] ?? 0),
      owner,
      role: rule.who,
      subject: one.id,
    }),
  );
  const more = alertsInAll - open.length;
  return more <= 0
    ? each
    : [
        ...each,
        {
          key: 'alert:more',
          kind: 'alert',
          title: `Look into ${count(more, 'more open alert')}`,
          why: 'Many at once are often one cause. See which rule raises them, and tune or silence it with a reason.',
          due: null,
          owner,
          role: rule.who,
        },
      ];
}
// Guide: G5.1-06
