import { type Grant, mayGrant } from '#domain/access/permissions.ts';
import { clientNames, workspaceName } from '#store/access/clients.ts';
import {
  findInvitation,
  type Invitation,
  insertInvitation,
  listInvitations,
  markRevoked,
  renewInvitation,
} from '#store/access/invitations.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { findUserByEmail } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { changeAccess } from '../change.ts';
import { clientNamed, type GrantInput, grantOf, refuseBeyondOwn } from '../rules.ts';
import { grantRecord, invitationView } from '../views.ts';
import { sendInvitation } from './mail.ts';

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly (GrantInput & { readonly forClient: string | null })[];
  /** Id of the one client that it is for; null where somebody who manages everybody invites. */
  readonly client: string | null;
}

const needed = (client: string | null) => (client === null ? 'users.manage' : 'access.grant');

/**
 * Invites a person to what the inviter holds. Whether somebody with this address can sign in already is told only to
 * those who see everybody; at one client the invitation is made all the same and adds to that person's access.
 */
export async function createInvitation(context: HandlerContext, input: NewInvitation) {
  const { actor, now } = context;
  const secret = newSecret();
  const needs = {
    action: 'invitations.create',
    permission: needed(input.client),
    client: input.client,
  } as const;
  const made = await changeAccess(context, needs, async ({ tx, own, record }) => {
    if (input.client === null && (await findUserByEmail(tx, input.email)) !== null)
      throw unprocessable(
        `Somebody can sign in as ${input.email} already. Give access to that person under Users.`,
      );
    const grants: Grant[] = [];
    for (const wanted of input.grants) {
      const client = await clientNamed(tx, own, wanted.forClient);
      const grant = grantOf(wanted, client?.id ?? null);
      refuseBeyondOwn(own, grant);
      grants.push(grant);
    }
    const id = await insertInvitation(tx, { ...input, grants, invitedBy: actor.userId, secret, now });
    await record({
      subject: { kind: 'invitation', id, name: input.email },
      after: { email: input.email, name: input.name, grants: await recorded(tx, grants) },
    });
    return one(tx, id);
  });
  return handedOver(context, made, secret);
}

/** A new link for an invitation that was not accepted; the one before ends. */
export async function resendInvitation(context: HandlerContext, id: string, client: string | null) {
  const { actor, now } = context;
  const secret = newSecret();
  const needs = { action: 'invitations.resend', permission: needed(client), client } as const;
  const made = await changeAccess(context, needs, async ({ tx, own, record }) => {
    const invitation = await within(tx, id, client);
    for (const grant of invitation.grants) refuseBeyondOwn(own, grant);
    if (!(await renewInvitation(tx, id, { secret, by: actor.userId, now }))) throw over(invitation);
    await record({
      subject: { kind: 'invitation', id, name: invitation.email },
      before: { expires: invitation.expiresAt.toISOString() },
      after: { expires: (await one(tx, id)).expiresAt.toISOString() },
    });
    return one(tx, id);
  });
  return handedOver(context, made, secret);
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

/** Every invitation, or those that are for one client and nothing else. */
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
      ? `The invitation for ${email} was revoked. Invite them anew.`
      : `The invitation for ${email} was accepted already.`,
  );
}

async function recorded(tx: Tx, grants: readonly Grant[]) {
  const names = await clientNames(tx);
  return grants.map((grant) =>
    grantRecord(grant, grant.client === null ? null : (names.get(grant.client) ?? null)),
  );
}

async function handedOver(context: HandlerContext, invitation: Invitation, secret: string) {
  const { actor, now, services } = context;
  const link = `${services.config.origin}/invite/${secret}`;
  const { names, workspace } = await services.store.read('system', async (tx) => ({
    names: await clientNames(tx),
    workspace: await workspaceName(tx),
  }));
  const mail = await sendInvitation(services, { invitation, link, names, workspace, from: actor.name });
  return { invitation: invitationView(actor.grants, names, invitation, now), link, mail };
}

/** Whether whoever invited still holds what the invitation gives. */
export function stillGiven(inviter: readonly Grant[], invitation: Invitation): boolean {
  return invitation.grants.length > 0 && invitation.grants.every((grant) => mayGrant(inviter, grant));
}
