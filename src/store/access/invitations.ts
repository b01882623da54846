import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Grant } from '#domain/access/permissions.ts';
import { latestCreation } from '../clock.ts';
import { hashSecret } from '../identity/secrets.ts';
import { grantFrom } from '../identity/users.ts';
import type { Tx } from '../open.ts';

/** Validity of an invitation, in milliseconds. */
export const INVITATION_LASTS = 7 * 24 * 60 * 60 * 1000;

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly invitedBy: string;
  readonly invitedByName: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly delivery: Delivery;
}

/** mail: only the address receives the link. handed: the inviter sees it, to hand it over. */
export type Delivery = 'mail' | 'handed';

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly invitedBy: string;
  readonly secret: string;
  readonly delivery: Delivery;
  readonly now: Date;
}

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('invitations')
    .values({
      id,
      email: invitation.email,
      name: invitation.name,
      token_hash: hashSecret(invitation.secret),
      grants: JSON.stringify(invitation.grants),
      invited_by: invitation.invitedBy,
      delivery: invitation.delivery,
      created_at: invitation.now,
      expires_at: new Date(invitation.now.getTime() + INVITATION_LASTS),
    })
    .execute();
  return id;
}

function all(tx: Tx) {
  return tx
    .selectFrom('invitations')
    .leftJoin('users', 'users.id', 'invitations.invited_by')
    .selectAll('invitations')
    .select('users.name as inviter');
}

type Row = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number];

function invitationFrom(row: Row): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    grants: grantsFrom(row.grants),
    invitedBy: row.invited_by,
    invitedByName: row.inviter,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    revokedAt: row.revoked_at,
    delivery: row.delivery === 'mail' ? 'mail' : 'handed',
  };
}

function grantsFrom(value: unknown): Grant[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: Partial<Record<keyof Grant, string | null>>) =>
    grantFrom({
      client_id: entry.client ?? null,
      effect: entry.effect ?? 'deny',
      role: entry.role ?? null,
      permission: entry.permission ?? null,
    }),
  );
}

/** Newest first. */
export async function listInvitations(tx: Tx): Promise<Invitation[]> {
  return (await all(tx).orderBy('invitations.created_at', 'desc').execute()).map(invitationFrom);
}

export async function findInvitation(tx: Tx, id: string): Promise<Invitation | null> {
  const row = await all(tx).where('invitations.id', '=', id).executeTakeFirst();
  return row === undefined ? null : invitationFrom(row);
}

/** The latest end of an invitation that is valid at `now`; a renewed one keeps the day of its creation. */
export function latestEnd(now: Date): Date {
  return new Date(latestCreation(now).getTime() + INVITATION_LASTS);
}

/** Finds an invitation that is not accepted, revoked or expired. */
export async function findOpenInvitation(tx: Tx, secret: string, now: Date): Promise<Invitation | null> {
  const row = await all(tx)
    .where('token_hash', '=', hashSecret(secret))
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latestEnd(now))
    .executeTakeFirst();
  return row === undefined ? null : invitationFrom(row);
}

/** Newest open invitation to an email address, for a person who verified the address with an identity provider. */
export async function findOpenInvitationFor(tx: Tx, email: string, now: Date): Promise<Invitation | null> {
  const row = await all(tx)
    .where(sql<boolean>`lower(invitations.email) = ${email.trim().toLowerCase()}`)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latestEnd(now))
    .orderBy('invitations.created_at', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : invitationFrom(row);
}

/** Accepts an invitation. Of several concurrent callers one gets true. */
export async function markAccepted(tx: Tx, id: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latestEnd(now))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Returns false if it was already accepted or revoked. */
export async function markRevoked(tx: Tx, id: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('invitations')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Replaces an invitation's secret and restarts its validity. The person who resends it becomes its inviter. */
export async function renewInvitation(
  tx: Tx,
  id: string,
  { secret, by, delivery, now }: { secret: string; by: string; delivery: Delivery; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('invitations')
    .set({
      token_hash: hashSecret(secret),
      invited_by: by,
      delivery,
      expires_at: new Date(now.getTime() + INVITATION_LASTS),
    })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
