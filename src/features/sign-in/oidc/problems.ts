/** What can stand in the way of a sign-in at a provider. The console has a sentence for each. */
export const OIDC_PROBLEMS = [
  /** The person said no at the provider. */
  'canceled',
  /** Begun too long ago, in another browser, or finished already. */
  'expired',
  /** The provider's answer does not hold, or it did not answer. */
  'failed',
  /** Switched off or removed meanwhile. */
  'off',
  /** The provider does not vouch for the email address. */
  'unverified',
  /** Nobody invited this email address. */
  'not_invited',
  /** The account here is switched off. */
  'disabled',
  /** The account here is linked to another account at a provider. */
  'other_account',
  /** The account at the provider is linked to someone else here. */
  'taken',
] as const;
export type OidcProblem = (typeof OIDC_PROBLEMS)[number];
