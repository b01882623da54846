import { unprocessable } from '../problems.ts';

/** Why no mail goes to the people of the sandbox. */
export const INVENTED = 'The people in the sandbox association are fictional, so no mail is sent.';

/** Refuses to write to the people of the sandbox. */
export function refuseInvented({ sandbox }: { readonly sandbox: boolean }): void {
  if (sandbox) throw unprocessable(INVENTED);
}
