import { z } from 'zod';
import { PERMISSIONS, ROLES } from '#domain/access/permissions.ts';
import { orJsonAnswer } from '../json-answer.ts';
import { instant, listOf, operationsOf, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { nameField } from '../shared/access-parts.ts';
import {
  codeField,
  passkeyAssertion,
  passkeyOptions,
  passkeyRegistration,
  passwordField,
  secretField,
} from '../sign-in/schemas.ts';

const { del, get, patch, post, put } = operationsOf({
  feature: 'Account',
  scope: 'self',
  permission: 'signed_in',
  cli: null,
  beforeSecondFactor: true,
  why: 'How a person signs in is changed in the browser, where they confirm their identity; a token never can.',
});

/** Answered where the person has to enter their password, or use a passkey, once more before this change. */
const proof = { PROOF_REQUIRED: { status: 403 } } as const;

export const THEMES = ['auto', 'light', 'dark'] as const;
export const preferences = z.object({
  theme: z.enum(THEMES).default('auto'),
  singleLetterKeys: z.boolean().default(true).describe('Keys such as G then C act without Ctrl or Cmd'),
  mailWhenAssigned: z
    .boolean()
    .default(true)
    .describe('Send me an email right away when someone else assigns work to me or reminds me of it'),
  tour: z
    .enum(['offered', 'over'])
    .default('offered')
    .describe('over: the person finished or declined the tour of the sandbox'),
});

const session = z.object({
  id: z.string(),
  method: z.string().describe('How the person confirmed their identity'),
  ip: z.string(),
  userAgent: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  current: z.boolean(),
});
const passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable().describe('null: never'),
});
const passkeyId = z.string().min(1).max(100);
const passkeyName = z.string().trim().min(1, 'Give the passkey a name.').max(80);
const done = z.object({ done: z.literal(true) });
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('Shown only once') });

export const meSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  version: z.number().int(),
  createdAt: instant,
  workspace: z.string(),
  roles: z.array(z.enum(ROLES)).describe('Roles for all clients and the workspace'),
  permissions: z.array(z.enum(PERMISSIONS)).describe('Permissions for the workspace itself'),
  clients: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      domain: z.string().nullable().describe('Primary email domain; null: the profile states none'),
      timezone: z.string(),
      sandbox: z.boolean(),
      roles: z.array(z.enum(ROLES)),
      permissionSet: z.number().int().describe('Index in permissionSets, starting at 0'),
    }),
  ),
  permissionSets: z
    .array(z.array(z.enum(PERMISSIONS)))
    .describe('What the person may do for their clients; clients with the same permissions share one set'),
  preferences,
  proven: z
    .boolean()
    .describe('Whether it is proven that the account belongs to this person; approvals count only then'),
  signIn: z.object({
    method: z
      .string()
      .nullable()
      .describe('How the person signed in to this session; null: the request uses a token'),
    password: z.boolean(),
    totpSince: instant.nullable().describe('When the authenticator app was set up; null: none is'),
    recoveryCodesLeft: z.number().int(),
    passkeys: z.number().int(),
    secondFactorNeeded: z
      .boolean()
      .describe(
        'One of their roles requires a second factor and they have none; until they set one up, nothing else is available',
      ),
    provider: z.string().nullable().describe('Name of the linked sign-in provider; null: none'),
    provedUntil: instant
      .nullable()
      .describe(
        'Until this time, the person can change how they sign in without confirming their identity again; null: they have to confirm it first',
      ),
  }),
});

/** Of what proves or protects an account nothing is kept that could be answered again. */
const NOT_KEPT = 'It proves who someone is or protects their account, so no reply of it is kept.';

