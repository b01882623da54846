import { type RawBuilder, sql } from 'kysely';
import { destroyContentFile, heldContentFiles } from '#store/activity/content-files.ts';
import { textKeyPlace } from '#store/activity/texts.ts';
import { signingKeyPlace } from '#store/deployment/signing-keys.ts';
import { pendingSecretPlace } from '#store/detections/watch-proposals.ts';
import { fingerprintKeyPlace } from '#store/dlp/fingerprints.ts';
import { hookSecretPlace } from '#store/dlp/hooks.ts';
import { memberListPlace } from '#store/dlp/member-list.ts';
import { replyPlace } from '#store/idempotency/keys.ts';
import { providerSecretPlace } from '#store/identity/providers.ts';
import { totpSecretPlace } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import { channelPlace } from '#store/reminders/channels.ts';
import { sinkSecretsPlace } from '#store/sinks/sinks.ts';
import { sourceKeyPlace } from '#store/sources/connections.ts';
import { staffSignInPlace } from '#store/staff/sign-in.ts';
import { MAIL_PASSWORD } from '../mail/index.ts';

/** A sealed text as stored, with the context for which it was sealed. */
export interface SealedText {
  readonly id: string;
  readonly sealed: string;
  readonly context: string;
}

/** Where sealed texts of one kind are stored, and how to go through them. */
interface SealedPlace {
  /** Table and column; for a text within JSON, also its keys. */
  readonly at: string;
  /** What a person calls one of them. */
  readonly words: string;
  /** Path of the file that seals such texts, for the test that finds places missing from this list. */
  readonly sealedBy: string;
  all(tx: Tx, now: Date): Promise<SealedText[]>;
  /** Stores `sealed` in place of `before`, unless another text was stored meanwhile. */
  put(tx: Tx, before: SealedText, sealed: string): Promise<void>;
  /** Removes a text that cannot be opened anymore, so that it can be entered again. */
  giveUp(tx: Tx, text: SealedText): Promise<void>;
}

interface SealedColumn extends Pick<SealedPlace, 'words' | 'sealedBy'> {
  readonly at: `${string}.${string}`;
  /** The key column. Left out: `id`. */
  readonly key?: 'client_id';
  /** The context for which a row's text is sealed. */
  context(key: string, client: string | null): string;
  /** Filter for rows that are still in use. Left out: all. */
  counts?(now: Date): RawBuilder<boolean>;
  /** Further columns to set when a row's text is removed; `row` deletes the row. */
  readonly lost: RawBuilder<unknown> | 'row' | null;
}

/** A nullable column that contains a sealed text. */
function column({ at, key, words, sealedBy, context, counts, lost }: SealedColumn): SealedPlace {
  const [table, sealed] = at.split('.').map((name) => sql.ref(name));
  const id = sql.ref(key ?? 'id');
  return {
    at,
    words,
    sealedBy,
    async all(tx, now) {
      const { rows } = await sql<{ id: string; client: string | null; sealed: string }>`
        select ${id} as id, to_jsonb(t) ->> 'client_id' as client, ${sealed} as sealed from ${table} as t
         where ${sealed} is not null and ${counts?.(now) ?? sql`true`}`.execute(tx);
      return rows.map((row) => ({ id: row.id, sealed: row.sealed, context: context(row.id, row.client) }));
    },
    async put(tx, before, text) {
      await sql`update ${table} set ${sealed} = ${text}
        where ${id} = ${before.id} and ${sealed} = ${before.sealed}`.execute(tx);
    },
    async giveUp(tx, text) {
      if (lost === 'row') await sql`delete from ${table} where ${id} = ${text.id}`.execute(tx);
      else {
        const also = lost === null ? sql`` : sql`, ${lost}`;
        await sql`update ${table} set ${sealed} = null${also} where ${id} = ${text.id}`.execute(tx);
      }
    },
  };
}

const NEXT_VERSION = sql`version = version + 1`;

const ofClient = (place: (client: string, id: string) => string) => (id: string, client: string | null) =>
  place(client ?? '', id);

const TEXT_KEYS = column({
  at: 'activity_text_keys.key_sealed',
  key: 'client_id',
  words: 'key of the texts of a client',
  sealedBy: 'features/activity/text/key.ts',
  context: textKeyPlace,
  lost: 'row',
});

