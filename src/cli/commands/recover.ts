import { recover } from '#features/sign-in/recover.ts';
import { version } from '#features/version.ts';
import { onStore, type PlaceFlags, placeOf } from '../place.ts';
import { Problem } from '../problem.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface RecoverFlags extends PlaceFlags {
  readonly withoutApp?: boolean;
}

/** `bylaw recover MAIL`: prints a link to set a new password, for when nobody who could create one can sign in. */
export async function recoverCommand(
  email: string,
  flags: RecoverFlags,
  terminal: Terminal,
): Promise<number> {
  const settings = placeOf(flags);
  const withoutApp = flags.withoutApp === true;
  const link = await onStore(settings, terminal, (store) =>
    recover(
      { store, clock: () => new Date(), config: { ...settings, version, build: version } },
      { email, withoutApp },
    ),
  );
  if (link === null)
    throw new Problem(`No active account has the email address ${email}. Check the spelling.`);
  terminal.out(
    `Open this address to set a new password for ${safe(email)} (it works once, within 24 hours):`,
  );
  terminal.out(`  ${link}`);
  terminal.out(
    withoutApp
      ? 'The authenticator app was removed from the account; set it up again after signing in.'
      : 'The authenticator app is still asked for. If it is lost too, run this again with --without-app.',
  );
  return 0;
}
