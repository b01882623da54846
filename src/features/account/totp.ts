import { z } from 'zod';
import { addChallenge, readChallenge, takeChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { totpSecretPlace, updateUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { unprocessable } from '../problems.ts';
import { needProof, ownRow } from '../shared/own-session.ts';
import { newRecoveryCodes, newTotpSecret, totpAddress, totpStep } from '../sign-in/index.ts';

const MINUTES = 15;
const enrolling = z.object({ userId: z.string(), sealed: z.string() });

/** Makes a secret for an authenticator app. What the person has now stays until a code confirms the new one. */
export async function beginTotp(context: HandlerContext) {
  const { services, now, actor } = context;
  const secret = newTotpSecret();
  const enrolment = newSecret();
  const sealed = services.sealer.seal(secret, totpSecretPlace(actor.userId));
  const workspace = await services.store.write('system', async (tx) => {
    await needProof(context, tx);
    await addChallenge(tx, {
      kind: 'totp_enrol',
      secret: enrolment,
      data: { userId: actor.userId, sealed },
      now,
      minutes: MINUTES,
    });
    return tx.selectFrom('workspace').select('name').executeTakeFirst();
  });
  const issuer = workspace === undefined || workspace.name === 'Bylaw' ? 'Bylaw' : `Bylaw ${workspace.name}`;
  return { enrolment, secret, address: totpAddress(secret, actor.email, issuer) };
}

/** Puts the new app in place once it has shown a right code, with recovery codes that replace any from before. */
export async function confirmTotp(
  context: HandlerContext,
  input: { readonly enrolment: string; readonly code: string },
): Promise<{ recoveryCodes: string[] }> {
  const { services, now, actor } = context;
  const waiting = enrolling.safeParse(
    await context.read((tx) => readChallenge(tx, 'totp_enrol', input.enrolment, now)),
  );
  if (!waiting.success || waiting.data.userId !== actor.userId) throw tooLate();
  const { sealed } = waiting.data;
  const step = totpStep(services.sealer.open(sealed, totpSecretPlace(actor.userId)), input.code, now);
  if (step === null)
    throw unprocessable(
      'The code is not correct. Enter the one that the app shows now; the clock of the phone has to be right.',
    );
  const { codes, hashes } = newRecoveryCodes();
  await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    if ((await takeChallenge(tx, 'totp_enrol', input.enrolment, now)) === null) throw tooLate();
    await updateUser(tx, user.id, {
      totp_sealed: sealed,
      totp_since: now,
      totp_step: step,
      recovery_codes: JSON.stringify(hashes),
    });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { authenticatorApp: user.totp_sealed !== null },
      after: { authenticatorApp: true, recoveryCodes: hashes.length },
    });
  });
  notifyOfSignIn(context, { userId: actor.userId, event: { kind: 'app_set' } });
  return { recoveryCodes: [...codes] };
}

export async function removeTotp(context: HandlerContext): Promise<{ done: true }> {
  const removed = await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    if (user.totp_sealed === null) {
      recorder.unchanged();
      return false;
    }
    await updateUser(tx, user.id, {
      totp_sealed: null,
      totp_since: null,
      totp_step: null,
      recovery_codes: '[]',
    });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { authenticatorApp: true },
      after: { authenticatorApp: false },
    });
    return true;
  });
  if (removed) notifyOfSignIn(context, { userId: context.actor.userId, event: { kind: 'app_removed' } });
  return { done: true };
}

export async function replaceRecoveryCodes(context: HandlerContext): Promise<{ recoveryCodes: string[] }> {
  const { codes, hashes } = newRecoveryCodes();
  await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    if (user.totp_sealed === null)
      throw unprocessable('Recovery codes replace an authenticator app. Set one up first.');
    await updateUser(tx, user.id, { recovery_codes: JSON.stringify(hashes) });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { recoveryCodes: user.recovery_codes.length },
      after: { recoveryCodes: hashes.length },
    });
  });
  notifyOfSignIn(context, { userId: context.actor.userId, event: { kind: 'recovery_codes' } });
  return { recoveryCodes: [...codes] };
}

function tooLate() {
  return unprocessable('Setting up the app took longer than 15 minutes or was restarted. Start again.');
}
