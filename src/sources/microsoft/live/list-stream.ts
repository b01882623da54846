import { z } from 'zod';
import type { Kind } from '#domain/model/kinds.ts';
import type { Json } from '../../json-client.ts';
import { changed, lastStoredSchema, stamp } from '../../last-stored.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import type { GraphClient, Query } from '../graph/client.ts';
import { hasExpired } from '../graph/problem.ts';
import type { SignedIn } from './test-application.ts';

/** A Graph response in the form in which people save it, so that both are parsed the same way. */
export type SavedAnswer = Json & { readonly '@odata.context': string };

interface KeptList {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly scope: string;
  /** Omitted: hourly. */
  readonly everyMinutes?: number;
  /** Path of the delta query that tells whether the list has changed; omitted: there is none. */
  readonly delta?: { readonly path: string; readonly query?: Query };
  /** `say` receives notes for people about what was omitted. */
  readonly read: (
    context: StreamContext<SignedIn>,
    say: (text: string) => void,
  ) => Promise<readonly SavedAnswer[]>;
}

const placeSchema = z.object({ kept: lastStoredSchema, delta: z.string().nullable() });

/** Maximum age of a reading that is kept because the delta query reports no change. */
const TRUST_DELTA_MS = 20 * 3_600_000;

/** A stream that reads the current state of a list. It stores a reading when something has changed, and once a day. */
export function listStream({
  id,
  title,
  kind,
  scope,
  everyMinutes = 60,
  delta,
  read,
}: KeptList): SourceStream<SignedIn> {
  return {
    id,
    title,
    kinds: [kind],
    keyKinds: ['reading'],
    scopes: [scope],
    everyMinutes,
    ledger: null,
    async *read(context) {
      const { clock, place } = context;
      const { graph } = context.client;
      const before = placeSchema.safeParse(place).data ?? { kept: null, delta: null };
      const fresh = before.kept !== null && clock().getTime() - Date.parse(before.kept.at) < TRUST_DELTA_MS;
      if (delta !== undefined && fresh && before.delta !== null) {
        const since = await changesSince(graph, before.delta);
        if (since !== null && !since.changes) {
          yield { place: { kept: before.kept, delta: since.delta } };
          return;
        }
      }
      // Before reading the list, so that changes during the read are noticed next time.
      const next = delta === undefined ? null : await latestOf(graph, delta);
      const said: string[] = [];
      const answers = await read(context, (text) => said.push(text));
      const now = clock();
      const bytes = Buffer.from(`${JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 1)}\n`);
      const kept = changed(before.kept, bytes, now);
      yield {
        files:
          kept === null || answers.length === 0
            ? []
            : [{ name: `microsoft-${id}-${stamp(now)}.json`, bytes }],
        place: { kept: kept ?? before.kept, delta: next },
        ...(said.length === 0 ? {} : { says: said.join(' ') }),
      };
    },
  };
}

/** All pages of a list as one response, ordered by id so that equal lists have equal bytes. */
export async function savedList(graph: GraphClient, path: string, query: Query = {}): Promise<SavedAnswer> {
  let context: string | null = null;
  const value: Json[] = [];
  for await (const page of graph.list(path, query)) {
    context ??= page.context;
    value.push(...page.items);
  }
  return saved(context ?? contextOf(path, query), value);
}

export function saved(context: string, value: readonly Json[], by = 'id'): SavedAnswer {
  const id = (one: Json) => String(one[by] ?? '');
  return { '@odata.context': context, value: [...value].sort((a, b) => (id(a) < id(b) ? -1 : 1)) };
}

/** Graph's context for a list, used if the response omits it. */
export function contextOf(path: string, { $select }: Query = {}): string {
  const selected = $select === undefined ? '' : `(${$select})`;
  return `https://graph.microsoft.com/v1.0/$metadata#${path.slice(1)}${selected}`;
}

/** Whether a list has changed, and the next delta link; null: the delta link has expired. */
async function changesSince(
  graph: GraphClient,
  from: string,
): Promise<{ readonly changes: boolean; readonly delta: string | null } | null> {
  let changes = false;
  let delta: string | null = null;
  try {
    for await (const page of graph.list(from)) {
      changes ||= page.items.length > 0;
      delta = page.delta ?? delta;
    }
  } catch (error) {
    if (hasExpired(error)) return null;
    throw error;
  }
  return { changes, delta };
}

async function latestOf(
  graph: GraphClient,
  { path, query }: NonNullable<KeptList['delta']>,
): Promise<string | null> {
  let delta: string | null = null;
  for await (const page of graph.list(path, { ...query, $deltatoken: 'latest' })) delta = page.delta ?? delta;
  return delta;
}
