import { sql } from 'kysely';
import { destroyContentFile, heldContentFiles } from '#store/activity/content-files.ts';
import { textKeyPlace } from '#store/activity/texts.ts';
import { signingKeyPlace } from '#store/deployment/signing-keys.ts';
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

/** One sealed text as it is stored, and what it was sealed for. */
export interface SealedText {
  readonly id: string;
  readonly sealed: string;
  readonly context: string;
}

/** Where sealed texts are stored, and how all of one kind are gone through. */
interface SealedPlace {
  /** Table and column; a text within JSON by its keys. */
  readonly at: string;
  /** What a person calls one of them. */
  readonly words: string;
  /** Files that seal such texts, for the test that finds a place which is missing here. */
  readonly sealedBy: string;
  all(tx: Tx, now: Date): Promise<SealedText[]>;
  /** Stores `sealed` in place of `before`, unless someone else stored another text meanwhile. */
  put(tx: Tx, before: SealedText, sealed: string): Promise<void>;
  /** Removes a text that nobody can open any more, so that it can be entered again. */
  giveUp(tx: Tx, text: SealedText): Promise<void>;
}

/** Every place of the database that holds sealed texts. What is not in this list is lost when the key is changed. */
export const SEALED_PLACES: readonly SealedPlace[] = [
  {
    at: 'users.totp_sealed',
    words: 'authenticator app',
    sealedBy: 'features/account/totp.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('users')
        .select(['id', 'totp_sealed as sealed'])
        .where('totp_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: totpSecretPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('users')
        .set({ totp_sealed: sealed })
        .where('id', '=', before.id)
        .where('totp_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('users')
        .set({ totp_sealed: null, totp_since: null, totp_step: null, recovery_codes: '[]' })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  },
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
  {
    at: 'identity_providers.secret_sealed',
    words: 'secret of a sign-in provider',
    sealedBy: 'features/access/providers/providers.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('identity_providers')
        .select(['id', 'secret_sealed as sealed'])
        .where('secret_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: providerSecretPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('identity_providers')
        .set({ secret_sealed: sealed })
        .where('id', '=', before.id)
        .where('secret_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('identity_providers')
        .set({ secret_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  },
  {
    at: 'staff_sign_in.secret_sealed',
    words: 'secret of the application at which staff sign in',
    sealedBy: 'features/policy/sign-in/settings.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('staff_sign_in')
        .select(['client_id as id', 'secret_sealed as sealed'])
        .where('secret_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: staffSignInPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('staff_sign_in')
        .set({ secret_sealed: sealed })
        .where('client_id', '=', before.id)
        .where('secret_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('staff_sign_in')
        .set({ secret_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('client_id', '=', id)
        .execute();
    },
  },
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
  {
    at: 'signing_keys.key_sealed',
    words: 'key that signs records',
    sealedBy: 'features/signed-records/signing-key.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('signing_keys')
        .select(['id', 'key_sealed as sealed'])
        .where('key_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: signingKeyPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('signing_keys')
        .set({ key_sealed: sealed })
        .where('id', '=', before.id)
        .where('key_sealed', '=', before.sealed)
        .execute();
    },
    // The certificate stays, so that what it signed can still be told; the next record is signed with a new key.
    async giveUp(tx, { id }) {
      await tx.updateTable('signing_keys').set({ key_sealed: null }).where('id', '=', id).execute();
    },
  },
  {
    at: 'teams_channels.address_sealed',
    words: 'address of a workflow in Teams',
    sealedBy: 'features/reminders/teams/settings.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('teams_channels')
        .select(['id', 'client_id as client', 'address_sealed as sealed'])
        .where('address_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, client, sealed }) => ({
        id,
        sealed: sealed ?? '',
        context: channelPlace(client),
      }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('teams_channels')
        .set({ address_sealed: sealed })
        .where('id', '=', before.id)
        .where('address_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('teams_channels')
        .set({ address_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  },
  {
    at: 'sinks.secrets_sealed',
    words: 'secrets of a sink',
    sealedBy: 'features/sinks/edit.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('sinks')
        .select(['id', 'client_id as client', 'secrets_sealed as sealed'])
        .where('secrets_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, client, sealed }) => ({
        id,
        sealed: sealed ?? '',
        context: sinkSecretsPlace(client, id),
      }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('sinks')
        .set({ secrets_sealed: sealed })
        .where('id', '=', before.id)
        .where('secrets_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('sinks')
        .set({ secrets_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  },
  {
    at: 'inference_hooks.secret_sealed',
    words: 'signing secret of an inference hook',
    sealedBy: 'features/dlp/hook/settings.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('inference_hooks')
        .select(['client_id as id', 'secret_sealed as sealed'])
        .where('secret_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: hookSecretPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('inference_hooks')
        .set({ secret_sealed: sealed })
        .where('client_id', '=', before.id)
        .where('secret_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('inference_hooks')
        .set({ secret_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('client_id', '=', id)
        .execute();
    },
  },
  {
    at: 'member_list_indexes.key_sealed',
    words: 'key of a member list’s index',
    sealedBy: 'features/dlp/member-list.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('member_list_indexes')
        .select(['client_id as id', 'key_sealed as sealed'])
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed, context: memberListPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('member_list_indexes')
        .set({ key_sealed: sealed })
        .where('client_id', '=', before.id)
        .where('key_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      // Without its key the index finds nothing.
      await tx.deleteFrom('member_list_indexes').where('client_id', '=', id).execute();
    },
  },
  {
    at: 'fingerprint_keys.key_sealed',
    words: 'key of the fingerprints of a client',
    sealedBy: 'features/dlp/fingerprint.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('fingerprint_keys')
        .select(['client_id as id', 'key_sealed as sealed'])
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed, context: fingerprintKeyPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('fingerprint_keys')
        .set({ key_sealed: sealed })
        .where('client_id', '=', before.id)
        .where('key_sealed', '=', before.sealed)
        .execute();
    },
    // Fingerprints of before are those of another key; the next ones are made with a new one.
    async giveUp(tx, { id }) {
      await tx.deleteFrom('fingerprint_keys').where('client_id', '=', id).execute();
    },
  },
  {
    at: 'source_connections.key_sealed',
    words: 'credential of a source',
    sealedBy: 'features/sources/vendor.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('source_connections')
        .select(['id', 'client_id as client', 'key_sealed as sealed'])
        .where('key_sealed', 'is not', null)
        .execute();
      return rows.map(({ id, client, sealed }) => ({
        id,
        sealed: sealed ?? '',
        context: sourceKeyPlace(client, id),
      }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('source_connections')
        .set({ key_sealed: sealed })
        .where('id', '=', before.id)
        .where('key_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx
        .updateTable('source_connections')
        .set({ key_sealed: null })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  },
  {
    at: 'activity_text_keys.key_sealed',
    words: 'key of the texts of a client',
    sealedBy: 'features/activity/text/key.ts',
    async all(tx) {
      const rows = await tx
        .selectFrom('activity_text_keys')
        .select(['client_id as id', 'key_sealed as sealed'])
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed, context: textKeyPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('activity_text_keys')
        .set({ key_sealed: sealed })
        .where('client_id', '=', before.id)
        .where('key_sealed', '=', before.sealed)
        .execute();
    },
    // Nobody can open the texts any more. The next ones are locked with a new key.
    async giveUp(tx, { id }) {
      await tx.deleteFrom('activity_texts').where('client_id', '=', id).execute();
      for (const file of await heldContentFiles(tx, id))
        await destroyContentFile(tx, file, { at: new Date(), by: 'Bylaw', why: 'key_lost' });
      await tx.deleteFrom('activity_text_keys').where('client_id', '=', id).execute();
    },
  },
  {
    at: 'idempotency_keys.reply_sealed',
    words: 'reply kept for an idempotency key',
    sealedBy: 'features/idempotency.ts',
    async all(tx, now) {
      const rows = await tx
        .selectFrom('idempotency_keys')
        .select(['id', 'reply_sealed as sealed'])
        .where('reply_sealed', 'is not', null)
        .where('expires_at', '>', now)
        .execute();
      return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '', context: replyPlace(id) }));
    },
    async put(tx, before, sealed) {
      await tx
        .updateTable('idempotency_keys')
        .set({ reply_sealed: sealed })
        .where('id', '=', before.id)
        .where('reply_sealed', '=', before.sealed)
        .execute();
    },
    async giveUp(tx, { id }) {
      await tx.updateTable('idempotency_keys').set({ reply_sealed: null }).where('id', '=', id).execute();
    },
  },
];

/** Every sealed text of the database that still counts. */
export async function sealedTexts(tx: Tx, now: Date): Promise<readonly SealedText[]> {
  const texts: SealedText[] = [];
  for (const place of SEALED_PLACES) texts.push(...(await place.all(tx, now)));
  return texts;
}
