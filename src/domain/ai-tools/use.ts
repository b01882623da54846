import type { AiToolKind, AiTools } from '../model/ai-tools.ts';
import type { AiToolDecision, Charter } from '../model/charter.ts';
import type { AiTrafficRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { aiToolFinder, plainName } from './match.ts';

/** What network logs show about one AI tool. */
export interface ToolUse {
  /** Catalogue id, or the host or name if it is not in the catalogue. */
  readonly key: string;
  readonly title: string;
  readonly kind: AiToolKind | null;
  /** Distinct people by name; `counted` includes those that a source counts without naming them. */
  readonly people: readonly string[];
  readonly counted: number | null;
  readonly devices: readonly string[];
  readonly places: readonly string[];
  readonly days: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  /** null: not reported by any source. */
  readonly times: number | null;
  readonly refused: number | null;
  readonly sent: number | null;
  readonly received: number | null;
  /** Whether any request got through; false only if every one is known to have been refused. */
  readonly gotThrough: boolean;
  /** Only DNS queries were seen; whether any request followed is unknown. */
  readonly askedOnly: boolean;
  /** For Claude: organizations in the request URLs. */
  readonly organizations: readonly string[];
  readonly rows: readonly AiTrafficRow[];
}

type Rows = readonly Pick<Reading<'ai_traffic'>, 'rows'>[];

/**
 * Drops duplicate rows of the same person, device, tool and day from several files: if their times overlap, they are
 * copies and only the largest is kept. Rows for separate parts of a day are all kept.
 */
export function withoutCopies(readings: Rows): readonly AiTrafficRow[] {
  const groups = new Map<string, AiTrafficRow[]>();
  for (const { rows } of readings)
    for (const row of rows) {
      const key = JSON.stringify([
        row.on,
        row.tool,
        row.host,
        row.person,
        row.device,
        row.place,
        row.organization,
      ]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
  return [...groups.values()].flatMap((group) => {
    const kept: AiTrafficRow[] = [];
    for (const row of group.toSorted((a, b) => (b.times ?? 0) - (a.times ?? 0)))
      if (!kept.some((one) => overlap(one, row))) kept.push(row);
    return kept;
  });
}

function overlap(a: AiTrafficRow, b: AiTrafficRow): boolean {
  if (a.first === null || a.last === null || b.first === null || b.last === null) return true;
  return a.first <= b.last && b.first <= a.last;
}

/** Each tool in the rows, by data sent, most first. */
export function toolUses(readings: Rows, catalogue: AiTools): readonly ToolUse[] {
  const known = new Map(catalogue.tools.map((tool) => [tool.id, tool]));
  const groups = Map.groupBy(withoutCopies(readings), ({ tool, host }) => tool ?? host);
  return [...groups]
    .map(([key, rows]): ToolUse => {
      const tool = known.get(key) ?? null;
      const days = distinct(rows.map(({ on }) => on)).toSorted();
      return {
        key,
        title: tool?.title ?? key,
        kind: tool?.kind ?? null,
        people: distinct(rows.map(({ person }) => person)).toSorted(),
        counted: sum(rows.map(({ people }) => people)),
        devices: distinct(rows.map(({ device }) => device)).toSorted(),
        places: distinct(rows.map(({ place }) => place)).toSorted(),
        days: days.length,
        firstOn: days[0] ?? null,
        lastOn: days.at(-1) ?? null,
        times: sum(rows.map(({ times }) => times)),
        refused: sum(rows.map(({ refused }) => refused)),
        sent: sum(rows.map(({ sent }) => sent)),
        received: sum(rows.map(({ received }) => received)),
        gotThrough: rows.some(({ times, refused }) => refused === null || times === null || refused < times),
        askedOnly: rows.every(
          ({ refused, sent, received }) => refused === null && sent === null && received === null,
        ),
        organizations: distinct(rows.map(({ organization }) => organization)),
        rows,
      };
    })
    .toSorted(
      (a, b) => (b.sent ?? 0) - (a.sent ?? 0) || (b.times ?? 0) - (a.times ?? 0) || (a.key < b.key ? -1 : 1),
    );
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.flatMap((value) => value ?? []))];
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

/** The charter's decision on a tool on a day. lapsed: it was tolerated or approved until a day that has passed. */
export interface ToolDecision {
  readonly is: AiToolDecision['decision'] | 'lapsed';
  readonly entry: AiToolDecision;
  /** Index in the charter's list. */
  readonly index: number;
}

/** The charter's decision on a tool, found by id, title, alias or host; null: none. */
export function toolDecision(
  charter: Pick<Charter, 'aiTools'>,
  { key, title }: Pick<ToolUse, 'key' | 'title'>,
  catalogue: AiTools,
  today: string,
): ToolDecision | null {
  const finder = aiToolFinder(catalogue);
  const found = (charter.aiTools ?? []).flatMap((entry, index) => {
    const tool = finder.ofName(entry.tool) ?? finder.ofHost(entry.tool.trim().toLowerCase())?.tool ?? null;
    const same =
      tool === null ? [key, title].some((one) => plainName(one) === plainName(entry.tool)) : tool.id === key;
    // An approval for a later day does not apply yet; a prohibition applies at once.
    if (!same || (entry.decision !== 'forbidden' && entry.on !== undefined && entry.on > today)) return [];
    const over = entry.until !== undefined && entry.until < today && entry.decision !== 'forbidden';
    return [{ is: over ? ('lapsed' as const) : entry.decision, entry, index }];
  });
  // If there are two decisions on one tool, the stricter one counts.
  const width = ['forbidden', 'lapsed', 'tolerated', 'approved'];
  return found.toSorted((a, b) => width.indexOf(a.is) - width.indexOf(b.is))[0] ?? null;
}

/** Number of distinct days that readings cover from a day on; null if none states its days. */
export function coveredDays(
  readings: readonly Pick<Reading<'ai_traffic'>, 'covers'>[],
  { from, to }: { readonly from: string; readonly to: string },
): { readonly days: number; readonly from: string; readonly to: string } | null {
  const days = new Set<string>();
  for (const { covers } of readings) {
    if (covers === undefined) continue;
    const end = covers.to < to ? covers.to : to;
    for (let day = covers.from > from ? covers.from : from; day <= end; day = nextDay(day)) days.add(day);
  }
  const all = [...days].toSorted();
  const [first, last] = [all[0], all.at(-1)];
  return first === undefined || last === undefined ? null : { days: all.length, from: first, to: last };
}

function nextDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}
// Guide: G4-00
