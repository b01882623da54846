import { DateTime } from 'luxon';
import { address } from '#domain/people/names.ts';
import type { MessageKind } from '#domain/personal-accounts/steps.ts';
import { placeOf } from '#domain/rules/accounts/addresses.ts';
import { findCampaign, holdCampaign } from '#store/personal-accounts/campaigns.ts';
import { messagesTo } from '#store/personal-accounts/messages.ts';
import { lastSeq } from '#store/personal-accounts/steps.ts';
import { clientProfile } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { handOver } from '../../mail/index.ts';
import { unprocessable } from '../../problems.ts';
import { MEANWHILE, NOT_LISTED, type Refused } from '../act.ts';
import { entryOf, nameOf, registerNow, todayOf } from '../register.ts';
import { contactOf, settingsOf } from '../settings.ts';
import { type Claimed, claim, end, type Sender } from './outbox.ts';
import { underWay, whyNot } from './sending-rules.ts';
import { filled, valuesOf, wordingOf } from './texts.ts';

interface Wanted {
  readonly kind: MessageKind;
  readonly how: 'mail' | 'hand';
  readonly accounts: readonly string[];
  /** Managers who get it, each in a mail of their own. */
  readonly to: readonly string[];
}

export interface Sent {
  readonly sent: string[];
  /** Messages that failed, with the mail server's response; their accounts are unchanged. */
  readonly failed: Refused[];
  /** Accounts and recipients for which no message is possible. */
  readonly refused: Refused[];
}

/**
 * Sends one mail per account, or records that someone sent them by hand. Each mail is claimed before it is sent and its
 * outcome recorded after, so that two people never send the same one, and a mail with an unknown outcome never counts
 * as sent.
 */
export async function sendMessages(context: HandlerContext, wanted: Wanted): Promise<Sent> {
  const { client, services, actor, now } = context;
  const by: Sender = { id: actor.userId, name: actor.name };
  if (wanted.how === 'mail') await refuseWithoutMail(context);
  const { claimed, refused } = await claimAll(context, wanted, by);
  const sent: string[] = [];
  const failed: Refused[] = [];
  const day = todayOf(context);
  const note = async (message: Claimed, why: string | null) => {
    const who = message.account ?? message.mail.to;
    if (why === null) sent.push(who);
    else failed.push({ account: who, name: message.name, why });
    await context.change(async (tx, recorder) => {
      await holdCampaign(tx, client.id);
      const noted = await end(tx, recorder.record, {
        clientId: client.id,
        message,
        how: wanted.how,
        why,
        by,
        now,
        day,
      });
      if (!noted) recorder.unchanged();
    });
  };
  if (wanted.how === 'mail') await handOver(services, claimed, note);
  else for (const message of claimed) await note(message, null);
  if (sent.length > 0) await services.verdicts.refresh(client.id);
  if (claimed.length > 0) services.events.publish({ client: client.id, topic: 'people', id: null });
  return { sent: sent.toSorted(), failed, refused };
}

async function refuseWithoutMail({ services, client }: HandlerContext): Promise<void> {
  if (client.sandbox)
    throw unprocessable(
      'The people of the sandbox association are fictional, so no email is sent. Mark the message as sent manually to see what happens next.',
    );
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Mail is not set up. An Owner can set it up under Settings. Until then, copy the message and mark it as sent manually.',
    );
}

function elsewhere(words: string): string {
  return `Not sent: ${words}. Emails go only to managers on the client’s own domains; send it to this one manually and mark it as sent.`;
}

async function claimAll(
  context: HandlerContext,
  { kind, how, accounts, to }: Wanted,
  by: Sender,
): Promise<{ readonly claimed: readonly Claimed[]; readonly refused: Refused[] }> {
  const { client, services, now } = context;
  const reading = await registerNow(context, client);
  const { domains } = await clientProfile(context);
  const today = todayOf(context);
  const dayOf = (at: Date) => DateTime.fromJSDate(at, { zone: client.timezone }).toFormat('yyyy-MM-dd');
  return context.change(async (tx, recorder) => {
    await holdCampaign(tx, client.id);
    const settings = settingsOf(await findCampaign(tx, client.id));
    const wording = await wordingOf(tx, services, client.id, kind);
    const contact = contactOf(settings, reading);
    const claimed: Claimed[] = [];
    const refused: Refused[] = [];
    const write = async (entry: Parameters<typeof claim>[2]['entry'], recipient: string) => {
      const message = filled(wording, valuesOf({ reading, settings, organization: client.name, entry }));
      if (message.problem !== null) throw unprocessable(message.problem);
      const { subject, text } = message;
      claimed.push(
        await claim(tx, recorder.record, {
          clientId: client.id,
          kind,
          wording: wording.version,
          entry,
          name: entry === null ? null : nameOf(reading, entry),
          mail: {
            to: recipient,
            subject,
            text,
            ...(contact === null ? {} : { replyTo: contact.address }),
          },
          how,
          by,
          now,
        }),
      );
    };
    for (const key of new Set(accounts.map(address))) {
      const entry = entryOf(reading, key);
      const name = entry === undefined ? null : nameOf(reading, entry);
      const refuse = (why: string) => refused.push({ account: key, name, why });
      if (entry === undefined) {
        refuse(NOT_LISTED);
        continue;
      }
      const why =
        whyNot(kind, entry, reading) ??
        ((await lastSeq(tx, client.id, key)) === entry.version ? null : MEANWHILE) ??
        underWay(kind, await messagesTo(tx, client.id, key), now, today, dayOf);
      if (why !== null) refuse(why);
      else await write(entry, key);
    }
    for (const recipient of new Set(to.map((one) => one.trim().toLowerCase()))) {
      // The text is the sender's own, so the workspace's mail server must not deliver it to other domains.
      const { kind: is, words } = placeOf(recipient, domains);
      if (how === 'mail' && is !== 'own')
        refused.push({ account: recipient, name: null, why: elsewhere(words) });
      else await write(null, recipient);
    }
    if (claimed.length === 0) recorder.unchanged();
    return { claimed, refused };
  });
}
// Guide: G4.2-03
