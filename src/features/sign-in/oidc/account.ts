import type { ProviderRow } from '#store/identity/providers.ts';
import {
  dropCredentials,
  findUser,
  findUserByEmail,
  findUserBySubject,
  isAddressVerified,
  markVerified,
  type UserRow,
  updateUser,
  wasHeldByAnother,
} from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import { acceptByProvider } from '../../access/index.ts';
import type { HandlerContext, Recorder } from '../../context.ts';
import type { Identity } from '../../credentials/index.ts';
import { holdOwnSession } from '../../shared/own-session.ts';
import { actorOf, type Opened, openSession } from '../session.ts';
import type { OidcProblem } from './problems.ts';

interface Found {
  readonly user: UserRow;
  /** An existing account can now also be opened with this account at the provider. */
  readonly linked: boolean;
}

export type CameIn = Opened & Pick<Found, 'linked'>;

/**
 * Signs in a person authenticated by a provider: the one linked to this provider account; otherwise, for a verified
 * email address only, the one who has that address here or was invited under it. No account is created for anyone else.
 */
export async function comeIn(
  context: HandlerContext,
  identity: Identity,
  provider: ProviderRow,
  secret: string,
): Promise<OidcProblem | CameIn> {
  return context.change(async (tx, recorder) => {
    const found = await personFor(context, tx, recorder, identity, provider);
    if (typeof found === 'string') {
      await recordRefusal(recorder, found, provider);
      return found;
    }
    const { user, linked } = found;
    return { ...(await openSession(context, tx, recorder, { user, method: 'oidc', secret })), linked };
  });
}

async function personFor(
  { now }: HandlerContext,
  tx: Tx,
  recorder: Recorder,
  identity: Identity,
  provider: ProviderRow,
): Promise<Found | OidcProblem> {
  const linked = await findUserBySubject(tx, identity.issuer, identity.subject);
  if (linked !== null) {
    if (linked.disabled_at !== null) return 'disabled';
    if (vouchesFor(identity, linked) && !isAddressVerified(linked)) {
      if (wasHeldByAnother(linked)) {
        await dropCredentials(tx, linked.id, { now });
        await link(tx, recorder, linked, identity, provider);
      }
      await proveBy(tx, recorder, linked, now);
    }
    return { user: linked, linked: false };
  }
  if (identity.email === null || !identity.verified) return 'unverified';
  const known = await findUserByEmail(tx, identity.email);
  if (known !== null) {
    if (known.disabled_at !== null) return 'disabled';
    if (known.oidc_subject !== null && known.proven_at !== null) return 'other_account';
    // Somebody else may know the earlier password: the provider vouches for this person only.
    if (!isAddressVerified(known)) {
      await dropCredentials(tx, known.id, { now });
      await proveBy(tx, recorder, known, now);
    }
    await link(tx, recorder, known, identity, provider);
    return { user: known, linked: true };
  }
  const { email, name } = identity;
  const invited = await acceptByProvider(tx, recorder, { email, name }, now);
  if (invited === null) return 'not_invited';
  const created = await findUser(tx, invited.id);
  if (created === null) throw new Error('an account that was just made is not there');
  await link(tx, recorder, created, identity, provider);
  return { user: created, linked: false };
}

/** Whether a provider vouches for exactly the address of an account. */
function vouchesFor({ email, verified }: Identity, { email: own }: UserRow): boolean {
  return verified && email !== null && email.toLowerCase() === own.toLowerCase();
}

async function proveBy(tx: Tx, recorder: Recorder, user: UserRow, now: Date): Promise<void> {
  await markVerified(tx, user.id, 'provider', { now });
  await recorder.record({
    actor: actorOf(user),
    action: 'account.proven',
    subject: { kind: 'user', id: user.id, name: user.name },
    before: { proven: user.proven_how },
    after: { proven: 'provider' },
  });
}

/** Links a provider account to the signed-in person. The email addresses may differ. null: it was linked already. */
export async function linkTo(
  context: HandlerContext,
  userId: string,
  identity: Identity,
  provider: ProviderRow,
): Promise<OidcProblem | 'linked' | null> {
  return context.change(async (tx, recorder) => {
    if (context.signedIn !== null) await holdOwnSession(context.signedIn, tx);
    const other = await findUserBySubject(tx, identity.issuer, identity.subject);
    const user = await findUser(tx, userId);
    const problem =
      other !== null && other.id !== userId
        ? 'taken'
        : user === null || user.disabled_at !== null
          ? 'disabled'
          : null;
    if (problem !== null || other !== null || user === null) {
      recorder.unchanged();
      return problem;
    }
    if (vouchesFor(identity, user) && wasHeldByAnother(user)) {
      await dropCredentials(tx, user.id, {
        now: context.now,
        keepSession: context.signedIn?.sessionId ?? null,
      });
      await proveBy(tx, recorder, user, context.now);
    }
    await link(tx, recorder, user, identity, provider);
    return 'linked';
  });
}

async function link(
  tx: Tx,
  recorder: Recorder,
  user: UserRow,
  { issuer, subject }: Identity,
  provider: ProviderRow,
): Promise<void> {
  await updateUser(tx, user.id, { oidc_issuer: issuer, oidc_subject: subject });
  await recorder.record({
    actor: actorOf(user),
    action: 'account.link_provider',
    subject: { kind: 'user', id: user.id, name: user.name },
    before: { issuer: user.oidc_issuer },
    after: { issuer, provider: provider.name },
  });
}

/** Records a refused sign-in without any text from an unknown person. */
function recordRefusal(recorder: Recorder, problem: OidcProblem, provider: ProviderRow): Promise<void> {
  return recorder.record({
    action: 'sign_in.failed',
    subject: { kind: 'provider', id: provider.id, name: provider.name },
    after: { problem },
  });
}
