import { randomUUID } from 'node:crypto';
import type { Language } from '#domain/policy/languages.ts';
import type { Asked } from '#domain/policy/reminders.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import { type DeliveryRow, endDelivery, insertDeliveries } from '#store/policy/deliveries.ts';
import { insertPage } from '#store/policy/pages.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { RecordEntry, Services } from '../context.ts';
import { handOver, harmlessName } from '../mail/index.ts';
import { present } from '../shared/moment.ts';
import { say } from './messages/format.ts';
import { textsOfVersion } from './translated.ts';

/** The client and policy of a mail. */
export interface Sending {
  readonly services: Services;
  readonly client: { readonly id: string; readonly name: string; readonly timezone: string };
  readonly version: PolicyVersionRow;
  readonly why: 'request' | 'schedule';
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
}

interface PolicyMail {
  readonly id: string;
  readonly mail: { readonly to: string; readonly subject: string; readonly text: string };
}

/** After this time without a recorded outcome, sending was interrupted by a crash; in milliseconds. */
const CUT_OFF_MS = 10 * 60_000;

/** The outcome of an email. One whose sending was interrupted may have arrived. */
export function outcomeOf({ state, begun_at: begun }: Pick<DeliveryRow, 'state' | 'begun_at'>, now: Date) {
  if (state === 'sent' || state === 'failed') return state;
  return now.getTime() - begun.getTime() < CUT_OFF_MS ? 'sending' : 'unknown';
}

/** The mails that each address received about a version number, in order. */
export function askedBy(
  rows: readonly DeliveryRow[],
  zone: string,
): Map<string, Asked & { readonly last: DeliveryRow }> {
  const asked = new Map<string, Asked & { readonly last: DeliveryRow }>();
  for (const last of rows) {
    const before = asked.get(last.address);
    const failed = last.state === 'failed';
    asked.set(last.address, {
      times: (before?.times ?? 0) + (failed ? 0 : 1),
      failedInRow: failed ? (before?.failedInRow ?? 0) + 1 : 0,
      lastOn: present(last.begun_at, zone).today,
      last,
    });
  }
  return asked;
}

/**
 * Claims a mail for each person before anything is sent: their own address of the page, and the mail as begun. That
 * address can only request an acknowledgement. To give one, they need the link that is then mailed to them.
 */
export async function claimMails(
  tx: Tx,
  { services, client, version, why, by, now }: Sending,
  people: readonly { readonly address: string; readonly name: string }[],
  record: (entry: RecordEntry) => Promise<void>,
): Promise<PolicyMail[]> {
  const mails = people.map(({ address: to, name }) => {
    const secret = newSecret();
    return { id: randomUUID(), secret, to, name };
  });
  for (const { to, secret } of mails)
    await insertPage(tx, {
      client_id: client.id,
      id: randomUUID(),
      token_hash: hashSecret(secret),
      address: to,
      made_by: by.id,
      made_by_name: by.name,
      made_at: now,
      revoked_at: null,
    });
  await insertDeliveries(
    tx,
    mails.map(({ id, to, name }) => ({
      client_id: client.id,
      id,
      number: version.number,
      revision: version.revision,
      address: to,
      name,
      why,
      by_name: by.name,
      begun_at: now,
      ended_at: null,
      state: 'sending',
      failure: null,
    })),
  );
  await record({
    subject: { kind: 'policy', id: String(version.number) },
    after: { asked: mails.length, addresses: mails.map(({ to }) => to), why },
  });
  const languages = textsOfVersion(version).map(({ language }) => language);
  return mails.map(({ id, to, name, secret }) => ({
    id,
    mail: mailTo(client.name, `${services.config.origin}/policy/${secret}`, languages, { to, name }),
  }));
}

/** Sends emails and records the outcome of each. Returns how many were sent and how many failed. */
export async function sendMails(
  { services, client }: Pick<Sending, 'services' | 'client'>,
  mails: readonly PolicyMail[],
): Promise<{ sent: number; failed: number }> {
  let failed = 0;
  await handOver(services, mails, async ({ id }, why) => {
    if (why !== null) {
      failed += 1;
      services.log.warn(
        { client: client.id, delivery: id },
        'a mail about the policy could not be handed over',
      );
    }
    await services.store.write([client.id], (tx) =>
      endDelivery(tx, {
        clientId: client.id,
        id,
        at: services.clock(),
        failure: why?.slice(0, 500) ?? null,
      }),
    );
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { sent: mails.length - failed, failed };
}

/** The email in every language of the version, since the recipient's language is not known. */
function mailTo(
  clientName: string,
  page: string,
  languages: readonly Language[],
  { to, name }: { readonly to: string; readonly name: string },
) {
  const client = harmlessName(clientName);
  return {
    to,
    subject: languages.map((language) => say(language, 'mail_ask_subject', { client })).join(' / '),
    text: languages
      .map((language) =>
        [
          say(language, 'mail_ask_hello', { name: harmlessName(name) }),
          '',
          say(language, 'mail_ask_said', { client }),
          `${page}?lang=${language}`,
          '',
          say(language, 'mail_ask_then'),
        ].join('\n'),
      )
      .join('\n\n'),
  };
}
// Guide: G8-17 G7.3-02
