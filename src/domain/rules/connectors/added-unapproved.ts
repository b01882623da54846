import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { CheckContext, Events } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { dayWords } from '../../text/words.ts';
import { isAddingApproved } from './changes.ts';
import { byWhom, serverAdded, serverName } from './events.ts';
import { matchConnector } from './match.ts';
import type { Line, ObservedConnector } from './table.ts';

type Read = Extract<Events, { ok: true }>;

/**
 * Connectors that were added since a day without approval: those removed again (`brief`), and those still there that
 * did not exist before (`added`). How one that was removed and added again is set is asked elsewhere.
 * @param before lines about connectors up to that day
 */
export function addedSince(
  context: CheckContext,
  events: Read,
  since: string,
  before: readonly Line[],
): { readonly brief: readonly Item[]; readonly added: readonly Item[] } {
  const zone = context.profile.timezone;
  const there = new Map<string, { readonly name: string; readonly row: ActivityRow }>();
  const known = new Set(before.map(({ connector }) => matchConnector(connector, context.catalogue).key));
  const brief: Item[] = [];
  const itemOf = (name: string, row: ActivityRow, removed: ActivityRow | null): Item => ({
    key: matchConnector(name, context.catalogue).key.toLowerCase(),
    label: name,
    detail: `Added by ${byWhom(row, zone)}${removed === null ? '' : `, removed by ${byWhom(removed, zone)}`}.`,
    evidence: [events.cite(row, `added by ${byWhom(row, zone)}`)],
  });
  for (const row of events.rows) {
    const added = serverAdded(row);
    const name = added === null ? null : serverName(row, events);
    if (name === null) continue;
    const { key } = matchConnector(name, context.catalogue);
    if (dayOf(row.at, zone) <= since) {
      known.add(key);
      continue;
    }
    const one = there.get(key);
    if (added) there.set(key, one ?? { name, row });
    else {
      // It existed, so adding it again is no new connector.
      known.add(key);
      there.delete(key);
      if (one !== undefined && !isAddingApproved(context, name, since))
        brief.push(itemOf(name, one.row, row));
    }
  }
  const added = [...there].flatMap(([key, { name, row }]) =>
    known.has(key) || row.type !== 'mcp_server_created' || isAddingApproved(context, name, since)
      ? []
      : [itemOf(name, row, null)],
  );
  return { brief, added };
}

/**
 * Connectors that the newest table enables without stating a permission, that no earlier table enables, and whose
 * adding no one approved. Those with permissions are changes of each permission.
 */
export function addedBetween(
  context: CheckContext,
  tables: readonly { readonly day: string; readonly connectors: readonly ObservedConnector[] }[],
): readonly Item[] {
  const newest = tables.at(-1);
  const before = tables.slice(0, -1);
  const base = before[0];
  if (newest === undefined || base === undefined) return [];
  return newest.connectors.flatMap((group): Item[] => {
    const isSame = (one: ObservedConnector) =>
      one.key === group.key || one.entries.some((entry) => group.entries.includes(entry));
    const was = before.some(({ connectors }) => connectors.some((one) => one.enabled && isSame(one)));
    if (!group.enabled || group.listsActions || was) return [];
    if (isAddingApproved(context, group.name, base.day)) return [];
    return [
      {
        key: group.key.toLowerCase(),
        label: group.name,
        detail: `Enabled in the table of ${dayWords(newest.day)}, and not before.`,
        evidence: group.evidence,
      },
    ];
  });
}
// Guide: G3.4-02 G7.1-07
