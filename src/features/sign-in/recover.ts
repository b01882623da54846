import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { findUserByEmail, updateUser } from '#store/identity/users.ts';
import type { Services } from '../context.ts';
import { addResetLink, resetAddress } from './reset.ts';

/**
 * For the operator of the server if no Owner can sign in anymore: returns a link for a new password and, on request,
 * removes the authenticator app. null if nobody has this email address. Called only on the server's own machine.
 */
export async function recover(
  services: Pick<Services, 'store' | 'clock' | 'config'>,
  { email, withoutApp }: { readonly email: string; readonly withoutApp: boolean },
): Promise<string | null> {
  const secret = newSecret();
  const now = services.clock();
  const found = await services.store.write('system', async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (user === null || user.disabled_at !== null) return false;
    if (withoutApp)
      await updateUser(tx, user.id, {
        totp_sealed: null,
        totp_since: null,
        totp_step: null,
        recovery_codes: '[]',
      });
    await addResetLink(tx, { userId: user.id, secret, delivery: 'machine', now });
    await appendAudit(tx, {
      chain: WORKSPACE,
      actor: { kind: 'system', id: null, name: 'The server’s administrator' },
      action: 'users.recover',
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { authenticatorApp: user.totp_sealed !== null },
      after: { authenticatorApp: user.totp_sealed !== null && !withoutApp, passwordLink: true },
      at: now,
    });
    return true;
  });
  return found ? resetAddress(services.config, secret) : null;
}
