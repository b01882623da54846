import type { Session } from '../engine/engine.ts';

/** Number of revoked credentials and stopped changes, by kind. */
export interface AccessEnded {
  readonly sessions: number;
  /** Personal tokens, those of commands, of Claude and of backups, and telemetry tokens. */
  readonly tokens: number;
  readonly invitations: number;
  readonly calendars: number;
  /** Links with which people without an account read a report. */
  readonly reportLinks: number;
  /** Links with which people without an account upload files. */
  readonly uploadLinks: number;
  /** Staff page addresses, and links to acknowledge a policy or open one's own page. */
  readonly policyPages: number;
  /** Devices that sign network tests. */
  readonly devices: number;
  /** People whose recovery codes for a lost authenticator app ended. */
  readonly recoveryCodes: number;
  /** Changes to external systems that the server was applying. */
  readonly changes: number;
}

/** Reason shown with a change that the restore stopped. */
const STOPPED =
  'A backup was restored that was made while this was being carried out, so it is not known what was done since. Compare the plan with the system itself, then plan it again.';

/**
 * Revokes every credential in the restored rows: those ended or revoked since the backup was made would be valid again.
 * Password-reset links and unfinished sign-ins are deleted, too. Changes being applied to external systems are stopped,
 * because they may have been finished and undone since. Runs in the transaction that loads the rows.
 *
 * Recovery codes work once, and the backup has those that were used since. Authenticator apps stay.
 *
 * Tokens and links that have expired are revoked as well, though not counted: on a machine whose clock is ahead, they
 * would be valid again once it is put right.
 */
export async function endAccess(session: Session): Promise<AccessEnded> {
  await session.query(`select set_config('bylaw.scope', '*', true)`);
  /** `open`: which rows are counted, as they were before the statement; null: all that it changes. */
  const ended = async (table: string, statement: string, open: string | null = null): Promise<number> => {
    const { rows: there } = await session.query<{ is: boolean }>('select to_regclass($1) is not null as is', [
      table,
    ]);
    if (there[0]?.is !== true) return 0;
    const { rows } = await session.query<{ n: string }>(
      `with ended as (${statement} returning 1) select count(*) as n from ${open === null ? 'ended' : `${table} where ${open}`}`,
    );
    return Number(rows[0]?.n ?? 0);
  };
  await ended('challenges', 'delete from challenges');
  return {
    sessions: await ended('sessions', 'delete from sessions'),
    tokens: await ended(
      'api_tokens',
      'update api_tokens set revoked_at = now() where revoked_at is null',
      'revoked_at is null and (expires_at is null or expires_at > now())',
    ),
    invitations: await ended(
      'invitations',
      'update invitations set revoked_at = now() where accepted_at is null and revoked_at is null',
      'accepted_at is null and revoked_at is null and expires_at > now()',
    ),
    calendars: await ended('calendar_feeds', 'delete from calendar_feeds'),
    reportLinks: await ended(
      'report_links',
      'update report_links set revoked_at = now() where revoked_at is null',
      'revoked_at is null and expires_at > now()',
    ),
    uploadLinks: await ended(
      'upload_links',
      'update upload_links set revoked_at = now() where revoked_at is null',
      'revoked_at is null and expires_at > now()',
    ),
    devices: await ended(
      'network_devices',
      `update network_devices set revoked_at = now(), revoked_by_name = 'Bylaw, automatically' where revoked_at is null`,
    ),
    recoveryCodes: await ended(
      'users',
      `update users set recovery_codes = '[]' where recovery_codes <> '[]'`,
    ),
    changes: await ended(
      'changes',
      `update changes set state = 'failed', held_until = null, lacks = jsonb_build_array('${STOPPED}'::text),
       changed_by_name = 'Bylaw, automatically', changed_at = now(), version = version + 1 where state = 'applying'`,
    ),
    policyPages:
      (await ended('policy_pages', 'update policy_pages set revoked_at = now() where revoked_at is null')) +
      (await ended(
        'policy_links',
        'update policy_links set expires_at = made_at where expires_at > made_at',
        'expires_at > now()',
      )) +
      (await ended(
        'staff_links',
        'update staff_links set expires_at = made_at where expires_at > made_at',
        'expires_at > now()',
      )),
  };
}
