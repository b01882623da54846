import { countsOf, dueNow, sumOf } from '#domain/reminders/due.ts';
import { believable, isTime, periodOf } from '#domain/reminders/schedule.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { activeDigests, claimDigest, type DigestRow, endDigest } from '#store/reminders/digests.ts';
import type { Services } from '../context.ts';
import { whyNotSent, zoneFor } from '../mail/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { digestFor } from './digest.ts';
import { dueFor, viewerNow } from './due.ts';
import { localTime, rhythmOf } from './own-settings.ts';

/** Consecutive failures after which the remaining mails wait for the next run. */
const MAX_FAILURES = 3;

type Outcome = 'not_due' | 'sent' | 'failed';

/**
 * Sends each subscriber the mail of what is due, at its scheduled time. Each mail is claimed before it is sent, so
 * that several processes send at most one per period; a crash in between loses that one.
 */
export async function sendDueDigests(services: Services): Promise<void> {
  const rows = await services.store.read('system', activeDigests);
  if (rows.length === 0 || !(await services.mail.configured())) return;
  let failures = 0;
  for (const row of rows) {
    if (failures >= MAX_FAILURES) return;
    try {
      const outcome = await remind(services, row);
      if (outcome !== 'not_due') failures = outcome === 'failed' ? failures + 1 : 0;
    } catch (error) {
      services.log.error({ err: error, user: row.user_id }, 'a person could not be reminded of due work');
    }
  }
}

async function remind(services: Services, row: DigestRow): Promise<Outcome> {
  const { store, clock } = services;
  const zone = (await store.read('system', (tx) => zoneFor(tx, row.user_id))) ?? 'UTC';
  const now = localTime(clock(), zone);
  const rhythm = rhythmOf(row.rhythm);
  const day = periodOf({ rhythm, weekday: row.weekday }, now);
  if (day === null || rhythm === 'never' || !isTime(now)) return 'not_due';
  const done = believable(row.claimed_on, now.day);
  if (done !== null && done >= day) return 'not_due';
  const viewer = await store.read('system', (tx) => viewerNow(tx, row.user_id));
  if (viewer === null) return 'not_due';
  const due = await dueFor(services, viewer, { ownOnly: row.own_only });
  const mail = digestFor({
    to: viewer,
    due,
    day: now.day,
    rhythm,
    ownOnly: row.own_only,
    origin: services.config.origin,
  });
  const count = sumOf(countsOf(dueNow(due.flatMap(({ items }) => items))));
  const note = (tx: Tx, state: string, why: string | null = null) =>
    appendAudit(tx, {
      chain: WORKSPACE,
      actor: BYLAW,
      action: 'reminders.mail',
      subject: { kind: 'user', id: viewer.id, name: viewer.name },
      reason: why,
      after: { day, state, count },
      at: clock(),
    });
  const claimed = await store.write('system', async (tx) => {
    const state = mail === null ? 'nothing' : 'sending';
    if (!(await claimDigest(tx, row, { day, state, at: clock() }))) return false;
    if (mail !== null) await note(tx, state);
    return true;
  });
  if (!claimed || mail === null) return 'not_due';
  const why = await services.mail.send(mail).then(() => null, whyNotSent);
  await store.write('system', async (tx) => {
    await endDigest(tx, row.user_id, { day, count, why, at: clock() });
    await note(tx, why === null ? 'sent' : 'failed', why);
  });
  if (why !== null) services.log.warn({ user: row.user_id }, 'a reminder of due work could not be sent');
  return why === null ? 'sent' : 'failed';
}

// Guide: G2.2-34
