import { unprocessable } from '../problems.ts';

/** Why no mail is sent to the sandbox's people. */
export const INVENTED = 'The people in the sandbox association are fictional, so no email is sent.';

/** Throws if the recipient is one of the sandbox's people. */
export function refuseInvented({ sandbox }: { readonly sandbox: boolean }): void {
  if (sandbox) throw unprocessable(INVENTED);
}
