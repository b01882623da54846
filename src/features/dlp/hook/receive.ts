import { createHash } from 'node:crypto';
import { decideCheck, type PurviewAnswer, withPurview } from '#domain/dlp/decision.ts';
import { CONFIG_TEST, type HookAnswer } from '#sources/inference-hook/call.ts';
import type { Services } from '../../context.ts';
import { recordAllowed } from '../checks/allowed.ts';
import { alarmingGroups, alarmingRules, referenceFrom, writeChecks } from '../checks/record.ts';
import { recordCheckRefusal } from '../checks/refusals.ts';
import type { Scanned } from '../scanning/messages.ts';
import { scanContent } from '../scanning/scanner.ts';
import { checkedCall, INFERENCE_HOOK } from './activity.ts';
import type { OpenHook } from './door.ts';
import { MAX_ASKED } from './purview.ts';
import { isInLog, isRepeated } from './repeated.ts';
import { type Claimed, claimOf, isSigned, type SignedHeaders, type Unproven } from './signature.ts';
import { denyReason } from './words.ts';

/** Share of the available time for scanning; the rest is for recording the decision. */
const SCAN_SHARE = 0.7;

/** Why a call is not answered with a decision. */
export type HookRefusal = Unproven | 'no_secret' | 'repeated' | 'too_large' | 'unreadable' | 'busy';

/** A call with plausible headers. */
export interface Admitted {
  readonly hook: OpenHook;
  readonly claimed: Claimed;
}

/** Checks a call's headers before its body is read. */
export function admitCall(
  services: Services,
  hook: OpenHook,
  headers: SignedHeaders,
): Admitted | { readonly refused: HookRefusal } {
  if (hook.secrets.length === 0) return refuseCall(services, hook, 'no_secret');
  const claimed = claimOf(headers, services.clock());
  if (typeof claimed === 'string') return refuseCall(services, hook, claimed);
  return { hook, claimed };
}

export function refuseCall(services: Services, { clientId }: OpenHook, refused: HookRefusal) {
  recordCheckRefusal(services, clientId, INFERENCE_HOOK, refused);
  return { refused } as const;
}

/**
 * Decides on a call and answers it. Findings, and incomplete scans, are recorded before the answer; passed calls
 * within a second. No text leaves the reading thread except what Purview is asked about.
 */
export async function receiveCall(
  services: Services,
  { hook, claimed }: Admitted,
  body: Buffer,
): Promise<HookAnswer | { readonly refused: HookRefusal }> {
  const began = performance.now();
  const begun = Date.now();
  if (!hook.secrets.some((secret) => isSigned(claimed, body, secret)))
    return refuseCall(services, hook, 'forged');
  const reference = referenceOf(hook.clientId, claimed.id);
  const repeated = isRepeated(services, hook.clientId, claimed);
  if (repeated === 'yes') return refuseCall(services, hook, 'repeated');
  const [scanned, isKnown] = await Promise.all([
    scanContent(services.catalogue, {
      what: 'call',
      bytes: body,
      tuning: hook.tuning,
      fingerprintKey: hook.fingerprintKey,
      until: begun + services.guardMs * SCAN_SHARE,
      ...(hook.asksPurview ? { textUpTo: MAX_ASKED } : {}),
    }),
    repeated === 'unknown'
      ? isInLog(services, hook.clientId, reference, services.guardMs * SCAN_SHARE)
      : false,
  ]);
  // It is in the log: another process received it, or this one did before a restart.
  if (isKnown) return refuseCall(services, hook, 'repeated');
  if (scanned.is === 'unreadable') return refuseCall(services, hook, 'unreadable');
  const outcome = scanned.is === 'scanned' ? scanned : { alarming: {}, finished: false };
  const call = scanned.is === 'scanned' ? scanned.call : null;
  const isTest = call?.application === CONFIG_TEST;
  const own = isTest ? { verdict: 'tested' as const, because: null } : decideCheck(outcome, hook);
  const purview =
    own.verdict === 'allowed' && scanned.is === 'scanned' && hook.asksPurview
      ? await secondOpinion(hook, scanned, {
          reference,
          at: claimed.at,
          timeoutMs: services.guardMs * SCAN_SHARE - (Date.now() - begun),
        })
      : null;
  const { verdict, because } = withPurview(own, hook.mode, purview);
  const record = {
    guard: INFERENCE_HOOK,
    reference,
    verdict,
    because,
    mode: hook.mode,
    at: claimed.at,
    durationMs: Math.round(performance.now() - began),
    groups: alarmingGroups(services, outcome.alarming, hook.tuning),
    fingerprints: scanned.is === 'scanned' ? scanned.fingerprints : {},
    characters: scanned.is === 'scanned' ? scanned.characters : null,
    of: checkedCall(call, purview),
    alarming: outcome.alarming,
    finished: outcome.finished,
  };
  if (verdict === 'allowed') {
    recordAllowed(services, hook.clientId, record);
    return { action: 'allow' };
  }
  const written = await writeChecks(
    services,
    hook.clientId,
    [record],
    services.guardMs - (Date.now() - begun),
  );
  if (written === 'known') return refuseCall(services, hook, 'repeated');
  if (verdict !== 'denied') return { action: 'allow' };
  const titles = alarmingRules(services, outcome.alarming, hook.tuning).map(({ title }) => title);
  return {
    action: 'deny',
    deny_reason: denyReason({ because, titles, reference }),
    reference_id: reference,
  };
}

/**
 * The opinion of the client's Purview policies on a prompt without findings, in the remaining time; null: there is no
 * text to ask about. All other prompts are decided without Purview, so that their content is sent nowhere.
 */
async function secondOpinion(
  { purview }: OpenHook,
  { call, text }: Scanned,
  { timeoutMs, ...of }: { readonly reference: string; readonly at: Date; readonly timeoutMs: number },
): Promise<PurviewAnswer | null> {
  if (text === '') return null;
  if (text === null || purview === null) return 'not_answered';
  const asked = { ...of, text, address: call?.actor.email ?? null, session: call?.session ?? null };
  return purview.ask(asked, timeoutMs);
}

/** The same call always has the same reference. */
const referenceOf = (clientId: string, callId: string) =>
  referenceFrom(createHash('sha256').update(`${clientId} ${callId}`).digest());
