/** Who a sign-in provider says that someone is. */
export interface Identity {
  readonly issuer: string;
  /** Never changes and is never given to someone else, unlike an email address: people are linked by it. */
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider vouches that the address is this person's. */
  readonly verified: boolean;
  readonly name: string | null;
}

const ENTRA = /^https:\/\/login\.microsoftonline\.(?:com|us)\/([0-9a-f-]{36})\/v2\.0$/iu;
const ENTRA_MANY =
  /^https:\/\/login\.microsoftonline\.(?:com|us)\/(?:common|organizations|consumers)(?:\/|$)/iu;

/**
 * Reads a provider's claims. Entra sends no `email_verified`, and the address in its `email` may be one that anyone
 * wrote into a directory; it vouches with `xms_edov` for addresses whose domain the tenant has proven. That claim is
 * taken from Entra only, and only from the tenant that the provider was set up for.
 */
export function identityFrom(issuer: string, claims: Readonly<Record<string, unknown>>): Identity | null {
  const { sub, email, name, tid } = claims;
  if (typeof sub !== 'string' || sub === '') return null;
  const tenant = ENTRA.exec(issuer)?.[1];
  const vouched =
    tenant === undefined
      ? claims.email_verified === true || claims.email_verified === 'true'
      : claims.email_verified === true || (tid === tenant.toLowerCase() && isYes(claims.xms_edov));
  // Accounts have plain addresses. A letter of another alphabet may become a plain one in lower case (the Kelvin sign a k).
  const address =
    typeof email === 'string' && email.length <= 254 && /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email.trim())
      ? email.trim()
      : null;
  return {
    issuer,
    subject: sub,
    email: address,
    verified: address !== null && vouched,
    name: typeof name === 'string' ? nameIn(name) : null,
  };
}

/** A name in one line, as people write their own here; null where nothing is left of it. */
function nameIn(text: string): string | null {
  const line = text
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, 200).trim();
}

/** Why an issuer cannot be used, as a sentence; null where it can. */
export function issuerProblem(issuer: string): string | null {
  if (ENTRA_MANY.test(issuer))
    return 'This address is for accounts of every Microsoft tenant. Use the one with your tenant’s id: https://login.microsoftonline.com/TENANT-ID/v2.0.';
  return null;
}

/** Entra writes the claim as true, 1 or their text. */
function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}