/** All places in the database with sealed texts. Any place missing from this list is lost when the key is rotated. */
export const SEALED_PLACES: readonly SealedPlace[] = [
  column({
    at: 'users.totp_sealed',
    words: 'authenticator app',
    sealedBy: 'features/account/totp.ts',
    context: totpSecretPlace,
    lost: sql`totp_since = null, totp_step = null, recovery_codes = '[]', ${NEXT_VERSION}`,
  }),
  {
    at: 'challenges.data.sealed',
    words: 'authenticator app that is being set up',
    sealedBy: 'features/account/totp.ts',
    async all(tx, now) {
      const rows = await tx
        .selectFrom('challenges')
        .select([
          'id',
          sql<string>`data ->> 'sealed'`.as('sealed'),
          sql<string>`data ->> 'userId'`.as('user'),
        ])
        .where('kind', '=', 'totp_enrol')
        .where('expires_at', '>', now)
        .where(sql<boolean>`data ->> 'sealed' is not null`)
        .execute();
      return rows.map(({ id, sealed, user }) => ({ id, sealed, context: totpSecretPlace(user) }));
    },
    async put(tx, before, sealed) {
      await sql`update challenges set data = jsonb_set(data, '{sealed}', to_jsonb(${sealed}::text))
        where id = ${before.id} and data ->> 'sealed' = ${before.sealed}`.execute(tx);
    },
    async giveUp(tx, { id }) {
      await tx.deleteFrom('challenges').where('id', '=', id).execute();
    },
  },
  column({
    at: 'identity_providers.secret_sealed',
    words: 'secret of a sign-in provider',
    sealedBy: 'features/access/providers/providers.ts',
    context: providerSecretPlace,
    lost: NEXT_VERSION,
  }),
  column({
    at: 'staff_sign_in.secret_sealed',
    key: 'client_id',
    words: 'secret of the application at which staff sign in',
    sealedBy: 'features/policy/sign-in/settings.ts',
    context: staffSignInPlace,
    lost: NEXT_VERSION,
  }),
  {
    at: 'workspace.settings.mail.passwordSealed',
    words: 'password of the mail server',
    sealedBy: 'features/settings/handlers.ts',
    async all(tx) {
      const { rows } = await sql<{ sealed: string }>`
        select settings #>> '{mail,passwordSealed}' as sealed from workspace
         where settings #>> '{mail,passwordSealed}' is not null`.execute(tx);
      return rows.map(({ sealed }) => ({ id: 'workspace', sealed, context: MAIL_PASSWORD }));
    },
    async put(tx, before, sealed) {
      await sql`update workspace set settings = jsonb_set(settings, '{mail,passwordSealed}', to_jsonb(${sealed}::text))
        where settings #>> '{mail,passwordSealed}' = ${before.sealed}`.execute(tx);
    },
    async giveUp(tx) {
      await sql`update workspace set version = version + 1,
        settings = jsonb_set(settings, '{mail,passwordSealed}', 'null'::jsonb)`.execute(tx);
    },
  },
  column({
    at: 'signing_keys.key_sealed',
    words: 'key that signs records',
    sealedBy: 'features/signed-records/signing-key.ts',
    context: signingKeyPlace,
    // The certificate stays, so that earlier signatures can still be attributed; the next record is signed with a new
    // key.
    lost: null,
  }),
  column({
    at: 'teams_channels.address_sealed',
    words: 'address of a workflow in Teams',
    sealedBy: 'features/reminders/teams/settings.ts',
    context: (_, client) => channelPlace(client),
    lost: NEXT_VERSION,
  }),
  column({
    at: 'sinks.secrets_sealed',
    words: 'secrets of a sink',
    sealedBy: 'features/sinks/edit.ts',
    context: ofClient(sinkSecretsPlace),
    lost: NEXT_VERSION,
  }),
  column({
    at: 'inference_hooks.secret_sealed',
    key: 'client_id',
    words: 'signing secret of an inference hook',
    sealedBy: 'features/dlp/hook/seal.ts',
    context: hookSecretPlace,
    lost: NEXT_VERSION,
  }),
  column({
    at: 'member_list_indexes.key_sealed',
    key: 'client_id',
    words: 'key of a member list’s index',
    sealedBy: 'features/dlp/member-list.ts',
    context: memberListPlace,
    // The index cannot be searched without its key.
    lost: 'row',
  }),
  column({
    at: 'watch_proposals.secret_sealed',
    words: 'secret of a guard or key of an index that waits for a second person',
    sealedBy: 'features/dlp/pending-change.ts',
    context: ofClient(pendingSecretPlace),
    // It can be proposed again.
    lost: 'row',
  }),
  column({
    at: 'fingerprint_keys.key_sealed',
    key: 'client_id',
    words: 'key of the fingerprints of a client',
    sealedBy: 'features/dlp/fingerprint.ts',
    context: fingerprintKeyPlace,
    // Existing fingerprints cannot be compared without their key; new ones get a new key.
    lost: 'row',
  }),
  column({
    at: 'source_connections.key_sealed',
    words: 'credential of a source',
    sealedBy: 'features/sources/vendor.ts',
    context: ofClient(sourceKeyPlace),
    lost: NEXT_VERSION,
  }),
  {
    ...TEXT_KEYS,
    // The texts cannot be opened anymore. New ones are encrypted with a new key.
    async giveUp(tx, key) {
      await tx.deleteFrom('activity_texts').where('client_id', '=', key.id).execute();
      for (const file of await heldContentFiles(tx, key.id))
        await destroyContentFile(tx, file, {
          at: new Date(),
          by: { id: 'bylaw', name: 'Bylaw' },
          why: 'key_lost',
        });
      await TEXT_KEYS.giveUp(tx, key);
    },
  },
  column({
    at: 'idempotency_keys.reply_sealed',
    words: 'reply kept for an idempotency key',
    sealedBy: 'features/idempotency.ts',
    context: replyPlace,
    counts: (now) => sql`expires_at > ${now}`,
    lost: null,
  }),
];

/** All sealed texts in the database that are still in use. */
export async function sealedTexts(tx: Tx, now: Date): Promise<readonly SealedText[]> {
  const texts: SealedText[] = [];
  for (const place of SEALED_PLACES) texts.push(...(await place.all(tx, now)));
  return texts;
}
