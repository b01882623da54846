import { endLink, type LinkOf, linksOf } from '#store/access/links-of.ts';
import { endSessions, listPeople, removePasskeys } from '#store/access/people.ts';
import { markVerified, updateUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../../context.ts';
import { notifyOfSignIn } from '../../mail/index.ts';
import { forbidden, unprocessable } from '../../problems.ts';
import { needProof, ownSession } from '../../shared/own-session.ts';
import { type AccessChange, changeAccess } from '../change.ts';
import { clientNamed, keepAnOwner, personNamed, refuseUnmanageable } from '../rules.ts';
import { permissionsView, placeFor, userView } from '../views.ts';

export async function listUsers({ actor, read }: HandlerContext) {
  const people = await read((tx) => listPeople(tx));
  const items = people.map((person) => userView(actor.grants, actor.userId, person));
  return { items, total: items.length };
}

export async function showUser({ actor, read }: HandlerContext, id: string) {
  return userView(actor.grants, actor.userId, await read((tx) => personNamed(tx, id)));
}

/** What a person may do at a client or, without one, in the workspace. */
export async function userMay({ actor, read }: HandlerContext, id: string, slug: string | null) {
  return read(async (tx) => {
    const person = await personNamed(tx, id);
    const client = await clientNamed(tx, actor.grants, slug);
    return permissionsView(person, client?.id ?? null, actor.grants);
  });
}

/**
 * Blocks a person. Their upload links end too, because nobody else watches them; report links and staff pages are used
 * by others, so they are listed, and end only on request.
 */
export async function disableUser(
  context: HandlerContext,
  id: string,
  { reason, endLinks = false }: { readonly reason: string; readonly endLinks?: boolean | undefined },
) {
  const { actor, now } = context;
  const ends = ({ kind }: LinkOf) => endLinks || kind === 'upload';
  const links: LinkOf[] = [];
  let own: AccessChange['own'] = [];
  const shown = await setDisabled(context, id, { disabled: true, reason }, async (change, name) => {
    own = change.own;
    links.push(...(await linksOf(change.tx, id, now)));
    for (const link of links.filter(ends)) {
      await endLink(change.tx, link, { now, by: actor.name });
      await change.record({
        chain: link.clientId,
        subject: {
          kind: SUBJECTS[link.kind],
          id: link.id,
          ...(link.label === '' ? {} : { name: link.label }),
        },
        reason: `${name}, who made it, was disabled.`,
        before: { state: 'open' },
        after: { state: 'revoked' },
      });
    }
  });
  return {
    ...shown,
    links: links.map((link) => ({
      kind: link.kind,
      client: placeFor(own, link.clientId, link.client),
      label: link.label,
      ended: ends(link),
    })),
  };
}

const SUBJECTS = { upload: 'upload_link', report: 'report_link', staff_page: 'policy_page' } as const;

/** Unblocks a person. What ended stays ended. */
export function enableUser(context: HandlerContext, id: string, reason: string) {
  return setDisabled(context, id, { disabled: false, reason }, async () => {});
}

async function setDisabled(
  context: HandlerContext,
  id: string,
  { disabled, reason }: { disabled: boolean; reason: string },
  also: (change: AccessChange, name: string) => Promise<void>,
) {
  const { actor, now } = context;
  const action = disabled ? 'users.disable' : 'users.enable';
  return changeAccess(context, { action, permission: 'users.manage', client: null }, async (change) => {
    const { tx, own } = change;
    const person = await personNamed(tx, id);
    const { name, disabled_at: before } = person.row;
    if (id === actor.userId) throw unprocessable('You cannot disable yourself. Ask another Owner.');
    refuseUnmanageable(own, actor.userId, person, 'everywhere');
    if (disabled === (before !== null))
      throw unprocessable(disabled ? `${name} is disabled already.` : `${name} is not disabled.`);
    await updateUser(tx, id, { disabled_at: disabled ? now : null });
    if (disabled) {
      await endSessions(tx, id);
      await keepAnOwner(tx, name);
    }
    await also(change, name);
    await change.record({
      subject: { kind: 'user', id, name },
      reason,
      before: { disabled: !disabled },
      after: { disabled },
    });
    return userView(own, actor.userId, await personNamed(tx, id));
  });
}

/**
 * An Owner confirms that an account belongs to its person. Not valid for accounts that the Owner was involved in
 * creating.
 */
export async function confirmPerson(context: HandlerContext, id: string, reason: string) {
  const { actor, now } = context;
  const session = ownSession(context);
  const needs = { action: 'users.confirm', permission: 'users.manage', client: null } as const;
  return changeAccess(context, needs, async (change) => {
    const { tx, own } = change;
    await needProof(context, tx);
    const person = await personNamed(tx, id);
    if (id === actor.userId) throw unprocessable('You cannot confirm yourself. Ask another Owner.');
    refuseUnmanageable(own, actor.userId, person, 'everywhere');
    if (person.row.proven_at !== null)
      throw unprocessable(`The account is already known to be ${person.row.name}’s.`);
    const self = await personNamed(tx, actor.userId);
    if (self.row.proven_at === null)
      throw forbidden(
        'Nothing shows yet that your own account is yours, so your word does not count for someone else’s.',
      );
    await markVerified(tx, id, 'owner', { now, by: actor.userId });
    await change.record({
      subject: { kind: 'user', id, name: person.row.name },
      reason,
      before: { proven: null },
      after: { proven: 'owner', session },
    });
    return userView(own, actor.userId, await personNamed(tx, id));
  });
}

/** For someone who lost their device. They sign in with their password or provider and set up a second factor again. */
export async function removeSecondFactor(context: HandlerContext, id: string, reason: string) {
  const { actor } = context;
  const needs = { action: 'users.remove_second_factor', permission: 'users.manage', client: null } as const;
  const view = await changeAccess(context, needs, async (change) => {
    const { tx, own } = change;
    const person = await personNamed(tx, id);
    const { row, passkeys } = person;
    if (id === actor.userId) throw unprocessable('Change your own second factor under your account.');
    refuseUnmanageable(own, actor.userId, person, 'everywhere');
    const authenticator = row.totp_sealed !== null;
    if (!authenticator && passkeys === 0) throw unprocessable(`${row.name} has no second factor.`);
    if (row.password === null && row.oidc_subject === null)
      throw unprocessable(
        `${row.name} signs in only with a passkey and could not sign in without it. Disable them and invite them again.`,
      );
    await updateUser(tx, id, { totp_sealed: null, totp_since: null, totp_step: null, recovery_codes: '[]' });
    // Sessions first: this waits for a passkey that one of them is adding.
    await endSessions(tx, id);
    await removePasskeys(tx, id);
    await change.record({
      subject: { kind: 'user', id, name: row.name },
      reason,
      before: { authenticator, passkeys },
      after: { authenticator: false, passkeys: 0 },
    });
    return userView(own, actor.userId, await personNamed(tx, id));
  });
  notifyOfSignIn(context, { userId: id, event: { kind: 'factor_removed' }, by: actor.name });
  return view;
}
