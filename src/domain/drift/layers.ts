import { daysBetween } from '../model/day.ts';
import type { CheckContext } from '../model/rule.ts';
import { tablesUpTo } from '../rules/connectors/earlier-tables.ts';
import { eventLines } from '../rules/connectors/events.ts';
import { observe } from '../rules/connectors/observe.ts';
import { type ObservedConnector, readTable } from '../rules/connectors/table.ts';

/** The connectors according to one table and the events after it. */
export interface Layer {
  /** Day of the table; null: only events. */
  readonly day: string | null;
  readonly connectors: readonly ObservedConnector[];
}

/**
 * Layers of observations, the newest table first, then earlier ones as long as they count. A table that lists only some
 * connectors says nothing about the others, so those are taken from the table before it.
 */
export function layersOf(context: CheckContext, freshDays: number): readonly Layer[] {
  const table = context.read('connectors');
  const newest = table.ok ? table.observedOn : null;
  const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
  const earlier = tablesUpTo(context, context.today)
    .filter(({ day }) => (newest === null || day < newest) && daysBetween(day, context.today) <= freshDays)
    .toReversed();
  return [
    { day: newest, connectors: observe(context).connectors },
    ...earlier.map(({ day, lines }) => ({
      day,
      connectors: readTable(
        [...lines, ...(events?.ok ? eventLines(events, day, context.profile.timezone) : [])],
        context.catalogue,
      ),
    })),
  ];
}
