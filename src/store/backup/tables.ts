import { createHash } from 'node:crypto';
import type { Session } from '../engine/engine.ts';
import { StoreProblem } from '../engine/problems.ts';

/** A table as a backup sees it: name and stored columns (not generated ones) with their types. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Fixes PostgreSQL's text format of every value, whatever the server's settings, for the current transaction. */
export const EXACT_TEXT = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local xmloption = 'content';
  select set_config('bylaw.scope', '*', true)`;

/** Every table except the list of migrations, ordered by name. Partitions are part of their table. */
export async function tablesOf(session: Session): Promise<TableShape[]> {
  const { rows } = await session.query<{ name: string; columns: TableShape['columns'] }>(
    `select c.relname::text as name,
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'schema_migrations' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname order by c.relname collate "C"`,
  );
  return rows;
}

export interface TableDigest {
  readonly rows: number;
  /** Of the lines in the order written. */
  readonly sha256: string;
  /** Sum of the lines' digests, independent of order. */
  readonly sum: string;
}

const PAGE = 200;

/**
 * Passes every row as a line to `each`, page by page, and returns their digests. Requires {@link EXACT_TEXT}. By
 * default rows come in physical order: sorting a large table would write all of it to disk again and delay everyone's
 * commits. `sorted` orders them by the lines' bytes.
 */
export async function dumpTable(
  session: Session,
  table: TableShape,
  each: (lines: string) => Promise<void> = async () => {},
  { sorted = false } = {},
): Promise<TableDigest> {
  const hash = createHash('sha256');
  const sum = createSum();
  let rows = 0;
  const values = table.columns.map((column) => `${quoted(column.name)}::text`).join(', ');
  const lines = `select json_build_array(${values})::text as line from ${quoted(table.name)}`;
  await session.script(
    `declare dump no scroll cursor for ${sorted ? `select line from (${lines}) as lines order by line collate "C"` : lines}`,
  );
  for (;;) {
    const page = await session.query<{ line: string }>(`fetch ${PAGE} from dump`);
    if (page.rows.length === 0) break;
    rows += page.rows.length;
    for (const { line } of page.rows) sum.add(line);
    const text = page.rows.map((row) => `${row.line}\n`).join('');
    hash.update(text);
    await each(text);
  }
  await session.script('close dump');
  return { rows, sha256: hash.digest('hex'), sum: sum.hex() };
}

/** Sums digests of lines modulo 2^256. */
function createSum() {
  let total = 0n;
  return {
    add(line: string): void {
      total += BigInt(`0x${createHash('sha256').update(line).digest('hex')}`);
    },
    hex: () => BigInt.asUintN(256, total).toString(16).padStart(64, '0'),
  };
}

/** Inserts rows written by {@link dumpTable}. Requires {@link EXACT_TEXT}. */
export async function loadRows(session: Session, table: TableShape, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const names = table.columns.map((column) => quoted(column.name)).join(', ');
  const values = table.columns.map((column, at) => `(row ->> ${at})::${column.type}`).join(', ');
  await session.query(
    `insert into ${quoted(table.name)} (${names}) overriding system value select ${values} from json_array_elements($1::json) as row`,
    [`[${lines.join(',')}]`],
  );
}

export interface SequenceState {
  readonly name: string;
  /** Last number given out; null: none. */
  readonly last: string | null;
}

export async function sequencesOf(session: Session): Promise<SequenceState[]> {
  const { rows } = await session.query<SequenceState>(
    'select sequencename::text as name, last_value::text as last from pg_sequences where schemaname = current_schema() order by 1',
  );
  return rows;
}

export async function setSequence(session: Session, sequence: SequenceState): Promise<void> {
  await session.query('select setval($1::regclass, coalesce($2::bigint, 1), $2::bigint is not null)', [
    quoted(sequence.name),
    sequence.last,
  ]);
}

/** Drops all foreign keys while rows are loaded in any order, and recreates them afterward. */
export async function withoutTies(
  session: Session,
  tables: readonly TableShape[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows: ties } = await session.query<{ holder: string; name: string; definition: string }>(
    `select conrelid::regclass::text as holder, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace and conparentid = 0`,
  );
  for (const tie of ties) await session.query(`alter table ${tie.holder} drop constraint ${tie.name}`);
  for (const table of tables) await session.query(`alter table ${quoted(table.name)} disable trigger user`);
  await load();
  for (const table of tables) await session.query(`alter table ${quoted(table.name)} enable trigger user`);
  for (const tie of ties) {
    await session.query(`alter table ${tie.holder} add constraint ${tie.name} ${tie.definition}`);
  }
}

/** The table's shape in this database. Throws `damaged` if there is no such table or its columns differ. */
export function shapeOf(
  shapes: readonly TableShape[],
  wanted: { name: string; columns: readonly string[] },
): TableShape {
  const shape = shapes.find((candidate) => candidate.name === wanted.name);
  const columns = shape?.columns.map((column) => column.name) ?? [];
  if (shape === undefined || columns.join('\0') !== wanted.columns.join('\0')) {
    throw new StoreProblem(
      'damaged',
      `The backup’s table ${wanted.name} is not the one that its migrations make, so nothing was restored. Use another copy of the backup.`,
    );
  }
  return shape;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
