import { z } from 'zod';
import type { Kind } from '#domain/model/kinds.ts';
import type { Json } from '../../json-client.ts';
import { stamp } from '../../last-stored.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import type { GraphClient, GraphPage } from '../graph/client.ts';
import { GraphProblem, hasExpired } from '../graph/problem.ts';
import { contextOf } from './list-stream.ts';
import type { SignedIn } from './test-application.ts';

const DAY_MS = 86_400_000;

interface LogSettings {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly scope: string;
  /** Path of the log, without a version or with `/beta`. */
  readonly path: string;
  /** Time member that filters use, such as `createdDateTime`. */
  readonly at: string;
  /** Days to read at first; Microsoft returns what it has. */
  readonly backDays: number;
  /** Overlap of reads, because entries may appear in the log later than newer ones. */
  readonly overlapMs: number;
  /** Maximum page size of the log. */
  readonly top: string;
  /** Member that changes with an entry, so that changed entries are stored again; omitted: entries do not change. */
  readonly version?: string;
  /** Reduces an entry to what is kept; omitted: all of it. */
  readonly keep?: (entry: Json) => Json;
  /** Filters beside time, sent one after the other if one would be too long. Omitted: the whole log. */
  readonly parts?: (context: StreamContext<SignedIn>) => Promise<Parts>;
}

export interface Parts {
  /** Empty: there is nothing to read. */
  readonly filters: readonly string[];
  /** Message if there is nothing to read. */
  readonly says?: string;
  /** Selects entries that no Graph filter can select; others are not kept. */
  readonly counts?: (entry: Json) => boolean;
}

const windowSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Filters of the window still to be read after the current one; omitted: determined again. */
  parts: z.array(z.string()).optional(),
  /** URL of the next page; null: the first page of the first part. */
  next: z.string().nullable(),
});
type Window = z.infer<typeof windowSchema>;
const placeSchema = z.object({
  /** Time up to which everything has been read; null: nothing yet. */
  to: z.string().nullable(),
  /** Window being read; null: none. */
  window: windowSchema.nullable(),
  /** Keys of entries in the last overlap, which will be returned again. */
  seen: z.array(z.string()),
  /** Keys of entries in this window that the next one will return again. */
  late: z.array(z.string()),
});
type Place = z.infer<typeof placeSchema>;

/**
 * A stream that reads events: at first everything available, newest first; then one day at a time in order, so that an
 * interruption leaves no gap between what was read before and after.
 */
export function logStream(log: LogSettings): SourceStream<SignedIn> {
  const { id, title, kind, scope, path } = log;
  return {
    id,
    title,
    kinds: [kind],
    keyKinds: ['reading'],
    scopes: [scope],
    everyMinutes: 60,
    ledger: null,
    async *read(context) {
      const { clock, place, client } = context;
      let at: Place = placeSchema.safeParse(place).data ?? { to: null, window: null, seen: [], late: [] };
      const asked: Parts = log.parts === undefined ? { filters: [''] } : await log.parts(context);
      const { filters, says, counts = () => true } = asked;
      if (filters.length === 0) {
        yield { place: at, ...(says === undefined ? {} : { says }) };
        return;
      }
      const end = clock();
      let number = 0;
      do {
        const begun = at.window ?? windowAfter(log, at.to, end);
        // After an interruption, finish the window with its own filters; filters added or removed since then wait.
        const parts = begun.parts ?? filters;
        for (const [index, part] of parts.entries()) {
          const window: Window = {
            ...begun,
            parts: parts.slice(index),
            next: index === 0 ? begun.next : null,
          };
          for await (const page of pagesOf(client.graph, log, window, part)) {
            const seen = new Set(at.seen);
            const fresh = page.items.filter((one) => {
              const key = keyOf(log, one);
              return (key === null || !seen.has(key)) && counts(one);
            });
            const late = [...at.late, ...lateIn(log, page.items, window.to)];
            if (page.next !== null) at = { ...at, window: { ...window, next: page.next }, late };
            else if (index < parts.length - 1)
              at = { ...at, window: { ...window, parts: parts.slice(index + 1), next: null }, late };
            else at = { to: window.to, window: null, seen: late, late: [] };
            number += 1;
            const name = `microsoft-${id.replaceAll('_', '-')}-${stamp(clock())}-${number}.json`;
            yield {
              files:
                fresh.length === 0
                  ? []
                  : [{ name, bytes: asSaved(path, fresh.map(log.keep ?? ((one) => one))) }],
              place: at,
            };
          }
        }
      } while (at.to === null || at.to < end.toISOString());
    },
  };
}

/** Pages of a window from the last position. Page URLs expire; then the part is read from its start. */
async function* pagesOf(
  graph: GraphClient,
  { path, at, top }: LogSettings,
  { from, to, next }: Window,
  part: string,
): AsyncGenerator<GraphPage> {
  const time = `${at} ge ${from} and ${at} lt ${to}`;
  const whole = () => graph.list(path, { $filter: part === '' ? time : `${time} and ${part}`, $top: top });
  if (next === null) return yield* whole();
  const pages = graph.list(next);
  let first: IteratorResult<GraphPage>;
  try {
    first = await pages.next();
  } catch (error) {
    const gone = error instanceof GraphProblem && ['refused', 'not_found'].includes(error.code);
    if (!gone && !hasExpired(error)) throw error;
    return yield* whole();
  }
  if (first.done === true) return;
  yield first.value;
  yield* pages;
}

function windowAfter({ backDays, overlapMs }: LogSettings, to: string | null, end: Date): Window {
  const from = to === null ? end.getTime() - backDays * DAY_MS : Date.parse(to) - overlapMs;
  const until = to === null ? end.getTime() : Math.min(Date.parse(to) + DAY_MS, end.getTime());
  return { from: new Date(from).toISOString(), to: new Date(until).toISOString(), next: null };
}

/**
 * Key that is equal for an unchanged entry that is returned again. null: the entry does not identify itself, so it
 * counts as new.
 */
function keyOf({ version }: LogSettings, { id, ...entry }: Json): string | null {
  if (typeof id !== 'string' || id === '') return null;
  if (version === undefined) return id;
  const changed = entry[version];
  return typeof changed === 'string' ? `${id} ${changed}` : null;
}

/** Keys of entries that the next window will return again. */
function lateIn(log: LogSettings, items: readonly Json[], to: string): string[] {
  const since = new Date(Date.parse(to) - log.overlapMs).toISOString();
  return items.flatMap((one) => {
    const when = one[log.at];
    return typeof when === 'string' && when >= since ? (keyOf(log, one) ?? []) : [];
  });
}

function asSaved(path: string, value: readonly Json[]): Uint8Array {
  const context = contextOf(path.replace(/^\/beta/, ''));
  return Buffer.from(`${JSON.stringify({ '@odata.context': context, value }, null, 1)}\n`);
}
