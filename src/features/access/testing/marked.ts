import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Store, Tx } from '#store/open.ts';

/** Stands in every text that belongs to the other client. No answer to anyone else may hold it. */
export const MARKER = 'zebra-crossing-marker';

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly identity: string;
}

/** Tables that name a client but whose rows are not a client's data, or are written by the store alone. */
const NOT_FILLED = new Set(['audit_log', 'audit_heads', 'grants', 'api_tokens']);

/**
 * Puts one row into every table that belongs to a client, read from the database itself, so that a new table is filled
 * too; rows about a person are about this one. Gives the id of each table's row.
 */
export async function fillWithMarkers(
  store: Store,
  clientId: string,
  userId: string,
): Promise<ReadonlyMap<string, string>> {
  return store.write('system', async (tx) => {
    const { rows } = await sql<Column>`
      select table_name as "table", column_name as "name", data_type as "type", is_identity as "identity"
      from information_schema.columns where table_schema = 'public' order by ordinal_position`.execute(tx);
    const tables = Map.groupBy(rows, ({ table }) => table);
    const waiting = [...tables.keys()].filter(
      (table) => !NOT_FILLED.has(table) && columnsOf(tables, table).some(({ name }) => name === 'client_id'),
    );
    const ids = new Map([['users', userId]]);
    while (waiting.length > 0) {
      const next = waiting.findIndex((table) =>
        columnsOf(tables, table).every(
          ({ name }) => !waiting.includes(parentOf(name)) || parentOf(name) === table,
        ),
      );
      const [table] = waiting.splice(Math.max(next, 0), 1);
      if (table === undefined) break;
      const id = table === 'evidence' ? createHash('sha256').update(MARKER).digest('hex') : randomUUID();
      ids.set(table, id);
      await insertMarked(tx, columnsOf(tables, table), ids, clientId);
    }
    return ids;
  });
}

function columnsOf(tables: ReadonlyMap<string, Column[]>, table: string): readonly Column[] {
  return tables.get(table) ?? [];
}

/** The table that a column such as `import_id` refers to. */
function parentOf(column: string): string {
  return `${column.replace(/_id$/u, '')}s`;
}

async function insertMarked(
  tx: Tx,
  columns: readonly Column[],
  ids: ReadonlyMap<string, string>,
  clientId: string,
): Promise<void> {
  const [first] = columns;
  if (first === undefined) return;
  const own = ids.get(first.table) ?? '';
  const filled = columns.filter(({ identity }) => identity === 'NO');
  const values = filled.map((column) => {
    if (column.name === 'client_id') return clientId;
    if (column.name === 'id' || (column.table === 'evidence' && column.name === 'sha256')) return own;
    const shaped = SHAPED.get(`${column.table}.${column.name}`);
    return shaped === undefined ? (ids.get(parentOf(column.name)) ?? sample(column.type)) : shaped;
  });
  await sql`insert into ${sql.table(first.table)} (${sql.join(filled.map(({ name }) => sql.ref(name)))})
    values (${sql.join(values)})`.execute(tx);
}

/** JSON of which another client's list of work reads more than that it is there, and what has to be empty beside others. */
const SHAPED: ReadonlyMap<string, string | null> = new Map([
  // A file that still has its key is not removed; an opening is of an event or of a file.
  ['content_files.removed_at', null],
  ['text_openings.content_file_id', null],
  ['sinks.findings', JSON.stringify([{ key: MARKER, title: MARKER, says: MARKER }])],
]);

function sample(type: string): unknown {
  switch (type) {
    case 'text':
      return MARKER;
    case 'json':
    case 'jsonb':
      return JSON.stringify([MARKER]);
    case 'boolean':
      return false;
    case 'integer':
    case 'bigint':
    case 'double precision':
      return 1;
    case 'bytea':
      return Buffer.from(MARKER);
    case 'uuid':
      return '00000000-0000-4000-8000-000000000001';
    case 'timestamp with time zone':
      return new Date('2026-11-20T12:00:00Z');
    default:
      throw new Error(`there is no sample of type ${type}; add one`);
  }
}
