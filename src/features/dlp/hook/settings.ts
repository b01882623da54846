import { randomBytes } from 'node:crypto';
import type { CheckMode } from '#domain/dlp/decision.ts';
import { findHook, type HookRow, putHook, removeHook } from '#store/dlp/hooks.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../last-change.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { writerState } from '../../sources/index.ts';
import { refuseUndecided } from '../checks/undecided.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { endPending, hasSecond, proposeChange } from '../pending-change.ts';
import { warmScanner } from '../scanning/scanner.ts';
import { forgetHooks } from './door.ts';
import { loosenedHook } from './pending-change.ts';
import { PROMPT_ASKER } from './purview.ts';
import { sealHookSecret } from './seal.ts';
import { isSecret } from './signature.ts';

const SUBJECT = 'inference_hook';

interface Wanted {
  readonly version: number;
  /** Left out: the stored one is kept. */
  readonly secret?: string | undefined;
  readonly mode: CheckMode;
  /** Whether to ask Purview as well. Left out: unchanged, initially off. */
  readonly purview?: boolean | undefined;
}

/**
 * Creates or changes a client's hook. The secret is never returned. Changes that would let more through wait for a
 * second person if there is one; others take effect at once.
 */
export async function setHook(context: HandlerContext, wanted: Wanted): Promise<void> {
  const { services, client, actor, now } = context;
  if (client.sandbox)
    throw unprocessable('The sandbox association is fictional, so it has no prompts to check.');
  if (wanted.secret !== undefined && !isSecret(wanted.secret))
    throw unprocessable(
      'This is not a Claude signing secret. A signing secret starts with “whsec_”; copy it from the inference hook’s settings.',
    );
  const mayAsk =
    wanted.purview === true && (await writerState(services, client.id, PROMPT_ASKER)).is === 'ready';
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findHook(tx, client.id);
    if ((before?.version ?? 0) !== wanted.version) throw await editConflict(tx, context, before);
    const purview = wanted.purview ?? before?.purview ?? false;
    if (wanted.purview === true && before?.purview !== true && !mayAsk)
      throw unprocessable(
        'Connect the application that asks Purview about prompts first, with all of its permissions, under Connections > Sources.',
      );
    if (wanted.mode === 'enforce') await refuseUndecided(tx, context);
    const loosened = loosenedHook(before, { ...wanted, purview });
    const pending = second ? loosened : null;
    const secret = pending?.secret === undefined ? wanted.secret : undefined;
    const sealed =
      secret === undefined ? (before?.secret_sealed ?? null) : sealHookSecret(services, client.id, secret);
    if (wanted.mode === 'enforce' && sealed === null)
      throw unprocessable('Enter the signing secret first: without it, no call is accepted.');
    const row = {
      client_id: client.id,
      endpoint: before?.endpoint ?? randomBytes(18).toString('base64url'),
      mode: pending?.value.mode == null ? wanted.mode : 'enforce',
      secret_sealed: sealed,
      purview: pending?.value.purview == null ? purview : true,
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    const same =
      before !== null && secret === undefined && before.mode === row.mode && before.purview === row.purview;
    if (same && pending === null) return recorder.unchanged();
    if (!(same || (await putHook(tx, row, wanted.version))))
      throw await editConflict(tx, context, await findHook(tx, client.id));
    if (pending === null) await endPending(tx, client.id, 'hook');
    else
      await proposeChange(tx, context, {
        setting: 'hook',
        version: wanted.version + (same ? 0 : 1),
        ...pending,
      });
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before:
        before === null
          ? null
          : { mode: before.mode, secret: before.secret_sealed !== null, purview: before.purview },
      after: {
        mode: row.mode,
        secret: sealed !== null,
        secretChanged: secret !== undefined,
        purview: row.purview,
        ...(pending === null
          ? {}
          : { proposed: { ...pending.value, secretChanged: pending.secret !== undefined } }),
        ...(pending === null && loosened !== null ? { alone: true } : {}),
      },
    });
    await recorder.facts();
  });
  // Create it beforehand, so that the first call need not wait.
  await fingerprintKeyOf(services, client.id);
  forgetHooks(services);
  await warmScanner(services.catalogue);
}

/**
 * Removes the hook: its URL stops working, and its secret is deleted. Decisions are kept. The removal of an active
 * hook waits for a second person if there is one.
 */
export async function removeHookOf(context: HandlerContext, version: number): Promise<void> {
  const { services, client } = context;
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findHook(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await editConflict(tx, context, before);
    if (before === null) return recorder.unchanged();
    const takesCalls = before.secret_sealed !== null;
    const value = { remove: true, mode: null, purview: null };
    if (takesCalls && second) await proposeChange(tx, context, { setting: 'hook', version, value });
    else {
      if (!(await removeHook(tx, client.id, version))) throw await editConflict(tx, context, before);
      await endPending(tx, client.id, 'hook');
    }
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: { mode: before.mode, secret: takesCalls },
      ...(takesCalls ? { after: second ? { proposed: { remove: true } } : { alone: true } } : {}),
    });
    await recorder.facts();
  });
  forgetHooks(services);
}

async function editConflict(tx: Tx, { client }: HandlerContext, hook: HookRow | null) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.hook.' });
  return conflict(
    'Someone else changed the inference hook after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: hook?.version ?? 0 },
  );
}
