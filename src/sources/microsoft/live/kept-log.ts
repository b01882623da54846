import { z } from 'zod';
import type { Kind } from '#domain/model/kinds.ts';
import type { Json } from '../../json-client.ts';
import { stamp } from '../../kept.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import type { GraphClient, GraphPage } from '../graph/client.ts';
import { GraphProblem, hasExpired } from '../graph/problem.ts';
import { contextOf } from './kept-list.ts';
import type { SignedIn } from './test-application.ts';

const DAY_MS = 86_400_000;

interface KeptLog {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly scope: string;
  /** Path of the log, without a version or with `/beta`. */
  readonly path: string;
  /** Member of an entry by which it is asked for, such as `createdDateTime`. */
  readonly at: string;
  /** Days asked for at first; Microsoft gives what it has. */
  readonly backDays: number;
  /** Entries can show in the log later than others that happened after them. */
  readonly overlapMs: number;
  /** Entries of a page, as the log allows. */
  readonly top: string;
  /** Member that changes when an entry does, so that it is kept again; left out: entries do not change. */
  readonly version?: string;
  /** What of an entry is kept; left out: all of it. */
  readonly keep?: (entry: Json) => Json;
  /**
   * What is asked for beside the time, one filter after the other where one would be too long. Left out: all of the log.
   */
  readonly parts?: (context: StreamContext<SignedIn>) => Promise<Parts>;
}

export interface Parts {
  /** None: there is nothing to ask for. */
  readonly filters: readonly string[];
  /** Said where there is nothing to ask for. */
  readonly says?: string;
  /** Which of the entries that are given count, where no filter of Graph says so; the others are not kept. */
  readonly counts?: (entry: Json) => boolean;
}

const windowSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Filters of the window that are still to be asked for after the present one; left out: asked for again. */
  parts: z.array(z.string()).optional(),
  /** Address of the page to read next; null: the first of the first part. */
  next: z.string().nullable(),
});
type Window = z.infer<typeof windowSchema>;
const placeSchema = z.object({
  /** Until when everything is read; null: nothing is yet. */
  to: z.string().nullable(),
  /** What is being read; null: nothing is. */
  window: windowSchema.nullable(),
  /** Entries of the last overlap, which come again. */
  seen: z.array(z.string()),
  /** Those of the window that the next one asks for again. */
  late: z.array(z.string()),
});
type Place = z.infer<typeof placeSchema>;

/**
 * A stream that reads what happened. At first all that there is, newest first; then a day at a time in order, so that a
 * reading that is interrupted leaves no hole between what was read before and after.
 */
export function keptLog(log: KeptLog): SourceStream<SignedIn> {
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
        // Where one was interrupted, the rest of its own parts comes first; a part more or less since then waits.
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

/** The pages of a window from where it was. The address of a page does not last: then the part is read from its start. */
async function* pagesOf(
  graph: GraphClient,
  { path, at, top }: KeptLog,
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

function windowAfter({ backDays, overlapMs }: KeptLog, to: string | null, end: Date): Window {
  const from = to === null ? end.getTime() - backDays * DAY_MS : Date.parse(to) - overlapMs;
  const until = to === null ? end.getTime() : Math.min(Date.parse(to) + DAY_MS, end.getTime());
  return { from: new Date(from).toISOString(), to: new Date(until).toISOString(), next: null };
}

/** The same for an entry that comes again as it was. null: it does not say which it is, so it may be another one. */
function keyOf({ version }: KeptLog, { id, ...entry }: Json): string | null {
  if (typeof id !== 'string' || id === '') return null;
  if (version === undefined) return id;
  const changed = entry[version];
  return typeof changed === 'string' ? `${id} ${changed}` : null;
}

/** Entries that the next window asks for again. */
function lateIn(log: KeptLog, items: readonly Json[], to: string): string[] {
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
