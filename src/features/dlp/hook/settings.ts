import { randomBytes } from 'node:crypto';
import type { CheckMode } from '#domain/dlp/decision.ts';
import { findHook, type HookRow, hookSecretPlace, putHook, removeHook } from '#store/dlp/hooks.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../meanwhile.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { writerState } from '../../sources/index.ts';
import { refuseUndecided } from '../checks/undecided.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { warmScanner } from '../scanning/scanner.ts';
import { forgetHooks } from './door.ts';
import { PROMPT_ASKER } from './purview.ts';
import { isSecret } from './signature.ts';

const SUBJECT = 'inference_hook';

interface Wanted {
  readonly version: number;
  /** Left out: the stored one stays. */
  readonly secret?: string | undefined;
  readonly mode: CheckMode;
  /** Whether Purview is asked as well. Left out: it stays, and at first it is not. */
  readonly purview?: boolean | undefined;
}

/** Sets the hook of a client up, or changes it. The secret goes in and never comes out. */
export async function setHook(context: HandlerContext, wanted: Wanted): Promise<void> {
  const { services, client, actor, now } = context;
  if (client.sandbox)
    throw unprocessable('The sandbox association is invented, so no prompt of it can be checked.');
  if (wanted.secret !== undefined && !isSecret(wanted.secret))
    throw unprocessable(
      'This is not a Claude signing secret. A signing secret starts with "whsec_"; copy it from the inference hook’s settings.',
    );
  const mayAsk =
    wanted.purview === true && (await writerState(services, client.id, PROMPT_ASKER)).is === 'ready';
  await context.change(async (tx, recorder) => {
    const before = await findHook(tx, client.id);
    if ((before?.version ?? 0) !== wanted.version) throw await changedMeanwhile(tx, context, before);
    const purview = wanted.purview ?? before?.purview ?? false;
    if (wanted.purview === true && before?.purview !== true && !mayAsk)
      throw unprocessable(
        'Connect the application that asks Purview about prompts first, with all of its permissions, under Connections, Sources.',
      );
    if (wanted.mode === 'enforce') await refuseUndecided(tx, context);
    const sealed =
      wanted.secret === undefined
        ? (before?.secret_sealed ?? null)
        : services.sealer.seal(wanted.secret, hookSecretPlace(client.id));
    if (wanted.mode === 'enforce' && sealed === null)
      throw unprocessable('Enter the signing secret first: without it, no call is accepted.');
    if (
      before !== null &&
      wanted.secret === undefined &&
      before.mode === wanted.mode &&
      before.purview === purview
    )
      return recorder.unchanged();
    const row = {
      client_id: client.id,
      endpoint: before?.endpoint ?? randomBytes(18).toString('base64url'),
      mode: wanted.mode,
      secret_sealed: sealed,
      purview,
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(await putHook(tx, row, wanted.version)))
      throw await changedMeanwhile(tx, context, await findHook(tx, client.id));
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before:
        before === null
          ? null
          : { mode: before.mode, secret: before.secret_sealed !== null, purview: before.purview },
      after: {
        mode: wanted.mode,
        secret: sealed !== null,
        secretChanged: wanted.secret !== undefined,
        purview,
      },
    });
    await recorder.facts();
  });
  // The first call waits for no key to be made.
  await fingerprintKeyOf(services, client.id);
  forgetHooks(services);
  await warmScanner(services.catalogue);
}

/** Removes the hook: its address is no longer there, and its secret is forgotten. Decisions stay. */
export async function removeHookOf(context: HandlerContext, version: number): Promise<void> {
  const { services, client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findHook(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await changedMeanwhile(tx, context, before);
    if (before === null) return recorder.unchanged();
    if (!(await removeHook(tx, client.id, version))) throw await changedMeanwhile(tx, context, before);
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: { mode: before.mode, secret: before.secret_sealed !== null },
    });
    await recorder.facts();
  });
  forgetHooks(services);
}

async function changedMeanwhile(tx: Tx, { client }: HandlerContext, hook: HookRow | null) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.hook.' });
  return conflict(
    'Someone else changed the inference hook after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: hook?.version ?? 0 },
  );
}
