import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Events } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import type { Change, Changes } from './changes.ts';
import { byWhom, serverAdded, serverName } from './events.ts';
import { matchConnector } from './match.ts';
import { tableLines } from './observe.ts';
import { type Line, type ObservedConnector, readTable } from './table.ts';

interface Added {
  readonly name: string;
  readonly day: string;
  readonly words: string;
  readonly evidence: Evidence;
}

/**
 * Changes to connectors that were removed and added again since a day. Such a connector starts with the vendor's
 * permissions, which no event reports, so they must come from a later table.
 */
export function addedAgain(
  context: CheckContext,
  events: Extract<Events, { ok: true }>,
  {
    since,
    lines,
    known,
  }: {
    readonly since: string;
    /** How connectors were set on that day. */
    readonly lines: readonly Line[];
    /** Changes shown by events. */
    readonly known: readonly Change[];
  },
): Pick<Changes, 'changes' | 'gap'> {
  const table = context.read('connectors');
  const now = table.ok ? readTable(tableLines(table, context.catalogue), context.catalogue) : [];
  const old = readTable(lines, context.catalogue);
  const unread: Added[] = [];
  const changes = addedSince(context, events, since).flatMap((added): Change[] => {
    const place = matchConnector(added.name, context.catalogue);
    const same = (one: ObservedConnector) =>
      one.key === place.key || one.entries.some((entry) => place.entries.includes(entry));
    const group = now.find((one) => same(one) && one.enabled);
    if (!table.ok || table.observedOn <= added.day || group === undefined) {
      unread.push(added);
      return [];
    }
    const were = old.filter((one) => same(one) && one.enabled).flatMap(({ cells }) => cells);
    return group.cells.flatMap((cell) => {
      const from = were.find(({ key }) => key === cell.key)?.width ?? null;
      const shown = known.some((one) => one.cell.key === cell.key && one.day >= added.day);
      if (shown || (from !== null && from === cell.width)) return [];
      return [
        {
          cell,
          group,
          from,
          to: cell.width,
          day: added.day,
          since,
          who: `Added again by ${added.words}.`,
          evidence: [...cell.evidence, added.evidence],
        },
      ];
    });
  });
  const list = unread.map(({ name }) => name);
  return {
    changes,
    gap:
      unread.length === 0
        ? null
        : {
            why: `${names(
              unread.map(({ name, words }) => `${name} (by ${words})`),
              4,
            )} ${verb(unread.length, 'was', 'were')} removed and added again since the review of ${dayWords(since)}, and no connectors table of a later day shows how ${verb(unread.length, 'it is', 'they are')} set now.`,
            question: ask(
              'source',
              'connectors',
              `Write the state of each action of ${names(list, 4)} into the connectors table again.`,
              ['added_again', ...list],
            ),
          },
  };
}

/** Connectors that were removed and added again since a day according to events, each with its last addition. */
function addedSince(
  { profile, catalogue }: CheckContext,
  events: Extract<Events, { ok: true }>,
  since: string,
): readonly Added[] {
  const removed = new Set<string>();
  const there = new Map<string, Added>();
  for (const row of events.rows) {
    const name = serverAdded(row) === null ? null : serverName(row, events);
    const day = dayOf(row.at, profile.timezone);
    if (name === null || day <= since) continue;
    const { key } = matchConnector(name, catalogue);
    if (row.type === 'mcp_server_deleted') {
      removed.add(key);
      there.delete(key);
    } else if (row.type === 'mcp_server_created' && removed.has(key)) {
      const words = byWhom(row, profile.timezone);
      there.set(key, { name, day, words, evidence: events.cite(row, `added again by ${words}`) });
    }
  }
  return [...there.values()];
}
// Guide: G7.1-07
