import { DateTime } from 'luxon';
import { NEVER_ASKED, nextReminderOn } from '#domain/policy/reminders.ts';
import { FIRST_HOUR, LAST_HOUR } from '#domain/reminders/schedule.ts';
import { appendAudit } from '#store/audit.ts';
import { deliveriesIn } from '#store/policy/deliveries.ts';
import { policySettings, remindingClients } from '#store/policy/settings.ts';
import { acknowledgementsIn } from '#store/policy/versions.ts';
import type { Services } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { zoneOf } from '../shared/moment.ts';
import { coverageNow } from './coverage.ts';
import { askedBy, claimMails, type Sending, sendMails } from './mails.ts';
import { planOf } from './schedule.ts';

/** Maximum number of reminders per run and client, so that a slow mail server does not delay other clients for long. */
const MAX_REMINDERS_PER_RUN = 200;

/**
 * Reminds people who have not acknowledged the policy in force, for clients that enabled reminders: on working days,
 * during the day. Each reminder is claimed before it is sent, in a transaction that checks again whether it is due, so
 * that nobody gets two, however many processes run this.
 */
export async function sendPolicyReminders(services: Services): Promise<void> {
  const rows = await services.store.read('system', remindingClients);
  if (rows.length === 0 || !(await services.mail.configured())) return;
  for (const { id, name, profile } of rows) {
    try {
      await remindDue(services, { id, name, timezone: zoneOf(profile) });
    } catch (error) {
      // An error for one client must not affect the others.
      services.log.error(
        { err: error, client: id },
        'reminders of the policy failed and are tried again later',
      );
    }
  }
}

async function remindDue(services: Services, client: Sending['client']): Promise<void> {
  const now = services.clock();
  const local = DateTime.fromJSDate(now, { zone: client.timezone });
  if (local.hour < FIRST_HOUR || local.hour >= LAST_HOUR) return;
  const today = local.toFormat('yyyy-MM-dd');
  const coverage = await coverageNow({ services, client, now });
  const { state, version, since } = coverage;
  if (state !== 'ready' || version === null || since === null) return;
  const due = coverage.items.filter(({ next }) => next === today).slice(0, MAX_REMINDERS_PER_RUN);
  if (due.length === 0) return;
  const sending: Sending = {
    services,
    client,
    version,
    why: 'schedule',
    by: { id: 'bylaw', name: BYLAW.name },
    now,
  };
  const mails = await services.store.write([client.id], async (tx) => {
    // In the meantime, reminders may have been disabled, the policy acknowledged, or the reminder claimed by another
    // process.
    const row = await policySettings(tx, client.id, { lock: true });
    const asked = askedBy(await deliveriesIn(tx, client.id, version.number), client.timezone);
    const given = new Set(
      (await acknowledgementsIn(tx, client.id))
        .filter(({ number }) => number === version.number)
        .map(({ address }) => address),
    );
    const people = due.filter(
      ({ address }) =>
        !given.has(address) &&
        nextReminderOn(planOf(row), asked.get(address) ?? NEVER_ASKED, { since, from: today }) === today,
    );
    if (people.length === 0) return [];
    return claimMails(tx, sending, people, async (entry) => {
      await appendAudit(tx, { ...entry, chain: client.id, actor: BYLAW, action: 'policy.remind', at: now });
    });
  });
  if (mails.length > 0) await sendMails(sending, mails);
}
// Guide: G8-17 GA-14
