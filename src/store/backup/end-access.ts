import type { Session } from '../engine/engine.ts';

/** How many of each way in there were and no longer are. */
export interface AccessEnded {
  readonly sessions: number;
  /** Personal tokens, those of commands, of Claude and of backups, and those with which telemetry is sent. */
  readonly tokens: number;
  readonly invitations: number;
  readonly calendars: number;
  /** Links at which people without an account read a report. */
  readonly reportLinks: number;
  /** Links at which people without an account hand in files. */
  readonly uploadLinks: number;
  /** Addresses of staff pages, and links to acknowledge a policy or open a person's own page by. */
  readonly policyPages: number;
  /** Devices that sign their tests. */
  readonly devices: number;
  /** Changes to systems outside that the server was carrying out. */
  readonly changes: number;
}

/** Said beside a change that the restore stopped. */
const STOPPED =
  'A backup was restored that was made while this was being carried out, so it is not known what was done since. Compare the plan with the system itself, then plan it again.';

/**
 * Ends every way in that the rows of a backup hold: what was ended or revoked since it was made would count again. Links
 * for a new password and steps of a sign-in that was begun go, too. What the server was just writing to a system outside
 * stops: it may have been finished and taken back since. Within the transaction that loads the rows.
 */
export async function endAccess(session: Session): Promise<AccessEnded> {
  await session.query(`select set_config('bylaw.scope', '*', true)`);
  const ended = async (table: string, statement: string): Promise<number> => {
    const { rows: there } = await session.query<{ is: boolean }>('select to_regclass($1) is not null as is', [
      table,
    ]);
    if (there[0]?.is !== true) return 0;
    const { rows } = await session.query<{ n: string }>(
      `with ended as (${statement} returning 1) select count(*) as n from ended`,
    );
    return Number(rows[0]?.n ?? 0);
  };
  await ended('challenges', 'delete from challenges');
  return {
    sessions: await ended('sessions', 'delete from sessions'),
    tokens: await ended(
      'api_tokens',
      'update api_tokens set revoked_at = now() where revoked_at is null and (expires_at is null or expires_at > now())',
    ),
    invitations: await ended(
      'invitations',
      'update invitations set revoked_at = now() where accepted_at is null and revoked_at is null and expires_at > now()',
    ),
    calendars: await ended('calendar_feeds', 'delete from calendar_feeds'),
    reportLinks: await ended(
      'report_links',
      'update report_links set revoked_at = now() where revoked_at is null and expires_at > now()',
    ),
    uploadLinks: await ended(
      'upload_links',
      'update upload_links set revoked_at = now() where revoked_at is null and expires_at > now()',
    ),
    devices: await ended(
      'network_devices',
      `update network_devices set revoked_at = now(), revoked_by_name = 'Bylaw, automatically' where revoked_at is null`,
    ),
    changes: await ended(
      'changes',
      `update changes set state = 'failed', held_until = null, lacks = jsonb_build_array('${STOPPED}'::text),
       changed_by_name = 'Bylaw, automatically', changed_at = now(), version = version + 1 where state = 'applying'`,
    ),
    policyPages:
      (await ended('policy_pages', 'update policy_pages set revoked_at = now() where revoked_at is null')) +
      (await ended('policy_links', 'update policy_links set expires_at = now() where expires_at > now()')) +
      (await ended('staff_links', 'update staff_links set expires_at = now() where expires_at > now()')),
  };
}
