import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { passkeySignInOptions } from '../sign-in/index.ts';
import { sendAddressLink } from './address.ts';
import { accountContract } from './contract.ts';
import { me, updateMe } from './me.ts';
import { addPasskey, myPasskeys, newPasskeyOptions, removePasskey, renamePasskey } from './passkeys.ts';
import { setPassword } from './password.ts';
import { prove, proveWithPasskey } from './proof.ts';
import { unlinkProvider } from './provider.ts';
import { endOtherSessions, endSession, mySessions, signOut } from './sessions.ts';
import { beginTotp, confirmTotp, removeTotp, replaceRecoveryCodes } from './totp.ts';

const on = implement(accountContract).$context<RequestContext>().use(secured);

export const accountHandlers = on.router({
  me: on.me.handler(({ context }) => me(context)),
  sendAddressLink: on.sendAddressLink.handler(({ context }) => sendAddressLink(context)),
  update: on.update.handler(({ context, input }) => updateMe(context, input)),
  signOut: on.signOut.handler(({ context }) => signOut(context)),
  sessions: on.sessions.handler(({ context }) => mySessions(context)),
  endSession: on.endSession.handler(({ context, input }) => endSession(context, input.session)),
  endOtherSessions: on.endOtherSessions.handler(({ context }) => endOtherSessions(context)),
  prove: on.prove.handler(({ context, input }) => prove(context, input.password)),
  proofOptions: on.proofOptions.handler(({ context }) => passkeySignInOptions(context)),
  proveWithPasskey: on.proveWithPasskey.handler(({ context, input }) => proveWithPasskey(context, input)),
  setPassword: on.setPassword.handler(({ context, input }) => setPassword(context, input.password)),
  beginTotp: on.beginTotp.handler(({ context }) => beginTotp(context)),
  confirmTotp: on.confirmTotp.handler(({ context, input }) => confirmTotp(context, input)),
  removeTotp: on.removeTotp.handler(({ context }) => removeTotp(context)),
  newRecoveryCodes: on.newRecoveryCodes.handler(({ context }) => replaceRecoveryCodes(context)),
  passkeys: on.passkeys.handler(({ context }) => myPasskeys(context)),
  passkeyOptions: on.passkeyOptions.handler(({ context }) => newPasskeyOptions(context)),
  addPasskey: on.addPasskey.handler(({ context, input }) => addPasskey(context, input)),
  renamePasskey: on.renamePasskey.handler(({ context, input }) => renamePasskey(context, input)),
  removePasskey: on.removePasskey.handler(({ context, input }) => removePasskey(context, input.passkey)),
  unlinkProvider: on.unlinkProvider.handler(({ context }) => unlinkProvider(context)),
});
