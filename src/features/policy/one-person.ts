import { address } from '#domain/people/names.ts';
import { inForce } from '#domain/policy/versions.ts';
import { deliveriesIn } from '#store/policy/deliveries.ts';
import { acknowledgementsIn, policyVersions } from '#store/policy/versions.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { refuseInvented } from '../shared/invented.ts';
import { askedBy, claimMails, outcomeOf, type Sending, sendMails } from './mails.ts';
import { numbered, todayHere } from './read.ts';
import { QUIET_MS } from './remind.ts';

/** The last mail that asked one person to acknowledge the policy in force. */
export interface PolicyMail {
  readonly at: string;
  readonly outcome: ReturnType<typeof outcomeOf>;
  /** Why it was not sent; null: it was, or is being sent. */
  readonly failure: string | null;
}

async function versionNow(context: HandlerContext) {
  const rows = await context.read((tx) => policyVersions(tx, context.client.id));
  return inForce(rows.map(numbered), todayHere(context));
}

/** The last mail about the version in force to an address; null: there was none. */
export async function lastPolicyMail(context: HandlerContext, to: string): Promise<PolicyMail | null> {
  const version = await versionNow(context);
  if (version === null) return null;
  const rows = await context.read((tx) => deliveriesIn(tx, context.client.id, version.number));
  const last = askedBy(rows, context.client.timezone).get(address(to))?.last;
  return last === undefined
    ? null
    : { at: last.begun_at.toISOString(), outcome: outcomeOf(last, context.now), failure: last.failure };
}

/**
 * Emails the policy in force to one person, whether or not they are on a list of the client, and asks for an
 * acknowledgement. Refused if no policy is in force, email is not set up, they have acknowledged it, or they were asked
 * within the last day.
 */
export async function sendPolicyTo(
  context: HandlerContext,
  person: { readonly address: string; readonly name: string },
): Promise<void> {
  const { services, client, now, actor } = context;
  const to = address(person.address);
  refuseInvented(client);
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Mail is not set up here, so no one can be asked. An Owner can set it up under Settings.',
    );
  const version = await versionNow(context);
  if (version === null) throw unprocessable('No version of the policy is in force. Publish one first.');
  const sending: Sending = {
    services,
    client,
    version,
    why: 'request',
    by: { id: actor.userId, name: actor.name },
    now,
  };
  const mails = await context.change(async (tx, recorder) => {
    const given = await acknowledgementsIn(tx, client.id);
    if (given.some((one) => one.number === version.number && one.address === to))
      throw unprocessable(`${person.name} has acknowledged the policy in force.`);
    const last = askedBy(await deliveriesIn(tx, client.id, version.number), client.timezone).get(to)?.last;
    if (last !== undefined && last.failure === null && last.begun_at.getTime() > now.getTime() - QUIET_MS)
      throw unprocessable(`${person.name} was asked within the last day.`);
    return claimMails(tx, sending, [{ address: to, name: person.name }], (entry) => recorder.record(entry));
  });
  await sendMails(sending, mails);
}
// Guide: G7.3-02
