import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** A secret URL created by a person, which gives access without an account. */
export interface LinkOf {
  readonly kind: 'upload' | 'report' | 'staff_page';
  readonly id: string;
  readonly clientId: string;
  readonly client: { readonly slug: string; readonly name: string };
  /** Recipient; empty: everyone. */
  readonly label: string;
}

const lasting = (now: Date) => sql<boolean>`l.expires_at > ${now}`;

/** Tables of such URLs, with the SQL for their labels. */
const TABLES = {
  upload: { table: 'upload_links', label: sql<string>`l.label`, open: lasting },
  report: { table: 'report_links', label: sql<string>`l.label`, open: lasting },
  // Only the page for everyone. One mailed to a person asks only that person.
  staff_page: { table: 'policy_pages', label: sql<string>`''`, open: () => sql<boolean>`l.address is null` },
} as const;

/** Links, at any client, that a person created and that are still valid. */
export async function linksOf(tx: Tx, userId: string, now: Date): Promise<readonly LinkOf[]> {
  const found: LinkOf[] = [];
  for (const [kind, { table, label, open }] of Object.entries(TABLES)) {
    const { rows } = await sql<{ id: string; client_id: string; slug: string; name: string; label: string }>`
      select l.id, l.client_id, c.slug, c.name, ${label} as label
      from ${sql.table(table)} l join clients c on c.id = l.client_id
      where l.made_by = ${userId} and l.revoked_at is null and ${open(now)} order by c.name, l.made_at`.execute(
      tx,
    );
    for (const { id, client_id, slug, name, label: of } of rows)
      found.push({
        kind: kind as LinkOf['kind'],
        id,
        clientId: client_id,
        client: { slug, name },
        label: of,
      });
  }
  return found;
}

export async function endLink(
  tx: Tx,
  { kind, id, clientId }: LinkOf,
  { now, by }: { readonly now: Date; readonly by: string },
): Promise<void> {
  const who = kind === 'staff_page' ? sql`` : sql`, revoked_by_name = ${by}`;
  await sql`update ${sql.table(TABLES[kind].table)} set revoked_at = ${now} ${who}
    where client_id = ${clientId} and id = ${id}`.execute(tx);
}
