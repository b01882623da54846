import type { Tx } from '../open.ts';
import { ATTEMPTS_KEPT } from './attempts.ts';
import { SESSION_IDLE } from './sessions.ts';

/** How long ended sessions and invitations are kept, in milliseconds. */
const OVER_KEPT = 30 * 24 * 3_600_000;

/**
 * Deletes expired secrets, attempts too old to count, and sessions and invitations that ended more than 30 days ago;
 * the audit log keeps their history. Returns the number of rows.
 */
export async function sweepIdentity(tx: Tx, now: Date): Promise<number> {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const gone = [
    await tx.deleteFrom('challenges').where('expires_at', '<=', now).executeTakeFirst(),
    await tx.deleteFrom('attempts').where('at', '<', before(ATTEMPTS_KEPT)).executeTakeFirst(),
    await tx
      .deleteFrom('sessions')
      .where((eb) =>
        eb.or([
          eb('expires_at', '<=', before(OVER_KEPT)),
          eb('last_seen_at', '<=', before(OVER_KEPT + SESSION_IDLE)),
        ]),
      )
      .executeTakeFirst(),
    await tx
      .deleteFrom('invitations')
      .where((eb) =>
        eb.or([
          eb('expires_at', '<=', before(OVER_KEPT)),
          eb('accepted_at', '<=', before(OVER_KEPT)),
          eb('revoked_at', '<=', before(OVER_KEPT)),
        ]),
      )
      .executeTakeFirst(),
  ];
  return gone.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}
