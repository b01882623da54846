import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';

/**
 * What a browser's authenticator answers, as it is passed on: only its outline is checked here, what it says is
 * verified with the key.
 */
const base64url = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\w-]+$/u);
const attachment = z.enum(['cross-platform', 'platform']);

/** What the browser says of extensions; none is asked for, and none is looked at. */
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

/** Options for the browser's authenticator, in the JSON form of WebAuthn; `challenge` goes back with the answer. */
export const passkeyOptions = z.looseObject({ challenge: z.string() });

/** The secret that a passkey ceremony, a half-done sign-in or a one-time link is known by. */
export const secretField = z.string().min(1).max(200);
/** Not trimmed, and long enough for anyone: the rules are told by the operation, not by the form. */
export const passwordField = z.string().min(1, 'Enter the password.').max(1000);
export const codeField = z
  .string()
  .trim()
  .min(1, 'Enter the code.')
  .max(40)
  .describe('Six digits from the authenticator app, or a recovery code');
