import { type Selectable, sql } from 'kysely';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { ActivityTables } from '../schema/activity.ts';

export type TextRow = Selectable<ActivityTables['activity_texts']>;

/** Metadata of a kept text, which can be read without opening it. */
export type TextNote = Omit<TextRow, 'client_id' | 'locked'>;

/** Context to which the key of a client's texts is sealed. */
export function textKeyPlace(clientId: string): string {
  return `activity_text_keys/${clientId}`;
}

/** Sealed key of a client's texts; null: none yet. */
export async function textKey(tx: Tx, clientId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('activity_text_keys')
    .select('key_sealed')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.key_sealed ?? null;
}

/** Stores a key unless there already is one, and returns the stored one. */
export async function makeTextKey(tx: Tx, clientId: string, sealed: string): Promise<string> {
  await tx
    .insertInto('activity_text_keys')
    .values({ client_id: clientId, key_sealed: sealed })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await textKey(tx, clientId)) ?? sealed;
}

export async function addTexts(tx: Tx, rows: readonly TextRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('activity_texts')
    .values(rows.map((row) => ({ ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Encrypted texts of an activity. */
export async function textsOf(
  tx: Tx,
  clientId: string,
  { at, id }: { readonly at: string; readonly id: string },
): Promise<TextRow[]> {
  return tx
    .selectFrom('activity_texts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('at', '=', new Date(at))
    .where('id', '=', id)
    .orderBy('part')
    .execute();
}

/** Metadata of the texts of an activity. */
export async function textNotes(
  tx: Tx,
  clientId: string,
  { at, id }: { readonly at: string; readonly id: string },
): Promise<TextNote[]> {
  return tx
    .selectFrom('activity_texts')
    .select(['at', 'id', 'part', 'characters', 'person', 'keep_until', 'charter', 'stored_at'])
    .where('client_id', '=', clientId)
    .where('at', '=', new Date(at))
    .where('id', '=', id)
    .orderBy('part')
    .execute();
}

/** Lengths of the kept arguments of calls, by `instant id`; calls without kept arguments are absent. */
export async function toolInputs(
  tx: Tx,
  clientId: string,
  calls: readonly { readonly at: string; readonly id: string }[],
): Promise<ReadonlyMap<string, number>> {
  if (calls.length === 0) return new Map();
  const { rows } = await sql<{ n: string; characters: number }>`
    select n.n, t.characters from unnest(${calls.map(({ at }) => at)}::timestamptz[],
      ${calls.map(({ id }) => id)}::text[]) with ordinality as n(at, id, n)
    join "activity_texts" t on t.client_id = ${clientId} and t.at = n.at and t.id = n.id
      and t.part = 'tool_input'`.execute(tx);
  return new Map(
    rows.flatMap(({ n, characters }) => {
      const call = calls[Number(n) - 1];
      return call === undefined ? [] : [[`${call.at} ${call.id}`, characters] as const];
    }),
  );
}

/** Which texts of a client are past retention. */
export interface TextRemoval {
  /** Removes texts whose `keep_until` is not after this. */
  readonly now: Date;
  /** Removes texts of activities before this, whatever the charter says; null: none. */
  readonly before: Date | null;
  /** Addresses and ids of people on hold, whose texts are kept. */
  readonly held: readonly string[];
}

const past = ({ now, before, held }: TextRemoval) =>
  sql`(keep_until <= ${now.toISOString()}::timestamptz or at < ${before?.toISOString() ?? '-infinity'}::timestamptz)
    and (person is null or person <> all(${[...held]}::text[]))`;

/** Number of texts past retention. */
export async function oldTexts(tx: Tx, clientId: string, removal: TextRemoval): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from "activity_texts" where client_id = ${clientId} and ${past(removal)}`.execute(
    tx,
  );
  return Number(rows[0]?.n ?? 0);
}

/** Removes texts past retention, at most `max`, and returns their number. Requires the system scope. */
export async function removeTexts(
  tx: Tx,
  clientId: string,
  removal: TextRemoval,
  max: number,
): Promise<number> {
  const { numAffectedRows } = await writing('activity_texts')`
    delete from "activity_texts" where (client_id, at, id, part) in (
      select client_id, at, id, part from "activity_texts" where client_id = ${clientId} and ${past(removal)}
      limit ${max})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
