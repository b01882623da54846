import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound } from '../../problems.ts';
import { endAfter, lastDayOf, linkState } from '../../shared/secret-links.ts';
import { readReport } from '../make.ts';

type Row = Selectable<Database['report_links']>;

/** The links to a report, newest first. Throws NOT_FOUND if this client has no such report. */
export async function listLinks(tx: Tx, { client, now }: HandlerContext, report: string) {
  await readReport(tx, client.id, report);
  const rows = await tx
    .selectFrom('report_links')
    .selectAll()
    .where('client_id', '=', client.id)
    .where('report_id', '=', report)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => line(row, now, client.timezone));
}

function line(row: Row, now: Date, zone: string) {
  return {
    id: row.id,
    label: row.label,
    endsOn: lastDayOf(row.expires_at, zone),
    state: linkState(row, now),
    madeBy: row.made_by_name,
    madeAt: row.made_at.toISOString(),
    opened: row.opened,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
  };
}

async function find(tx: Tx, clientId: string, report: string, link: string): Promise<Row> {
  const row = await tx
    .selectFrom('report_links')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('report_id', '=', report)
    .where('id', '=', link)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/**
 * Creates a link to one report. Its address is returned once and stored only as a hash. It expires at the end of a day
 * in the client's time zone.
 */
export async function addLink(
  context: HandlerContext,
  { report, label, days }: { readonly report: string; readonly label: string; readonly days: number },
) {
  const { client, actor, now, services } = context;
  const secret = newSecret();
  const created = await context.change(async (tx, recorder) => {
    const { title } = await readReport(tx, client.id, report);
    const id = randomUUID();
    await tx
      .insertInto('report_links')
      .values({
        client_id: client.id,
        id,
        report_id: report,
        token_hash: hashSecret(secret),
        label,
        expires_at: endAfter(now, days, client.timezone),
        made_by: actor.userId,
        made_by_name: actor.name,
        made_at: now,
      })
      .execute();
    const shown = line(await find(tx, client.id, report, id), now, client.timezone);
    await recorder.record({
      subject: { kind: 'report_link', id, name: title },
      after: { report, label, endsOn: shown.endsOn },
    });
    return shown;
  });
  return { ...created, address: `${services.config.origin}/report/${secret}` };
}

/** Revokes a link permanently. One that is already revoked is left unchanged. */
export async function revokeLink(
  context: HandlerContext,
  { report, link }: { readonly report: string; readonly link: string },
) {
  const { client, actor, now } = context;
  return context.change(async (tx, recorder) => {
    const before = await find(tx, client.id, report, link);
    if (before.revoked_at !== null) {
      recorder.unchanged();
      return line(before, now, client.timezone);
    }
    await tx
      .updateTable('report_links')
      .set({ revoked_at: now, revoked_by_name: actor.name })
      .where('client_id', '=', client.id)
      .where('id', '=', link)
      .execute();
    const after = line(await find(tx, client.id, report, link), now, client.timezone);
    await recorder.record({
      subject: { kind: 'report_link', id: link, name: before.label },
      before: { report, state: line(before, now, client.timezone).state },
      after: { report, state: after.state },
    });
    return after;
  });
}
