import type { OidcProblem } from '../../../../src/features/sign-in/oidc/problems.ts';

/** Problems with a sign-in provider: what went wrong, and what to do. */
const SENTENCES: Record<OidcProblem, string> = {
  canceled: 'You canceled the sign-in at the provider. Try again, or sign in another way.',
  expired:
    'That sign-in was started more than ten minutes ago or in another browser, or it is already finished. Start again.',
  failed:
    'The provider’s answer is not valid, so no one was signed in. Try again; your administrator can find the cause in the server log.',
  off: 'This way to sign in is turned off. Use another.',
  unverified:
    'The provider does not vouch for your email address, so it cannot be matched with an account here. Sign in another way and link the provider under My account. With Microsoft, an administrator can add the optional claims email and xms_edov to the app.',
  not_invited: 'There is no invitation for your email address. Ask an Owner of this console for one.',
  disabled: 'Your account is disabled. Ask an Owner of this console.',
  other_account:
    'The account with your email address is linked to a different account at a provider. Sign in with that one, or another way, and link again under My account.',
  taken: 'That provider account is linked to someone else here.',
};

/** The sentence for a problem named in the URL; null for an unknown name. */
export function problemWords(problem: string | undefined): string | null {
  const found = Object.entries(SENTENCES).find(([name]) => name === problem);
  return found?.[1] ?? null;
}
