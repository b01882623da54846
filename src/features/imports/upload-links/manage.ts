import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { KINDS } from '#domain/model/kinds.ts';
import { dayWords } from '#domain/text/words.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import type { HandlerContext } from '../../context.ts';
import { harmlessName } from '../../mail/index.ts';
import { notFound } from '../../problems.ts';
import { endAfter, lastDayOf, linkState } from '../../shared/secret-links.ts';

type Row = Selectable<Database['upload_links']>;

/** Upload links, newest first. */
export async function listUploadLinks({ client, now, read }: HandlerContext) {
  const rows = await read((tx) =>
    tx
      .selectFrom('upload_links')
      .selectAll()
      .where('client_id', '=', client.id)
      .orderBy('made_at', 'desc')
      .orderBy('id')
      .execute(),
  );
  return { items: rows.map((row) => line(row, now, client.timezone)), total: rows.length };
}

function line(row: Row, now: Date, zone: string) {
  return {
    id: row.id,
    label: row.label,
    kinds: row.kinds,
    endsOn: lastDayOf(row.expires_at, zone),
    state: linkState(row, now),
    madeBy: row.made_by_name,
    madeAt: row.made_at.toISOString(),
    files: row.files,
    import: row.import_id,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

async function find(tx: Tx, clientId: string, id: string): Promise<Row> {
  const row = await tx
    .selectFrom('upload_links')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

interface NewLink {
  readonly label: string;
  readonly kinds: readonly string[];
  readonly days: number;
  readonly email?: string | undefined;
}

/** Creates a link; its URL is returned once, mailed if requested, and stored only as a hash. */
export async function addUploadLink(context: HandlerContext, { label, kinds, days, email }: NewLink) {
  const { client, actor, now, services } = context;
  const secret = newSecret();
  const created = await context.change(async (tx, recorder) => {
    const id = randomUUID();
    await tx
      .insertInto('upload_links')
      .values({
        client_id: client.id,
        id,
        token_hash: hashSecret(secret),
        label,
        kinds: JSON.stringify([...new Set(kinds)]),
        import_id: null,
        expires_at: endAfter(now, days, client.timezone),
        made_by: actor.userId,
        made_by_name: actor.name,
        made_at: now,
      })
      .execute();
    const shown = line(await find(tx, client.id, id), now, client.timezone);
    await recorder.record({
      subject: { kind: 'upload_link', id, name: label },
      after: { label, kinds: shown.kinds, endsOn: shown.endsOn, mailedTo: email ?? null },
    });
    return shown;
  });
  const address = `${services.config.origin}/upload/${secret}`;
  const mail =
    email === undefined ? ('not_asked' as const) : await mailed(context, { ...created, address, email });
  return { ...created, address, mail };
}

async function mailed(
  { services, client, actor }: HandlerContext,
  {
    email,
    address,
    endsOn,
    kinds,
  }: { email: string; address: string; endsOn: string; kinds: readonly string[] },
): Promise<'sent' | 'failed'> {
  const wanted = Object.entries(KINDS).flatMap(([kind, { label }]) =>
    kinds.includes(kind) ? [`- ${label}`] : [],
  );
  const text = [
    `${harmlessName(actor.name)} is asking you for files for ${harmlessName(client.name)}${wanted.length === 0 ? '.' : ':'}`,
    ...wanted,
    '',
    'You do not need an account. Send the files here; the page explains each one:',
    address,
    '',
    `The address stops working after ${dayWords(endsOn)}. Anyone who has it can send files but sees nothing else. If you did not expect this, do nothing.`,
  ].join('\n');
  try {
    await services.mail.send({
      to: email,
      subject: `Files needed for ${harmlessName(client.name)}`,
      text,
    });
    return 'sent';
  } catch (error) {
    services.log.warn({ err: error }, 'the mail with a link for handing in files could not be handed over');
    return 'failed';
  }
}

/** Revokes a link permanently. One that was already revoked is unchanged. */
export async function revokeUploadLink(
  context: HandlerContext,
  { uploadLink }: { readonly uploadLink: string },
) {
  const { client, actor, now } = context;
  return context.change(async (tx, recorder) => {
    const before = await find(tx, client.id, uploadLink);
    if (before.revoked_at !== null) {
      recorder.unchanged();
      return line(before, now, client.timezone);
    }
    await tx
      .updateTable('upload_links')
      .set({ revoked_at: now, revoked_by_name: actor.name })
      .where('client_id', '=', client.id)
      .where('id', '=', uploadLink)
      .execute();
    const after = line(await find(tx, client.id, uploadLink), now, client.timezone);
    await recorder.record({
      subject: { kind: 'upload_link', id: uploadLink, name: before.label },
      before: { state: linkState(before, now) },
      after: { state: after.state },
    });
    return after;
  });
}
