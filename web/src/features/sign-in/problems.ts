import type { OidcProblem } from '../../../../src/features/sign-in/oidc/problems.ts';

/** What stood in the way at a sign-in provider: what it is, and what to do. */
const SENTENCES: Record<OidcProblem, string> = {
  cancelled: 'You ended the sign-in at the provider. Try again, or sign in another way.',
  expired:
    'That sign-in was begun more than ten minutes ago, in another browser, or was finished already. Begin again.',
  failed:
    'The answer of the provider does not hold, so nobody was signed in. Try again; whoever runs this server finds the cause in its log.',
  off: 'This way to sign in was switched off. Use another.',
  unverified:
    'The provider does not vouch for your mail address, so it cannot be matched with an account here. Sign in another way and link the provider under My account. With Microsoft, an administrator can add the optional claims email and xms_edov to the app.',
  not_invited:
    'Nobody was invited here under your mail address. Ask an Owner of this console for an invitation.',
  disabled: 'Your account here is switched off. Ask an Owner of this console.',
  other_account:
    'The account here with your mail address is linked to another account at a provider. Sign in with that one, or another way, and link anew under My account.',
  taken: 'That account at the provider is linked to somebody else here.',
};

/** The sentence for the name in an address; null for a name that is none of ours. */
export function problemWords(problem: string | undefined): string | null {
  const found = Object.entries(SENTENCES).find(([name]) => name === problem);
  return found?.[1] ?? null;
}
