import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { addChallenge, takeChallenge } from '#store/identity/challenges.ts';
import {
  removePasskey as deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  type PasskeyRow,
  renamePasskey as storePasskeyName,
} from '#store/identity/passkeys.ts';
import { newSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { keepAWayIn, needProof, ownRow, ownSession } from '../shared/own-session.ts';
import { ourOrigins, passkeyHostOf } from '../sign-in/index.ts';
import type { passkeyRegistration } from '../sign-in/schemas.ts';

const MINUTES = 5;
const MAX_PASSKEYS = 20;
/** EdDSA, ES256 and RS256: what authenticators make today. */
const ALGORITHMS = [-8, -7, -257];
const registering = z.object({ userId: z.string() });

export async function myPasskeys(context: HandlerContext) {
  const rows = await context.read((tx) => listPasskeys(tx, context.actor.userId));
  return { items: rows.map(shown), total: rows.length };
}

/** Begins to add a passkey that can be found without a name and that asks for the person, so that it is enough alone. */
export async function newPasskeyOptions(context: HandlerContext) {
  const { services, now, actor } = context;
  const host = passkeyHostOf(services);
  const challenge = newSecret();
  const known = await services.store.write('system', async (tx) => {
    await needProof(context, tx);
    const data = { userId: actor.userId };
    await addChallenge(tx, { kind: 'passkey_register', secret: challenge, data, now, minutes: MINUTES });
    return listPasskeys(tx, actor.userId);
  });
  if (known.length >= MAX_PASSKEYS)
    throw unprocessable(`You have ${MAX_PASSKEYS} passkeys. Remove one that you no longer use first.`);
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: 'Bylaw',
    rpID: host.id,
    userID: new TextEncoder().encode(actor.userId),
    userName: actor.email,
    userDisplayName: actor.name,
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: MINUTES * 60_000,
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { ...options };
}

export interface NewPasskeyInput {
  readonly challenge: string;
  readonly name: string;
  readonly answer: z.infer<typeof passkeyRegistration>;
}

/** Keeps the public key of a passkey that the browser has made. */
export async function addPasskey(context: HandlerContext, input: NewPasskeyInput) {
  const { services, now, actor } = context;
  const host = passkeyHostOf(services);
  const begun = registering.safeParse(
    await services.store.write('system', (tx) => takeChallenge(tx, 'passkey_register', input.challenge, now)),
  );
  if (!begun.success || begun.data.userId !== actor.userId)
    throw unprocessable(
      'Adding the passkey took longer than five minutes, or was already done. Start again.',
    );
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: input.answer satisfies NewPasskeyInput['answer'] as RegistrationResponseJSON,
    expectedChallenge: input.challenge,
    expectedOrigin: [...ourOrigins(services.config)],
    expectedRPID: host.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => {
    services.log.warn({ err: error }, 'a new passkey was refused');
    return { verified: false } as const;
  });
  if (!verified.verified)
    throw unprocessable('The browser’s answer is not valid. Start again, or use another device.');
  const { credential } = verified.registrationInfo;
  const added = await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    if ((await findPasskey(tx, credential.id)) !== null)
      throw unprocessable('This passkey is already in use here.');
    const id = await insertPasskey(tx, {
      userId: actor.userId,
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: input.name,
      now,
    });
    await recorder.record({
      subject: { kind: 'passkey', id, name: input.name },
      after: { name: input.name },
    });
    return { id, name: input.name, createdAt: now.toISOString(), lastUsedAt: null };
  });
  notifyOfSignIn(context, { userId: actor.userId, event: { kind: 'passkey_added', of: input.name } });
  return added;
}

export async function renamePasskey(
  context: HandlerContext,
  input: { readonly passkey: string; readonly name: string },
): Promise<{ done: true }> {
  ownSession(context);
  await context.change(async (tx, recorder) => {
    const passkey = await ownPasskey(context, tx, input.passkey);
    if (passkey.name === input.name) return recorder.unchanged();
    await storePasskeyName(tx, context.actor.userId, passkey.id, input.name);
    await recorder.record({
      subject: { kind: 'passkey', id: passkey.id, name: input.name },
      before: { name: passkey.name },
      after: { name: input.name },
    });
  });
  return { done: true };
}

export async function removePasskey(context: HandlerContext, id: string): Promise<{ done: true }> {
  const name = await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const passkey = await ownPasskey(context, tx, id);
    const user = await ownRow(context, tx);
    const all = await listPasskeys(tx, user.id);
    keepAWayIn({
      password: user.password !== null,
      passkeys: all.length - 1,
      provider: user.oidc_subject !== null,
    });
    await deletePasskey(tx, user.id, passkey.id);
    await recorder.record({
      subject: { kind: 'passkey', id: passkey.id, name: passkey.name },
      before: { name: passkey.name },
    });
    return passkey.name;
  });
  notifyOfSignIn(context, { userId: context.actor.userId, event: { kind: 'passkey_removed', of: name } });
  return { done: true };
}

async function ownPasskey({ actor }: HandlerContext, tx: Tx, id: string): Promise<PasskeyRow> {
  const found = (await listPasskeys(tx, actor.userId)).find((passkey) => passkey.id === id);
  if (found === undefined) throw notFound('This passkey no longer exists.');
  return found;
}

function shown(row: PasskeyRow) {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
