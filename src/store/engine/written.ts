import type { Scope } from '../open.ts';

/**
 * Tables that note who was here, who is asked in and how the workspace is set up. What is remembered never holds
 * anything of them, so that looking at pages leaves it alone.
 */
const TRACES: ReadonlySet<string> = new Set([
  'api_tokens',
  'attempts',
  'calendar_feeds',
  'challenges',
  'invitations',
  'known_networks',
  'reminder_digests',
  'server_runs',
  'sessions',
  'teams_channels',
  'users',
  'visits',
  'workspace',
]);

/**
 * The activity log and what is counted of it. They are written with every event and read anew by the pages that show
 * them, so that a stream of events costs no other page what it remembers.
 */
const STREAM = /^activit(y|ies)_?/;

/** What a transaction writes to: facts of its scope, or (the names and profiles of) the clients themselves. */
export interface Touched {
  facts: boolean;
  clients: boolean;
  /** Who there is and who is shut out. */
  people: boolean;
}

/**
 * Notes what a statement wrote to. `changed` counts the rows; null: not told. One that is not understood counts as
 * writing everywhere.
 */
export function noteStatement(touched: Touched, sql: string, changed: number | null): void {
  if (changed === 0 || /^\s*select\b/i.test(sql)) return;
  // One that takes the numbers first begins with them; both tables are of the stream.
  const [, act, table] =
    /^\s*(?:with head as \(\s*)?(insert into|update|delete from) "(\w+)"/.exec(sql) ?? [];
  // What hangs on a person goes with them.
  const cascades = act === 'delete from' && table === 'users';
  if (table === undefined || table === 'users') touched.people = true;
  if (table !== undefined && (TRACES.has(table) || STREAM.test(table)) && !cascades) return;
  touched.facts = true;
  if (table === undefined || act === 'delete from' || table === 'clients') touched.clients = true;
}

export interface Marks {
  note(scope: Scope, touched: Touched): void;
  /** Goes up with what is written to the facts of a scope, or to the table of clients or of people. */
  mark(of: Scope | 'clients' | 'people'): number;
}

/** Counts what this process writes, per client. */
export function createMarks(): Marks {
  let all = 0;
  let system = 0;
  let table = 0;
  let people = 0;
  const clients = new Map<string, number>();
  return {
    note(scope, touched) {
      if (touched.clients) table += 1;
      if (touched.people) people += 1;
      if (!touched.facts) return;
      all += 1;
      if (scope === 'system') system += 1;
      else for (const id of scope) clients.set(id, (clients.get(id) ?? 0) + 1);
    },
    mark(of) {
      if (of === 'clients') return table;
      if (of === 'people') return people;
      if (of === 'system') return all;
      return of.reduce((sum, id) => sum + (clients.get(id) ?? 0), system);
    },
  };
}
