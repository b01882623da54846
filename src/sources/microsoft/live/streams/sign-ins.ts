import { z } from 'zod';
import type { Json } from '../../../json-client.ts';
import { stamp } from '../../../kept.ts';
import type { SourceStream } from '../../../source.ts';
import type { GraphClient, GraphPage } from '../../graph/client.ts';
import { GraphProblem, hasExpired } from '../../graph/problem.ts';
import { claudeApps } from '../claude-apps.ts';
import { contextOf } from '../kept-list.ts';
import type { SignedIn } from '../test-application.ts';

const PATH = '/auditLogs/signIns';
const DAY_MS = 86_400_000;
/** Asked for at first. Entra keeps 30 days with P1 or P2, and gives what it has. */
const BACK_MS = 90 * DAY_MS;
/** Sign-ins can show in the log later than others that happened after them. */
const OVERLAP_MS = 2 * 3_600_000;
/** Applications of one question; Graph refuses a filter that is too long. */
const MOST_APPS = 15;

const windowSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Address of the page to read next; null: the first. */
  next: z.string().nullable(),
});
type Window = z.infer<typeof windowSchema>;
const placeSchema = z.object({
  /** Until when everything is read; null: nothing is yet. */
  to: z.string().nullable(),
  /** What is being read; null: nothing is. */
  window: windowSchema.nullable(),
  /** Sign-ins of the last overlap, which come again. */
  seen: z.array(z.string()),
  /** Those of the window that the next one asks for again. */
  late: z.array(z.string()),
});
type Place = z.infer<typeof placeSchema>;

/**
 * Interactive sign-ins to the applications that have to do with Claude. At first all that there are, newest first; then a
 * day at a time in order, so that a reading that is interrupted leaves no hole between what was read before and after.
 */
export const signIns: SourceStream<SignedIn> = {
  id: 'sign_ins',
  title: 'Sign-ins to Claude’s applications',
  kinds: ['sign_ins'],
  keyKinds: ['reading'],
  scopes: ['AuditLog.Read.All'],
  everyMinutes: 60,
  ledger: null,
  async *read({ client: { graph }, place, clock }) {
    let at: Place = placeSchema.safeParse(place).data ?? { to: null, window: null, seen: [], late: [] };
    const apps = (await claudeApps(graph)).map(({ appId }) => appId);
    if (apps.length === 0) {
      yield { place: at, says: 'None of the enterprise applications has to do with Claude.' };
      return;
    }
    const more =
      apps.length > MOST_APPS
        ? {
            says: `Sign-ins of ${MOST_APPS} of ${apps.length} applications that may have to do with Claude are read.`,
          }
        : {};
    const end = clock();
    let number = 0;
    do {
      const window: Window = at.window ?? windowAfter(at.to, end);
      for await (const page of pagesOf(graph, window, apps)) {
        const seen = new Set(at.seen);
        const fresh = page.items.filter(({ id }) => !seen.has(String(id)));
        const late = [...at.late, ...lateIn(page.items, window.to)];
        at =
          page.next === null
            ? { to: window.to, window: null, seen: late, late: [] }
            : { ...at, window: { ...window, next: page.next }, late };
        number += 1;
        const name = `microsoft-sign-ins-${stamp(clock())}-${number}.json`;
        yield { files: fresh.length === 0 ? [] : [{ name, bytes: asSaved(fresh) }], place: at, ...more };
      }
    } while (at.to === null || at.to < end.toISOString());
  },
};

/** The pages of a window from where it was. The address of a page does not last: then the window is read from its start. */
async function* pagesOf(
  graph: GraphClient,
  { from, to, next }: Window,
  apps: readonly string[],
): AsyncGenerator<GraphPage> {
  const whole = () => graph.list(PATH, { $filter: filterOf(from, to, apps), $top: '1000' });
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

function windowAfter(to: string | null, end: Date): Window {
  const from = to === null ? end.getTime() - BACK_MS : Date.parse(to) - OVERLAP_MS;
  const until = to === null ? end.getTime() : Math.min(Date.parse(to) + DAY_MS, end.getTime());
  return { from: new Date(from).toISOString(), to: new Date(until).toISOString(), next: null };
}

function filterOf(from: string, to: string, apps: readonly string[]): string {
  const any = apps.slice(0, MOST_APPS).map((app) => `appId eq '${app.replaceAll("'", "''")}'`);
  return `createdDateTime ge ${from} and createdDateTime lt ${to} and (${any.join(' or ')})`;
}

/** Ids of sign-ins that the next window asks for again. */
function lateIn(items: readonly Json[], to: string): string[] {
  const since = new Date(Date.parse(to) - OVERLAP_MS).toISOString();
  return items.flatMap(({ id, createdDateTime }) =>
    typeof id === 'string' && typeof createdDateTime === 'string' && createdDateTime >= since ? [id] : [],
  );
}

function asSaved(value: readonly Json[]): Uint8Array {
  return Buffer.from(`${JSON.stringify({ '@odata.context': contextOf(PATH), value }, null, 1)}\n`);
}
