/** Reasons why a sign-in at a provider can fail. The console has a sentence for each. */
export const OIDC_PROBLEMS = [
  /** The person declined at the provider. */
  'canceled',
  /** Started too long ago or in another browser, or already completed. */
  'expired',
  /** The provider's answer is not valid, or there was none. */
  'failed',
  /** The provider was disabled or removed meanwhile. */
  'off',
  /** The provider does not vouch for the email address. */
  'unverified',
  /** Nobody invited this email address. */
  'not_invited',
  /** The account here is disabled. */
  'disabled',
  /** The account here is linked to a different provider account. */
  'other_account',
  /** The provider account is linked to someone else here. */
  'taken',
] as const;
export type OidcProblem = (typeof OIDC_PROBLEMS)[number];
