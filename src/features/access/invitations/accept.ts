import { randomUUID } from 'node:crypto';
import type { Grant } from '#domain/access/permissions.ts';
import { clientNames, workspaceName } from '#store/access/clients.ts';
import {
  findOpenInvitation,
  findOpenInvitationFor,
  type Invitation,
  markAccepted,
} from '#store/access/invitations.ts';
import { findPerson, insertGrant, lockAccess } from '#store/access/people.ts';
import {
  dropCredentials,
  findUser,
  findUserByEmail,
  grantsOf,
  insertUser,
  markVerified,
  updateUser,
} from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../../context.ts';
import { hashPassword, passwordProblem } from '../../credentials/index.ts';
import { forbidden, notFound, unprocessable } from '../../problems.ts';
import { grantRecord } from '../views.ts';
import { toWords } from './mail.ts';
import { stillGiven } from './manage.ts';

/** The same answer for a wrong link and for one that was used, revoked or has expired, so that it reveals nothing. */
function noLonger() {
  return notFound(
    'This invitation is not valid: the link is incomplete, was used or revoked, or is older than seven days. Ask the person who invited you for a new one.',
  );
}

/** What the page shows to anyone with the link. */
export async function previewInvitation(context: HandlerContext, secret: string) {
  return context.read(async (tx) => {
    const invitation = await openInvitation(tx, secret, context.now);
    return {
      email: invitation.email,
      name: invitation.name,
      invitedBy: invitation.invitedByName ?? 'Someone who has left',
      workspace: await workspaceName(tx),
      to: toWords(invitation, await clientNames(tx)),
      expiresAt: invitation.expiresAt.toISOString(),
    };
  });
}

/** Creates an account with a password and the invitation's grants. Of two concurrent attempts, one succeeds. */
export async function acceptWithPassword(
  context: HandlerContext,
  { token, name, password }: { token: string; name: string; password: string },
) {
  const { now } = context;
  const { email } = await context.read((tx) => openInvitation(tx, token, now));
  const problem = await passwordProblem(password, { name, email });
  if (problem !== null) throw unprocessable(problem);
  const hash = await hashPassword(password);
  return context.change(async (tx, recorder) => {
    await lockAccess(tx);
    const invitation = await openInvitation(tx, token, now);
    const mailed = invitation.delivery === 'mail';
    const known = await findUserByEmail(tx, email);
    if (known !== null && (known.proven_at !== null || known.disabled_at !== null || !mailed))
      throw unprocessable(`Someone can already sign in as ${email}. Sign in, then open this link again.`);
    const user = { id: known?.id ?? randomUUID(), name };
    if (known === null)
      await insertUser(tx, {
        ...user,
        email,
        password: hash,
        now,
        ...(mailed ? { proven: 'mail' } : { handedBy: invitation.invitedBy }),
      });
    else {
      // The account was not verified before; someone who reads the address's mail just verified it.
      await dropCredentials(tx, known.id, { now });
      await updateUser(tx, known.id, { name, password: hash });
      await markVerified(tx, known.id, 'mail', { now });
    }
    await takeUp(tx, recorder, { invitation, user, now });
    return { email };
  });
}

/**
 * Adds an invitation's grants to the signed-in account if it is for its address. This does not verify an account that
 * someone else opened: they may still have its password, which is unchanged.
 */
export async function acceptSignedIn(context: HandlerContext, token: string) {
  const { actor, now } = context;
  if (actor.sessionId === null)
    throw forbidden('An invitation is accepted in the browser, not with a token.');
  return context.change(async (tx, recorder) => {
    await lockAccess(tx);
    const invitation = await openInvitation(tx, token, now);
    const user = await findUser(tx, actor.userId);
    if (user === null || user.email.toLowerCase() !== invitation.email.toLowerCase())
      throw unprocessable(
        `This invitation is for ${invitation.email}; you are signed in as ${actor.email}. Sign out and open the link again.`,
      );
    await takeUp(tx, recorder, { invitation, user, now });
    return { email: invitation.email };
  });
}

export interface VouchedPerson {
  /** An address that the provider vouches for. */
  readonly email: string;
  readonly name: string | null;
}

/**
 * Creates the account of someone for whom a sign-in provider vouches, from the latest invitation to their address.
 * null: there is no valid one; nobody gets in uninvited. Runs within the change that signs them in, which also links
 * the provider.
 */
export async function acceptByProvider(
  tx: Tx,
  recorder: Recorder,
  { email, name }: VouchedPerson,
  now: Date,
): Promise<{ id: string; name: string } | null> {
  await lockAccess(tx);
  const found = await findOpenInvitationFor(tx, email, now);
  const invitation = found === null ? null : await givable(tx, found);
  if (invitation === null) return null;
  if ((await findUserByEmail(tx, email)) !== null) return null;
  const user = { id: randomUUID(), name: name ?? invitation.name };
  await insertUser(tx, { ...user, email: invitation.email, password: null, now, proven: 'provider' });
  await takeUp(tx, recorder, { invitation, user, now });
  return user;
}

async function openInvitation(tx: Tx, secret: string, now: Date): Promise<Invitation> {
  const invitation = await findOpenInvitation(tx, secret, now);
  const counts = invitation === null ? null : await givable(tx, invitation);
  if (counts === null) throw noLonger();
  return counts;
}

/**
 * An invitation with the grants whose clients still exist; null: the inviter is gone or no longer has what it grants.
 */
async function givable(tx: Tx, invitation: Invitation): Promise<Invitation | null> {
  const names = await clientNames(tx);
  const grants = invitation.grants.filter(({ client }) => client === null || names.has(client));
  const inviter = await findUser(tx, invitation.invitedBy);
  if (inviter === null || inviter.disabled_at !== null) return null;
  const left = { ...invitation, grants };
  return stillGiven(await grantsOf(tx, inviter.id), left) ? left : null;
}

async function takeUp(
  tx: Tx,
  recorder: Recorder,
  { invitation, user, now }: { invitation: Invitation; user: { id: string; name: string }; now: Date },
): Promise<void> {
  if (!(await markAccepted(tx, invitation.id, now))) throw noLonger();
  const actor = { kind: 'user' as const, id: user.id, name: user.name };
  const subject = { kind: 'user', id: user.id, name: user.name };
  await recorder.record({
    actor,
    action: 'invitations.accept',
    subject,
    after: {
      email: invitation.email,
      invitedBy: invitation.invitedByName,
      invitation: invitation.id,
      delivery: invitation.delivery,
    },
  });
  const names = await clientNames(tx);
  const had = (await findPerson(tx, user.id))?.grants ?? [];
  for (const grant of invitation.grants.filter((one) => !had.some((other) => same(one, other)))) {
    await insertGrant(tx, { userId: user.id, grant, by: invitation.invitedBy, now });
    await recorder.record({
      actor,
      action: 'access.grant',
      ...(grant.client === null ? {} : { chain: grant.client }),
      subject,
      reason: `Invited by ${invitation.invitedByName ?? 'someone who has left'}`,
      after: grantRecord(grant, grant.client === null ? null : (names.get(grant.client) ?? null)),
    });
  }
}

function same(one: Grant, other: Grant): boolean {
  return (
    one.client === other.client &&
    one.effect === other.effect &&
    one.role === other.role &&
    one.permission === other.permission
  );
}
