import { z } from 'zod';
import { instant, operationsOf } from '../operation.ts';
import { idParam, mailField, nameField, requiredReason } from '../shared/access-parts.ts';
import { inOneLine } from '../shared/one-line.ts';
import { codeField, passkeyAssertion, passkeyOptions, passwordField, secretField } from './schemas.ts';

const open = operationsOf({
  feature: 'Sign-in',
  scope: 'self',
  permission: 'public',
  cli: null,
  why: 'People sign in with the browser; commands use a token.',
});

/** Response of a completed sign-in. The session itself is in a cookie that scripts cannot read. */
export const signedIn = z.object({ userId: z.string(), name: z.string() });

const passkeys = z
  .object({ openAt: z.string().describe('Origin at which the browser allows passkeys') })
  .nullable()
  .describe('null: passkeys are not available; they need a host name and TLS');

export const startContract = {
  state: open
    .get('/start', {
      title: 'Show whether the console has an owner yet',
    })
    .input(z.object({}))
    .output(
      z.object({
        needsOwner: z.boolean(),
        workspace: z.string().nullable().describe('Name of the workspace; null: it has no owner yet'),
        passkeys,
      }),
    ),
  createOwner: open
    .post('/start/owner', {
      title: 'Create the first owner',
      description: 'With the one-time link that is printed at the first start. It works once.',
      audit: 'start.create_owner',
      proof: 'none',
    })
    .input(
      z.strictObject({
        token: secretField.describe('Last part of the one-time link'),
        name: nameField,
        email: mailField,
        password: passwordField,
        workspace: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .regex(...inOneLine)
          .optional()
          .describe('Name of the provider or association that runs this console; left out: Bylaw'),
      }),
    )
    .output(signedIn),
};

const operations = operationsOf({ feature: 'Access', scope: 'workspace' });

export const signInContract = {
  providers: open
    .get('/sign-in', {
      title: 'List the ways to sign in',
      boundedBy: 'what the sign-in page draws',
    })
    .input(z.object({}))
    .output(z.object({ providers: z.array(z.object({ id: z.string(), name: z.string() })), passkeys })),
  password: open
    .post('/sign-in/password', {
      title: 'Sign in with a password',
      audit: 'sign_in.password',
      proof: 'none',
    })
    .errors({
      SECOND_FACTOR_REQUIRED: {
        status: 401,
        data: z.object({ step: z.string().describe('Send it back with the code within five minutes') }),
      },
    })
    .input(z.strictObject({ email: z.string().trim().min(1).max(254), password: passwordField }))
    .output(signedIn),
  code: open
    .post('/sign-in/code', {
      title: 'Finish signing in with a code',
      audit: 'sign_in.code',
      proof: 'none',
    })
    .input(z.strictObject({ step: secretField, code: codeField }))
    .output(
      signedIn.extend({
        recoveryCodesLeft: z.number().int().nullable().describe('null: it was not a recovery code'),
      }),
    ),
  makePasswordLink: operations
    .post('/users/{user}/password-link', {
      permission: 'users.manage',
      cli: null,
      why: 'Who gets in is decided in the browser, with a fresh confirmation of identity.',
      title: 'Create a password reset link for someone else',
      description:
        'For a forgotten password. The link goes to the person by mail, is valid for 24 hours and works once; a newer one ends it; the second factor stays. Tokens and sessions end.',
      audit: 'users.make_password_link',
      proof: 'in_person',
    })
    .input(z.object({ user: idParam, reason: requiredReason }))
    .output(
      z.object({
        link: z
          .string()
          .nullable()
          .describe(
            'null: it was emailed to the person. If mail is not set up, it is shown only once, and the account becomes unproven when it is used',
          ),
        expiresAt: instant,
      }),
    ),
  resetPassword: open
    .post('/sign-in/reset', {
      title: 'Set a new password with a link',
      description: 'Ends every session of the person. The second factor stays.',
      audit: 'sign_in.reset_password',
      proof: 'none',
    })
    .input(z.strictObject({ token: secretField.describe('Last part of the link'), password: passwordField }))
    .output(z.object({ email: z.string().describe('Email address to sign in with') })),
  passkeyOptions: open
    .post('/sign-in/passkey/options', {
      title: 'Start signing in with a passkey',
      audit: null,
    })
    .input(z.strictObject({}))
    .output(passkeyOptions),
  passkey: open
    .post('/sign-in/passkey', {
      title: 'Sign in with a passkey',
      audit: 'sign_in.passkey',
      proof: 'none',
    })
    .input(z.strictObject({ challenge: secretField, answer: passkeyAssertion }))
    .output(signedIn),
  oidcStart: open
    .post('/sign-in/oidc', {
      title: 'Start signing in with a provider, or linking one to the account that is signed in',
      audit: null,
    })
    .input(
      z.strictObject({
        provider: z.string().min(1).max(100),
        link: z.boolean().default(false).describe('Link the provider to the account that is signed in'),
        returnTo: z.string().max(500).default('/').describe('Page to open afterward, such as /clients'),
      }),
    )
    .output(z.object({ url: z.string().describe('Address to redirect the browser to') })),
  oidcCallback: open
    .get('/sign-in/oidc/callback', {
      title: 'Receive the answer of a sign-in provider',
      description: 'The provider sends the browser here. It is sent on to a page of the console.',
      noPage: 'The provider sends the browser here, not a page.',
      audit: 'sign_in.oidc',
      proof: 'none',
    })
    .route({ outputStructure: 'detailed', successStatus: 302 })
    .input(
      z.looseObject({
        state: z.string().max(2000).optional(),
        code: z.string().max(10_000).optional(),
        error: z.string().max(500).optional(),
      }),
    )
    .output(z.object({ status: z.literal(302), headers: z.object({ location: z.string() }) })),
};
