import { listPasskeys } from '#store/identity/passkeys.ts';
import { updateUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { keepAWayIn, needProof, ownRow } from '../shared/own-session.ts';

/** Ends the link to an account at a sign-in provider. */
export async function unlinkProvider(context: HandlerContext): Promise<{ done: true }> {
  const unlinked = await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    if (user.oidc_subject === null) {
      recorder.unchanged();
      return false;
    }
    const passkeys = await listPasskeys(tx, user.id);
    keepAWayIn({ password: user.password !== null, passkeys: passkeys.length, provider: false });
    await updateUser(tx, user.id, { oidc_issuer: null, oidc_subject: null });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { issuer: user.oidc_issuer },
      after: { issuer: null },
    });
    return true;
  });
  if (unlinked)
    notifyOfSignIn(context, { userId: context.actor.userId, event: { kind: 'provider_unlinked' } });
  return { done: true };
}
