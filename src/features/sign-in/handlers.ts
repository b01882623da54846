import { listProviders } from '#store/identity/providers.ts';
import { anyUser } from '#store/identity/users.ts';
import type { RequestContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import type { signInContract, startContract } from './contract.ts';
import { createFirstOwner } from './first-owner.ts';
import { makePasswordLink } from './make-password-link.ts';
import { finishOidc } from './oidc/finish.ts';
import { startOidc } from './oidc/start.ts';
import { passkeyHost } from './origin.ts';
import { resetPassword } from './reset.ts';
import { signInWithCode } from './with-code.ts';
import { passkeySignInOptions, signInWithPasskey } from './with-passkey.ts';
import { signInWithPassword } from './with-password.ts';

export const startHandlers: HandlersOf<typeof startContract> = {
  state: async (context) => {
    const { needsOwner, workspace } = await context.read(async (tx) => ({
      needsOwner: !(await anyUser(tx)),
      workspace: await tx.selectFrom('workspace').select('name').executeTakeFirst(),
    }));
    return {
      needsOwner,
      workspace: needsOwner ? null : (workspace?.name ?? null),
      passkeys: passkeysOf(context.services.config),
    };
  },
  createOwner: createFirstOwner,
};

export const signInHandlers: HandlersOf<typeof signInContract> = {
  providers: async (context) => {
    const providers = await context.read(listProviders);
    return {
      providers: providers.filter(({ enabled }) => enabled).map(({ id, name }) => ({ id, name })),
      passkeys: passkeysOf(context.services.config),
    };
  },
  password: signInWithPassword,
  code: signInWithCode,
  makePasswordLink,
  resetPassword,
  passkeyOptions: passkeySignInOptions,
  passkey: signInWithPasskey,
  oidcStart: startOidc,
  oidcCallback: finishOidc,
};

function passkeysOf(config: RequestContext['services']['config']): { openAt: string } | null {
  const host = passkeyHost(config);
  return host === null ? null : { openAt: host.openAt };
}
