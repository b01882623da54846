import { implement } from '@orpc/server';
import { listProviders } from '#store/identity/providers.ts';
import { anyUser } from '#store/identity/users.ts';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { signInContract, startContract } from './contract.ts';
import { createFirstOwner } from './first-owner.ts';
import { makePasswordLink } from './make-password-link.ts';
import { finishOidc } from './oidc/finish.ts';
import { startOidc } from './oidc/start.ts';
import { passkeyHost } from './origin.ts';
import { resetPassword } from './reset.ts';
import { signInWithCode } from './with-code.ts';
import { passkeySignInOptions, signInWithPasskey } from './with-passkey.ts';
import { signInWithPassword } from './with-password.ts';

const onStart = implement(startContract).$context<RequestContext>().use(secured);
export const startHandlers = onStart.router({
  state: onStart.state.handler(async ({ context }) => {
    const { needsOwner, workspace } = await context.read(async (tx) => ({
      needsOwner: !(await anyUser(tx)),
      workspace: await tx.selectFrom('workspace').select('name').executeTakeFirst(),
    }));
    return {
      needsOwner,
      workspace: needsOwner ? null : (workspace?.name ?? null),
      passkeys: passkeysOf(context.services.config),
    };
  }),
  createOwner: onStart.createOwner.handler(({ context, input }) => createFirstOwner(context, input)),
});

const on = implement(signInContract).$context<RequestContext>().use(secured);
export const signInHandlers = on.router({
  providers: on.providers.handler(async ({ context }) => {
    const providers = await context.read(listProviders);
    return {
      providers: providers.filter(({ enabled }) => enabled).map(({ id, name }) => ({ id, name })),
      passkeys: passkeysOf(context.services.config),
    };
  }),
  password: on.password.handler(({ context, input }) => signInWithPassword(context, input)),
  code: on.code.handler(({ context, input }) => signInWithCode(context, input)),
  makePasswordLink: on.makePasswordLink.handler(({ context, input }) => makePasswordLink(context, input)),
  resetPassword: on.resetPassword.handler(({ context, input }) => resetPassword(context, input)),
  passkeyOptions: on.passkeyOptions.handler(({ context }) => passkeySignInOptions(context)),
  passkey: on.passkey.handler(({ context, input }) => signInWithPasskey(context, input)),
  oidcStart: on.oidcStart.handler(({ context, input }) => startOidc(context, input)),
  oidcCallback: on.oidcCallback.handler(({ context, input }) => finishOidc(context, input)),
});

function passkeysOf(config: RequestContext['services']['config']): { openAt: string } | null {
  const host = passkeyHost(config);
  return host === null ? null : { openAt: host.openAt };
}
