import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** A catalogue that this server has run with. */
export interface StoredRevision {
  readonly number: number;
  readonly digest: string;
  readonly storedAt: Date;
  readonly bylawVersion: string;
  /** Revision of the guide that it follows; null: not stated. */
  readonly guide: string | null;
}

export interface StoredEntry {
  readonly hash: string;
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly date: string | null;
  readonly body: unknown;
}

/** All revisions, newest first. */
export async function allRevisions(tx: Tx): Promise<StoredRevision[]> {
  const rows = await tx
    .selectFrom('catalogue_revisions')
    .select(['number', 'digest', 'stored_at', 'bylaw_version', 'guide'])
    .orderBy('number', 'desc')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    digest: row.digest,
    storedAt: row.stored_at,
    bylawVersion: row.bylaw_version,
    guide: row.guide,
  }));
}

/** Entries of a revision, in order; empty: no such revision. */
export async function entriesOfRevision(tx: Tx, number: number): Promise<StoredEntry[]> {
  const revision = await tx
    .selectFrom('catalogue_revisions')
    .select('entries')
    .where('number', '=', number)
    .executeTakeFirst();
  if (revision === undefined) return [];
  const rows = await tx
    .selectFrom('catalogue_entries')
    .selectAll()
    .where('hash', 'in', [...revision.entries, ''])
    .execute();
  const byHash = new Map(rows.map((row) => [row.hash, row]));
  return revision.entries.flatMap((hash) => {
    const row = byHash.get(hash);
    return row === undefined
      ? []
      : [{ hash, kind: row.kind, id: row.entry, title: row.title, date: row.dated, body: row.body }];
  });
}

export interface NewRevision {
  readonly digest: string;
  readonly at: Date;
  readonly bylawVersion: string;
  readonly guide: string | null;
  readonly entries: readonly StoredEntry[];
}

/** Arbitrary number of an advisory lock, which serializes processes that start at once. */
const TURN = 6_201_948;

/** Stores a revision unless it equals the last one. Returns whether it was stored. */
export async function addRevision(tx: Tx, revision: NewRevision): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${TURN})`.execute(tx);
  const [last] = await allRevisions(tx);
  if (last?.digest === revision.digest) return false;
  for (let from = 0; from < revision.entries.length; from += 200)
    await tx
      .insertInto('catalogue_entries')
      .values(
        revision.entries.slice(from, from + 200).map((entry) => ({
          hash: entry.hash,
          kind: entry.kind,
          entry: entry.id,
          title: entry.title,
          dated: entry.date,
          body: JSON.stringify(entry.body),
        })),
      )
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
  await tx
    .insertInto('catalogue_revisions')
    .values({
      number: (last?.number ?? 0) + 1,
      digest: revision.digest,
      stored_at: revision.at,
      bylaw_version: revision.bylawVersion,
      guide: revision.guide,
      entries: JSON.stringify(revision.entries.map(({ hash }) => hash)),
    })
    .execute();
  return true;
}
