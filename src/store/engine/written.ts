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
 * Tables that note who was here, who is asked in and how the workspace is set up. What is remembered never holds
 * anything of them, so that looking at pages leaves it alone.
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
 * The activity log and what is counted of it. They are written with every event and read again by the pages that show
 * them, so that a stream of events costs no other page what it remembers.
 */
const STREAM = /^activit(y|ies)_?/;

/** The log of changes: of the workspace itself where nothing else is written and the scope is no client's. */
const LOG: ReadonlySet<string> = new Set(['audit_log', 'audit_heads']);

/** What a transaction writes to: facts of its scope, or (the names and profiles of) the clients themselves. */
export interface Touched {
  facts: boolean;
  /** Records of changes. */
  log: boolean;
  clients: boolean;
  /** Who there is and who is shut out. */
  people: boolean;
}

/** The tables that raw statements say they write to. */
const declared = new WeakMap<object, readonly string[]>();

/**
 * Like {@link sql}, for a statement that writes to these tables and to no others. A raw statement that does not say so,
 * and is no `select`, counts as writing everywhere.
 */
export function writing(...tables: readonly (keyof Database)[]) {
  return <T = unknown>(text: TemplateStringsArray, ...values: readonly unknown[]): RawBuilder<T> => {
    const statement = sql<T>(text, ...values);
    declared.set(statement.toOperationNode(), tables);
    return statement;
  };
}

/** Notes what a statement wrote to. `changed` counts the rows of its last part; null: not reported. */
export function noteStatement(
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
  // Of one that writes to several tables, the number says nothing of the others.
  if (changed === 0 && tables.length === 1) return;
  const deletes = query.kind === 'DeleteQueryNode';
  if (onlyNotesUse(query)) return;
  for (const table of tables) {
    // What hangs on a person goes with them.
    const cascades = deletes && table === 'users';
    if (table === 'users') touched.people = true;
    if ((TRACES.has(table) || STREAM.test(table)) && !cascades) continue;
    if (LOG.has(table)) touched.log = true;
    else touched.facts = true;
    if (deletes || table === 'clients') touched.clients = true;
  }
}

/**
 * Whether all that a statement writes is when a person was here last, which it does every minute for everyone who works:
 * nothing that is remembered shows it, and what people see of a client would be made again each time.
 */
function onlyNotesUse(query: RootOperationNode): boolean {
  if (query.kind !== 'UpdateQueryNode') return false;
  const columns =
    query.updates?.map(({ column }) => (ColumnNode.is(column) ? column.column.name : null)) ?? [];
  return columns.length > 0 && columns.every((column) => column === 'last_seen_at');
}

/** The tables that a statement writes to; null: any. */
function tablesOf(query: RootOperationNode, text: string): readonly string[] | null {
  const said = declared.get(query);
  if (said !== undefined) return said;
  // PostgreSQL lets no part of a `select` write, unless it begins with `with`.
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
      if (!touched.facts && !touched.log) return;
      all += 1;
      // A sign-in or a backup is on the record of the workspace, and changes nothing of any client.
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
