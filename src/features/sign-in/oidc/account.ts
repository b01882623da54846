import type { ProviderRow } from '#store/identity/providers.ts';
import {
  findUser,
  findUserByEmail,
  findUserBySubject,
  type UserRow,
  updateUser,
} from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import { acceptByProvider } from '../../access/invitations/accept.ts';
import type { HandlerContext, Recorder } from '../../context.ts';
import { actorOf, type Opened, openSession } from '../session.ts';
import type { Identity } from './identity.ts';
import type { OidcProblem } from './problems.ts';

interface Found {
  readonly user: UserRow;
  /** An account that was there before now opens with this account at the provider, too. */
  readonly linked: boolean;
}

export type CameIn = Opened & Pick<Found, 'linked'>;

/**
 * Signs in whoever a provider vouches for: the person who is linked to this account of theirs; else, for a verified
 * mail address only, the person who has it here, or the one who was invited under it. Nobody else gets an account.
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
  if (linked !== null) return linked.disabled_at === null ? { user: linked, linked: false } : 'disabled';
  if (identity.email === null || !identity.verified) return 'unverified';
  const known = await findUserByEmail(tx, identity.email);
  if (known !== null) {
    if (known.disabled_at !== null) return 'disabled';
    if (known.oidc_subject !== null) return 'other_account';
    await link(tx, recorder, known, identity, provider);
    return { user: known, linked: true };
  }
  const { email, name } = identity;
  const invited = await acceptByProvider(tx, recorder, { email, name }, now);
  if (invited === null) return 'not_invited';
  const made = await findUser(tx, invited.id);
  if (made === null) throw new Error('an account that was just made is not there');
  await link(tx, recorder, made, identity, provider);
  return { user: made, linked: false };
}

/** Links an account at a provider to the person who is signed in. The mail addresses may differ. null: linked before. */
export async function linkTo(
  context: HandlerContext,
  userId: string,
  identity: Identity,
  provider: ProviderRow,
): Promise<OidcProblem | 'linked' | null> {
  return context.change(async (tx, recorder) => {
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

/** A sign-in that was refused, without the words of whom nobody knows here. */
function recordRefusal(recorder: Recorder, problem: OidcProblem, provider: ProviderRow): Promise<void> {
  return recorder.record({
    action: 'sign_in.failed',
    subject: { kind: 'provider', id: provider.id, name: provider.name },
    after: { problem },
  });
}
