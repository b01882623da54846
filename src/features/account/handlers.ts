import type { HandlersOf } from '../handlers-of.ts';
import { passkeySignInOptions } from '../sign-in/index.ts';
import { sendAddressLink } from './address.ts';
import type { accountContract } from './contract.ts';
import { me, updateMe } from './me.ts';
import { addPasskey, myPasskeys, newPasskeyOptions, removePasskey, renamePasskey } from './passkeys.ts';
import { setPassword } from './password.ts';
import { prove, proveWithPasskey } from './proof.ts';
import { unlinkProvider } from './provider.ts';
import { endOtherSessions, endSession, mySessions, signOut } from './sessions.ts';
import { beginTotp, confirmTotp, removeTotp, replaceRecoveryCodes } from './totp.ts';

export const accountHandlers: HandlersOf<typeof accountContract> = {
  me,
  sendAddressLink,
  update: updateMe,
  signOut,
  sessions: mySessions,
  endSession: (context, input) => endSession(context, input.session),
  endOtherSessions,
  prove: (context, input) => prove(context, input.password),
  proofOptions: passkeySignInOptions,
  proveWithPasskey,
  setPassword: (context, input) => setPassword(context, input),
  beginTotp,
  confirmTotp,
  removeTotp,
  newRecoveryCodes: replaceRecoveryCodes,
  passkeys: myPasskeys,
  passkeyOptions: newPasskeyOptions,
  addPasskey,
  renamePasskey,
  removePasskey: (context, input) => removePasskey(context, input.passkey),
  unlinkProvider,
};
