import {
  AliasNode,
  ColumnNode,
  type CompiledQuery,
  type OperationNode,
  type RawBuilder,
  type RootOperationNode,
  sql,
  TableNode,
} from 'kysely';
import type { Scope } from '../open.ts';
import type { Database } from '../schema.ts';

/**
 * Tables of visits, invitations and workspace settings. Cached values never depend on them, so viewing pages does not
 * invalidate the cache.
 */
const TRACES: ReadonlySet<string> = new Set([
  'api_tokens',
  'assigned_notices',
  'attempts',
  'calendar_feeds',
  'challenges',
  'invitations',
  'known_networks',
  'policy_links',
  'read_notifications',
  'reminder_digests',
  'report_links',
  'saved_views',
  'server_runs',
  'sessions',
  'staff_accounts',
  'teams_channels',
  'upload_links',
  'users',
  'visits',
  'workspace',
]);

/**
 * The activity log and its counts. They are written with every event and always read again by the pages that show
 * them, so that a stream of events does not invalidate other pages' caches.
 */
const STREAM = /^activit(y|ies)_?/;

/** The audit log; only of the workspace itself if nothing else is written and the scope has no client. */
const LOG: ReadonlySet<string> = new Set(['audit_log', 'audit_heads']);

/** What a transaction writes: facts of its scope, or (names and profiles of) the clients themselves. */
export interface Touched {
  facts: boolean;
  /** Audit records. */
  log: boolean;
  clients: boolean;
  /** People and their access. */
  people: boolean;
}

/** The tables that raw statements declare to write. */
const declared = new WeakMap<object, readonly string[]>();

/**
 * Like {@link sql}, for a statement that writes only these tables. A raw statement without this that is not a `select`
 * counts as writing everything.
 */
export function writing(...tables: readonly (keyof Database)[]) {
  return <T = unknown>(text: TemplateStringsArray, ...values: readonly unknown[]): RawBuilder<T> => {
    const statement = sql<T>(text, ...values);
    declared.set(statement.toOperationNode(), tables);
    return statement;
  };
}

/** Records what a statement wrote. `changed` is the row count of its last part; null: not reported. */
export function recordStatement(
  touched: Touched,
  { query, sql: text }: CompiledQuery,
  changed: number | null,
): void {
  const tables = tablesOf(query, text);
  if (tables === null) {
    touched.facts = true;
    touched.clients = true;
    touched.people = true;
    return;
  }
  // If it writes several tables, the number does not cover the others.
  if (changed === 0 && tables.length === 1) return;
  const deletes = query.kind === 'DeleteQueryNode';
  if (onlyNotesUse(query)) return;
  for (const table of tables) {
    // Rows that reference a person are deleted with them.
    const cascades = deletes && table === 'users';
    if (table === 'users') touched.people = true;
    if ((TRACES.has(table) || STREAM.test(table)) && !cascades) continue;
    if (LOG.has(table)) touched.log = true;
    else touched.facts = true;
    if (deletes || table === 'clients') touched.clients = true;
  }
}

/**
 * Whether a statement only updates when a person was last active, which happens every minute for everyone at work. No
 * cached value depends on it, and otherwise every client's caches would be invalidated each time.
 */
function onlyNotesUse(query: RootOperationNode): boolean {
  if (query.kind !== 'UpdateQueryNode') return false;
  const columns =
    query.updates?.map(({ column }) => (ColumnNode.is(column) ? column.column.name : null)) ?? [];
  return columns.length > 0 && columns.every((column) => column === 'last_seen_at');
}

/** The tables that a statement writes; null: unknown. */
function tablesOf(query: RootOperationNode, text: string): readonly string[] | null {
  const said = declared.get(query);
  if (said !== undefined) return said;
  // PostgreSQL allows no part of a `select` to write unless it starts with `with`.
  if (query.kind === 'RawNode') return /^\s*select\b/i.test(text) ? [] : null;
  if ('with' in query && query.with !== undefined) return null;
  switch (query.kind) {
    case 'SelectQueryNode':
      return [];
    case 'InsertQueryNode':
      return named(query.into);
    case 'UpdateQueryNode':
      return named(query.table);
    case 'DeleteQueryNode': {
      const [from, ...others] = query.from.froms;
      return others.length === 0 ? named(from) : null;
    }
    default:
      return null;
  }
}

function named(node: OperationNode | undefined): readonly string[] | null {
  if (node === undefined) return null;
  if (AliasNode.is(node)) return named(node.node);
  return TableNode.is(node) ? [node.table.identifier.name] : null;
}

export interface Marks {
  note(scope: Scope, touched: Touched): void;
  /** Increases with each write to a scope's facts, to the table of clients, or to that of people. */
  mark(of: Scope | 'clients' | 'people'): number;
}

/** Tracks the writes of this process, per client. */
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
      if (!touched.facts && !touched.log) return;
      all += 1;
      // A sign-in or a backup is in the workspace's audit log, and changes nothing for any client.
      if (scope === 'system') system += touched.facts ? 1 : 0;
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
