import { type Grant, mayGrant } from '#domain/access/permissions.ts';
import { clientNames } from '#store/access/clients.ts';
import {
  type Delivery,
  findInvitation,
  type Invitation,
  insertInvitation,
  listInvitations,
  markRevoked,
  renewInvitation,
} from '#store/access/invitations.ts';
import { addAttempts, countAttempts, lockAttempts } from '#store/identity/attempts.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { findUserByEmail } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { forbidden, notFound, tooMany, unprocessable } from '../../problems.ts';
import { keyOf } from '../../shared/network.ts';
import { changeAccess } from '../change.ts';
import { clientNamed, type GrantInput, grantOf, refuseBeyondOwn } from '../rules.ts';
import { grantRecord, invitationView } from '../views.ts';
import { sendInvitation } from './mail.ts';

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly (GrantInput & { readonly forClient: string | null })[];
  /** Id of the only client that it is for; null: the inviter manages everyone. */
  readonly client: string | null;
}

const needed = (client: string | null) => (client === null ? 'users.manage' : 'access.grant');

/**
 * Invites a person to what the inviter has. Whether someone with this address already has an account is only revealed
 * to people who see everyone; at one client the invitation is created anyway and extends that person's access.
 */
export async function createInvitation(context: HandlerContext, input: NewInvitation) {
  const { actor, now } = context;
  const secret = newSecret();
  const delivery = await deliveryFor(context);
  const needs = {
    action: 'invitations.create',
    permission: needed(input.client),
    client: input.client,
  } as const;
  const created = await changeAccess(context, needs, async ({ tx, own, record }) => {
    if (input.client === null && (await findUserByEmail(tx, input.email)) !== null)
      throw unprocessable(
        `Someone can already sign in as ${input.email}. Give that person access under Users.`,
      );
    const grants: Grant[] = [];
    for (const wanted of input.grants) {
      const client = await clientNamed(tx, own, wanted.forClient);
      const grant = grantOf(wanted, client?.id ?? null);
      refuseBeyondOwn(own, grant);
      grants.push(grant);
    }
    const id = await insertInvitation(tx, {
      ...input,
      grants,
      invitedBy: actor.userId,
      secret,
      delivery,
      now,
    });
    await countInvitation(tx, { inviter: actor.userId, email: input.email, now });
    await record({
      subject: { kind: 'invitation', id, name: input.email },
      after: { email: input.email, name: input.name, delivery, grants: await recorded(tx, grants) },
    });
    return one(tx, id);
  });
  return handedOver(context, created, secret);
}

/** A new link for an open invitation, which replaces the previous one. */
export async function resendInvitation(context: HandlerContext, id: string, client: string | null) {
  const { actor, now } = context;
  const secret = newSecret();
  const delivery = await deliveryFor(context);
  const needs = { action: 'invitations.resend', permission: needed(client), client } as const;
  const created = await changeAccess(context, needs, async ({ tx, own, record }) => {
    const invitation = await within(tx, id, client);
    for (const grant of invitation.grants) refuseBeyondOwn(own, grant);
    if (!(await renewInvitation(tx, id, { secret, by: actor.userId, delivery, now }))) throw over(invitation);
    await record({
      subject: { kind: 'invitation', id, name: invitation.email },
      before: { expires: invitation.expiresAt.toISOString(), delivery: invitation.delivery },
      after: { expires: (await one(tx, id)).expiresAt.toISOString(), delivery },
    });
    await countInvitation(tx, { inviter: actor.userId, email: invitation.email, now });
    return one(tx, id);
  });
  return handedOver(context, created, secret);
}

export async function revokeInvitation(context: HandlerContext, id: string, client: string | null) {
  const needs = { action: 'invitations.revoke', permission: needed(client), client } as const;
  return changeAccess(context, needs, async ({ tx, record }) => {
    const invitation = await within(tx, id, client);
    if (!(await markRevoked(tx, id, context.now))) throw over(invitation);
    await record({
      subject: { kind: 'invitation', id, name: invitation.email },
      before: { email: invitation.email, grants: await recorded(tx, invitation.grants) },
    });
    return { revoked: true as const };
  });
}

