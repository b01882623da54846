import { DateTime } from 'luxon';
import { addDays } from '#domain/model/day.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { isStep } from '#domain/personal-accounts/steps.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { holdCampaign, remindingClients } from '#store/personal-accounts/campaigns.ts';
import { allMessages, type MessageRow } from '#store/personal-accounts/messages.ts';
import { lastSeq } from '#store/personal-accounts/steps.ts';
import type { RecordEntry, Services } from '../context.ts';
import { handOver } from '../mail/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { zoneOf } from '../shared/moment.ts';
import { type Claimed, claim, end, type Sender } from './messages/outbox.ts';
import { whyNot } from './messages/sending-rules.ts';
import { filled, valuesOf, wordingOf } from './messages/texts.ts';
import type { RegisterReading } from './reading.ts';
import { nameOf, registerNow } from './register.ts';
import { contactOf, type Settings, settingsOf } from './settings.ts';

const SENDER: Sender = { id: null, name: BYLAW.name };
const SENT = 'personal_accounts.remind';

/** No reminders at night or on weekends. Hours in the client's time zone. */
const FIRST_HOUR = 8;
const LAST_HOUR = 17;
/** Maximum reminders per run and client, so that a slow mail server does not delay other clients for long. */
const MAX_REMINDERS_PER_RUN = 100;

interface Client {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
}

/**
 * Reminds holders who got a message and have not answered, for clients with reminders on. Each reminder is claimed in a
 * transaction that checks again whether it is due, so there is at most one per account and interval, regardless of the
 * number of processes and of the outcome of the mail.
 */
export async function sendDueReminders(services: Services): Promise<void> {
  const rows = await services.store.read('system', remindingClients);
  if (rows.length === 0 || !(await services.mail.configured())) return;
  for (const { id, slug, name, profile } of rows) {
    try {
      await remind(services, { id, slug, name, timezone: zoneOf(profile) });
    } catch (error) {
      // A failure for one client must not affect the others.
      services.log.error(
        { err: error, client: id },
        'reminders of a client failed and are tried again later',
      );
    }
  }
}

async function remind(services: Services, client: Client): Promise<void> {
  const { store, clock, events, verdicts } = services;
  const now = clock();
  const local = DateTime.fromJSDate(now, { zone: client.timezone });
  if (local.hour < FIRST_HOUR || local.hour > LAST_HOUR || local.weekday > 5) return;
  const day = local.toFormat('yyyy-MM-dd');
  const reading = await registerNow({ services, now }, client);
  const claimed = await store.write([client.id], (tx) =>
    claimDue(tx, { services, client, reading, now, day }),
  );
  if (claimed.length === 0) return;
  let sent = false;
  await handOver(services, claimed, async (message, why) => {
    if (why !== null)
      services.log.warn({ client: client.id, message: message.id }, 'a reminder could not be sent');
    else sent = true;
    await store.write([client.id], async (tx) => {
      await holdCampaign(tx, client.id);
      const record = recorder(tx, client.id, clock());
      await end(tx, record, {
        clientId: client.id,
        message,
        how: 'mail',
        why,
        by: SENDER,
        now: clock(),
        day,
      });
    });
  });
  if (sent) await verdicts.refresh(client.id);
  events.publish({ client: client.id, topic: 'people', id: null });
}

interface Looking {
  readonly services: Services;
  readonly client: Client;
  readonly reading: RegisterReading;
  readonly now: Date;
  readonly day: string;
}

async function claimDue(tx: Tx, { services, client, reading, now, day }: Looking): Promise<Claimed[]> {
  const settings = settingsOf(await holdCampaign(tx, client.id));
  // Reminders may have been switched off, or another process may have been first.
  if (!settings.reminders) return [];
  const messages = await allMessages(tx, client.id);
  const dayOf = (at: Date) => DateTime.fromJSDate(at, { zone: client.timezone }).toFormat('yyyy-MM-dd');
  const wording = await wordingOf(tx, services, client.id, 'reminder');
  const contact = contactOf(settings, reading);
  const claimed: Claimed[] = [];
  for (const entry of reading.entries) {
    if (claimed.length >= MAX_REMINDERS_PER_RUN) break;
    const own = messages.filter(({ account }) => account === entry.key);
    if (!isDue(entry, settings, own, day, dayOf) || whyNot('reminder', entry, reading) !== null) continue;
    if ((await lastSeq(tx, client.id, entry.key)) !== entry.version) continue;
    const { subject, text, problem } = filled(
      wording,
      valuesOf({ reading, settings, organization: client.name, entry }),
    );
    if (problem !== null) {
      services.log.warn({ client: client.id, problem }, 'reminders wait: their text cannot be filled in');
      return claimed;
    }
    claimed.push(
      await claim(tx, recorder(tx, client.id, now), {
        clientId: client.id,
        kind: 'reminder',
        wording: wording.version,
        entry,
        name: nameOf(reading, entry),
        mail: { to: entry.key, subject, text, ...(contact === null ? {} : { replyTo: contact.address }) },
        how: 'mail',
        by: SENDER,
        now,
      }),
    );
  }
  return claimed;
}

/**
 * Whether a holder has not answered for as long as the settings say, with reminders left. A started reminder counts
 * whatever its outcome, because it may have arrived.
 */
export function isDue(
  entry: Entry,
  { remindAfter, maxReminders }: Pick<Settings, 'remindAfter' | 'maxReminders'>,
  messages: readonly MessageRow[],
  today: string,
  dayOf: (at: Date) => string,
): boolean {
  if (entry.state !== 'contacted' || entry.answer !== null || entry.lastMessageOn === null) return false;
  const from = entry.rounds.length > 1 ? (entry.rounds.at(-1)?.from ?? '') : '';
  const begun = messages
    .map((row) => ({ kind: row.kind, day: dayOf(row.begun_at) }))
    .filter(({ day }) => day >= from);
  const stated = entry.steps
    .filter(isStep('contacted'))
    .filter(({ message, how, day }) => message === 'reminder' && how !== 'mail' && day >= from).length;
  const reminded = begun.filter(({ kind }) => kind === 'reminder').length;
  if (Math.max(reminded, stated) >= maxReminders) return false;
  const last = [entry.lastMessageOn, ...begun.map(({ day }) => day)].toSorted().at(-1) ?? today;
  return addDays(last, remindAfter) <= today;
}

function recorder(tx: Tx, clientId: string, at: Date) {
  return async (entry: RecordEntry): Promise<void> => {
    await appendAudit(tx, { ...entry, chain: clientId, actor: BYLAW, action: SENT, at });
  };
}
// Guide: G4.2-03
