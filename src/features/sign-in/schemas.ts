import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';

/**
 * An authenticator's response from the browser. Only its shape is checked here; the content is verified with the key.
 */
const base64url = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\w-]+$/u);
const attachment = z.enum(['cross-platform', 'platform']);

/** Extension results of the browser; none are requested, and all are ignored. */
const extensions = groupOf(z.string().max(100), z.unknown(), 50);

export const passkeyRegistration = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment.optional(),
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});

export const passkeyAssertion = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment.optional(),
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});

/** WebAuthn options for the browser in JSON form; `challenge` is sent back with the response. */
export const passkeyOptions = z.looseObject({ challenge: z.string() });

/** Secret that identifies a passkey ceremony, a sign-in awaiting its second factor, or a one-time link. */
export const secretField = z.string().min(1).max(200);
/** Not trimmed, with a generous limit: the operation, not the form, enforces the password rules. */
export const passwordField = z.string().min(1, 'Enter the password.').max(1000);
export const codeField = z
  .string()
  .trim()
  .min(1, 'Enter the code.')
  .max(40)
  .describe('Six digits from the authenticator app, or a recovery code');
