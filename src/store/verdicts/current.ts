import { sql } from 'kysely';
import type { Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { verdictOf } from './body.ts';

/** A current verdict. */
export interface CurrentVerdict {
  readonly verdict: Verdict;
  /** When the control entered this state. Its items may have changed since. */
  readonly since: Date;
}

interface StoredVerdict {
  readonly control: string;
  /** JSON text. */
  readonly body: string;
  readonly since: Date;
}

/**
 * The current verdicts of a client as stored, one line each, in a Buffer outside the heap that V8 garbage-collects. A
 * single one can be parsed without the others.
 */
export class StoredVerdicts {
  readonly #lines: Buffer;

  constructor(rows: readonly StoredVerdict[]) {
    // PostgreSQL prints `jsonb` on one line, with line feeds and tabs inside strings escaped.
    const lines = rows.map(({ control, body, since }) => `\n${control}\t${since.getTime()}\t${body}`);
    this.#lines = Buffer.from(`${lines.join('')}\n`);
  }

  get byteLength(): number {
    return this.#lines.byteLength;
  }

  /** All verdicts, unordered. */
  all(): CurrentVerdict[] {
    return this.#lines.toString().split('\n').slice(1, -1).map(readLine);
  }

  /** The verdict on a control; undefined: not evaluated. */
  on(control: string): CurrentVerdict | undefined {
    const begin = this.#lines.indexOf(`\n${control}\t`) + 1;
    if (begin === 0) return undefined;
    return readLine(this.#lines.toString('utf8', begin, this.#lines.indexOf('\n', begin)));
  }
}

function readLine(line: string): CurrentVerdict {
  const [control = '', since = ''] = line.split('\t', 2);
  const body = line.slice(control.length + since.length + 2);
  return { verdict: verdictOf(JSON.parse(body)), since: new Date(Number(since)) };
}

/**
 * Current verdicts of a client, unordered; `control` selects one. Call `verdicts.ensureCurrent` before displaying them.
 */
export async function currentVerdicts(tx: Tx, clientId: string, control?: string): Promise<CurrentVerdict[]> {
  const rows = await rowsOf(tx, clientId, control);
  return rows.map(({ body, since }) => ({ verdict: verdictOf(JSON.parse(body)), since }));
}

/** Same as {@link currentVerdicts} for all controls, in a form to keep and read later. */
export async function storedVerdicts(tx: Tx, clientId: string): Promise<StoredVerdicts> {
  return new StoredVerdicts(await rowsOf(tx, clientId));
}

async function rowsOf(tx: Tx, clientId: string, control?: string): Promise<StoredVerdict[]> {
  const rows = await tx
    .selectFrom('verdicts as v')
    .innerJoin('verdicts as h', (join) =>
      join.onRef('h.client_id', '=', 'v.client_id').onRef('h.control_id', '=', 'v.control_id'),
    )
    .select(['v.control_id', 'v.since', sql<string>`${sql.ref('v.body')}::text`.as('body')])
    .select((eb) => [
      eb.fn
        .max('h.until')
        .filterWhere(sql<boolean>`${sql.ref('h.state')} <> ${sql.ref('v.state')}`)
        .filterWhere(hadDuration('h'))
        .as('other_until'),
      eb.fn.min('h.since').as('first_since'),
    ])
    .where('v.client_id', '=', clientId)
    .where('h.client_id', '=', clientId)
    .where('v.until', 'is', null)
    .groupBy(['v.client_id', 'v.id'])
    .$if(control !== undefined, (query) => query.where('v.control_id', '=', control ?? ''))
    .execute();
  return rows.map((row) => ({
    control: row.control_id,
    body: row.body,
    since: row.other_until ?? row.first_since ?? row.since,
  }));
}

/** Excludes rows that ended at the instant they began, which nobody ever saw. */
export function hadDuration(table: string) {
  return sql<boolean>`(${sql.ref(`${table}.until`)} is null or ${sql.ref(`${table}.until`)} > ${sql.ref(`${table}.since`)})`;
}

/** When and for which day a client was last evaluated. */
export async function decisionOf(
  tx: Tx,
  clientId: string,
): Promise<{ readonly at: Date | null; readonly day: string | null; readonly version: number }> {
  const row = await tx
    .selectFrom('clients')
    .select(['decided_at', 'decided_day', 'facts_version'])
    .where('id', '=', clientId)
    .executeTakeFirst();
  return {
    at: row?.decided_at ?? null,
    day: row?.decided_day ?? null,
    version: Number(row?.facts_version ?? 0),
  };
}
