import { daysBetween } from '../../model/day.ts';
import type { CheckContext } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import { tablesUpTo } from './earlier-tables.ts';
import { eventLines } from './events.ts';
import { type ObservedConnector, readTable } from './table.ts';

/** Days for which a connectors table is current, as in the controls that compare it with the charter. */
const TABLE_DAYS = 45;

/**
 * Why a table may not cover every connector: an earlier table that is still current showed a connector as on, and the
 * newest one does not list it. That does not mean that it is off, so nothing passes until a line or an event says so.
 * null: there is none.
 */
export function noLongerListed(
  context: CheckContext,
  newest: { readonly on: string; readonly connectors: readonly ObservedConnector[] },
): { readonly code: string; readonly why: string; readonly howToGet: Ask } | null {
  const { catalogue, today, profile } = context;
  const events = profile.claudePlan === 'enterprise' ? context.events() : null;
  const earlier = tablesUpTo(context, today)
    .filter(({ day }) => day < newest.on && daysBetween(day, today) <= TABLE_DAYS)
    .toReversed();
  const reported = [...newest.connectors];
  const dropped: { readonly name: string; readonly day: string }[] = [];
  for (const { day, lines } of earlier) {
    const since = events?.ok ? eventLines(events, day, profile.timezone) : [];
    for (const group of readTable([...lines, ...since], catalogue)) {
      const known = reported.some(
        ({ key, entries }) => key === group.key || entries.some((one) => group.entries.includes(one)),
      );
      if (known) continue;
      reported.push(group);
      if (group.enabled) dropped.push({ name: group.name, day });
    }
  }
  if (dropped.length === 0) return null;
  const list = names(
    dropped.map(({ name }) => name),
    4,
  );
  const was = names(
    dropped.map(({ name, day }) => `${name} on ${dayWords(day)}`),
    4,
  );
  return {
    code: 'dropped',
    why: `An earlier connectors table showed ${was} as on, and the newest one, of ${dayWords(newest.on)}, does not list ${verb(dropped.length, 'it', 'them')}. A table that leaves a connector out does not mean that it is off.`,
    howToGet: ask(
      'source',
      'connectors',
      `Add ${list} to the connectors table: one line with “no” under enabled if it was removed, otherwise each action with its state.`,
      ['dropped', list],
    ),
  };
}