/** All invitations, or those for one client only. */
export async function listInvitationsFor({ actor, services, now }: HandlerContext, client: string | null) {
  return services.store.read('system', async (tx) => {
    const names = await clientNames(tx);
    const all = (await listInvitations(tx)).filter((invitation) => isFor(invitation, client));
    const items = all.map((invitation) => invitationView(actor.grants, names, invitation, now));
    return { items, total: items.length };
  });
}

function isFor({ grants }: Invitation, client: string | null): boolean {
  return client === null || grants.every((grant) => grant.client === client);
}

async function within(tx: Tx, id: string, client: string | null): Promise<Invitation> {
  const invitation = await findInvitation(tx, id);
  if (invitation === null || !isFor(invitation, client)) throw notFound();
  return invitation;
}

async function one(tx: Tx, id: string): Promise<Invitation> {
  return within(tx, id, null);
}

function over({ email, acceptedAt }: Invitation) {
  return unprocessable(
    acceptedAt === null
      ? `The invitation for ${email} was revoked. Invite them again.`
      : `The invitation for ${email} was already accepted.`,
  );
}

async function recorded(tx: Tx, grants: readonly Grant[]) {
  const names = await clientNames(tx);
  return grants.map((grant) =>
    grantRecord(grant, grant.client === null ? null : (names.get(grant.client) ?? null)),
  );
}

/**
 * How the link reaches the invited person: only by mail to their address, so that opening it verifies the address. If
 * mail is not configured, an Owner passes it on, and the account stays unverified.
 */
async function deliveryFor({ services, can, actor }: HandlerContext): Promise<Delivery> {
  if (await services.mail.configured()) return 'mail';
  // An account outlives a token.
  if (actor.sessionId === null)
    throw forbidden('The link is not shown to a token. Invite in the browser, or set up mail.');
  if (can('users.manage', null)) return 'handed';
  throw unprocessable(
    'Invitations go out by email, and email is not set up here. An Owner sets it up under Settings, or invites the person and hands the link over.',
  );
}

const DAY = 86_400_000;
/** Maximum invitations per day: by one person, and to one address. */
const MAX_INVITATIONS = { inviter: 50, email: 5 } as const;

async function countInvitation(
  tx: Tx,
  { inviter, email, now }: { inviter: string; email: string; now: Date },
): Promise<void> {
  const keys = {
    inviter: keyOf('invitations by', inviter),
    email: keyOf('invitations to', email.trim().toLowerCase()),
  };
  const since = new Date(now.getTime() - DAY);
  await lockAttempts(tx, Object.values(keys));
  for (const by of ['inviter', 'email'] as const) {
    const { count } = await countAttempts(tx, keys[by], { since, now });
    if (count >= MAX_INVITATIONS[by])
      throw tooMany(
        by === 'email'
          ? `${email} was invited ${MAX_INVITATIONS.email} times within a day. Wait until tomorrow.`
          : `You sent ${MAX_INVITATIONS.inviter} invitations within a day. Wait until tomorrow.`,
        DAY / 1000,
      );
  }
  await addAttempts(tx, Object.values(keys), now);
}

async function handedOver(context: HandlerContext, invitation: Invitation, secret: string) {
  const { actor, now, services } = context;
  const link = `${services.config.origin}/invite/${secret}`;
  const names = await services.store.read('system', (tx) => clientNames(tx));
  const mail =
    invitation.delivery === 'handed'
      ? 'not_set_up'
      : await sendInvitation(services, { invitation, link, from: actor.email });
  return {
    invitation: invitationView(actor.grants, names, invitation, now),
    link: invitation.delivery === 'handed' ? link : null,
    mail,
  } as const;
}

/** Whether the inviter still has what the invitation grants. */
export function stillGiven(inviter: readonly Grant[], invitation: Invitation): boolean {
  return invitation.grants.length > 0 && invitation.grants.every((grant) => mayGrant(inviter, grant));
}