export const accountContract = {
  me: get('/me', {
    scope: 'workspace',
    title: 'Show who is signed in, and what they may open',
    cli: 'whoami',
    backupToken: true,
    boundedBy: 'the frame of the console: the clients of the person',
  })
    .input(z.object({}))
    .output(orJsonAnswer(meSchema)),
  sendAddressLink: post('/me/address-link', {
    title: 'Email me a link that verifies my account',
    description:
      'It sets a new password. Every other way to sign in that was set up before ends, because someone else may have it.',
    audit: 'account.send_address_link',
    replyNotKept: NOT_KEPT,
    proof: 'none',
  })
    .input(z.strictObject({}))
    .output(done),
  update: patch('/me', {
    title: 'Change my name or preferences',
    audit: 'account.update',
    proof: 'none',
  })
    .input(
      z.strictObject({
        version: versionParam,
        name: nameField.optional(),
        preferences: preferences.optional(),
      }),
    )
    .output(z.object({ version: z.number().int() })),
  signOut: post('/me/sign-out', {
    title: 'Sign out',
    audit: 'account.sign_out',
    replyNotKept: NOT_KEPT,
    proof: 'none',
  })
    .input(z.strictObject({}))
    .output(done),
  sessions: get('/me/sessions', {
    title: 'List where I am signed in',
    list: { key: 'id' },
  })
    .input(z.object({ ...pageParams() }))
    .output(listOf(session)),
  endSession: del('/me/sessions/{session}', {
    title: 'Sign out elsewhere',
    audit: 'account.end_session',
    proof: 'none',
  })
    .input(z.object({ session: z.string().min(1).max(100) }))
    .output(done),
  endOtherSessions: post('/me/sessions/end-others', {
    title: 'Sign out everywhere else',
    audit: 'account.end_other_sessions',
    replyNotKept: NOT_KEPT,
    proof: 'none',
  })
    .input(z.strictObject({}))
    .output(z.object({ ended: z.number().int() })),
  prove: post('/me/proof', {
    title: 'Confirm my identity with my password',
    audit: 'account.prove',
    replyNotKept: NOT_KEPT,
    proof: 'none',
  })
    .input(z.strictObject({ password: passwordField }))
    .output(z.object({ provedUntil: instant })),
  proofOptions: post('/me/proof/passkey/options', {
    title: 'Start confirming my identity with a passkey',
    audit: null,
  })
    .input(z.strictObject({}))
    .output(passkeyOptions),
  proveWithPasskey: post('/me/proof/passkey', {
    title: 'Confirm my identity with a passkey',
    audit: 'account.prove',
    replyNotKept: NOT_KEPT,
    proof: 'none',
  })
    .input(z.strictObject({ challenge: secretField, answer: passkeyAssertion }))
    .output(z.object({ provedUntil: instant })),
  setPassword: put('/me/password', {
    title: 'Change my password',
    description: 'Ends every other session and, unless you keep them, all of your tokens.',
    audit: 'account.set_password',
    proof: 'in_person',
  })
    .errors(proof)
    .input(
      z.strictObject({
        password: passwordField,
        keepTokens: z.boolean().default(false).describe('Existing tokens keep working'),
      }),
    )
    .output(
      z.object({
        ended: z.number().int().describe('Number of other sessions that were ended'),
        tokens: z.number().int().describe('Number of tokens that were revoked'),
      }),
    ),
  beginTotp: post('/me/totp', {
    title: 'Start setting up an authenticator app',
    description: 'Nothing changes until a code from the app confirms it.',
    audit: null,
  })
    .errors(proof)
    .input(z.strictObject({}))
    .output(
      z.object({
        enrolment: z.string().describe('Send it back with the first code within 15 minutes'),
        secret: z.string().describe('Key to type into the app if the QR code cannot be scanned'),
        address: z.string().describe('Text that the QR code encodes'),
      }),
    ),
  confirmTotp: post('/me/totp/confirm', {
    title: 'Confirm an authenticator app with its first code',
    audit: 'account.set_totp',
    replyNotKept: NOT_KEPT,
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.strictObject({ enrolment: secretField, code: codeField }))
    .output(recoveryCodes),
  removeTotp: del('/me/totp', {
    title: 'Remove my authenticator app',
    audit: 'account.remove_totp',
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.object({}))
    .output(done),
  newRecoveryCodes: post('/me/totp/recovery-codes', {
    title: 'Make new recovery codes',
    description: 'Earlier codes stop working.',
    audit: 'account.new_recovery_codes',
    replyNotKept: NOT_KEPT,
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.strictObject({}))
    .output(recoveryCodes),
  passkeys: get('/me/passkeys', {
    title: 'List my passkeys',
    list: { key: 'id' },
  })
    .input(z.object({ ...pageParams() }))
    .output(listOf(passkey)),
  passkeyOptions: post('/me/passkeys/options', {
    title: 'Start adding a passkey',
    audit: null,
  })
    .errors(proof)
    .input(z.strictObject({}))
    .output(passkeyOptions),
  addPasskey: post('/me/passkeys', {
    title: 'Add a passkey',
    audit: 'account.add_passkey',
    replyNotKept: NOT_KEPT,
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.strictObject({ challenge: secretField, name: passkeyName, answer: passkeyRegistration }))
    .output(passkey),
  renamePasskey: patch('/me/passkeys/{passkey}', {
    title: 'Rename a passkey',
    audit: 'account.rename_passkey',
    proof: 'none',
  })
    .input(z.strictObject({ passkey: passkeyId, name: passkeyName }))
    .output(done),
  removePasskey: del('/me/passkeys/{passkey}', {
    title: 'Remove a passkey',
    audit: 'account.remove_passkey',
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.object({ passkey: passkeyId }))
    .output(done),
  unlinkProvider: del('/me/provider', {
    title: 'Unlink my sign-in provider',
    audit: 'account.unlink_provider',
    proof: 'in_person',
  })
    .errors(proof)
    .input(z.object({}))
    .output(done),
};
