import { createHash } from 'node:crypto';
import { type CheckVerdict, decideCheck } from '#domain/dlp/decision.ts';
import { CONFIG_TEST, type HookAnswer } from '#sources/inference-hook/call.ts';
import type { Services } from '../../context.ts';
import { noteCheckRefusal } from '../checks/refusals.ts';
import type { Scanned } from '../scanning/messages.ts';
import { scanCall } from '../scanning/scanner.ts';
import { type CheckRecord, checkActivity, INFERENCE_HOOK } from './activity.ts';
import type { OpenHook } from './door.ts';
import { type Claimed, claimOf, isSigned, type SignedHeaders, type Unproven } from './signature.ts';
import { denyReason } from './words.ts';

/** Of the time that there is to answer, the share for looking through a call; the rest is for writing the decision down. */
const SCAN_SHARE = 0.7;

/** Why a call is not answered with a decision. */
export type HookRefusal = Unproven | 'no_secret' | 'repeated' | 'too_large' | 'unreadable' | 'busy';

/** A call whose headers can be the vendor's. */
export interface Admitted {
  readonly hook: OpenHook;
  readonly secret: string;
  readonly claimed: Claimed;
}

/** Looks at the headers of a call, before its body is read. */
export function admitCall(
  services: Services,
  hook: OpenHook,
  headers: SignedHeaders,
): Admitted | { readonly refused: HookRefusal } {
  if (hook.secret === null) return refuseCall(services, hook, 'no_secret');
  const claimed = claimOf(headers, services.clock());
  if (typeof claimed === 'string') return refuseCall(services, hook, claimed);
  return { hook, secret: hook.secret, claimed };
}

export function refuseCall(services: Services, { clientId }: OpenHook, refused: HookRefusal) {
  noteCheckRefusal(services, clientId, INFERENCE_HOOK, refused);
  return { refused } as const;
}

/** Decides on a call, writes the decision down and answers. Nothing of what people wrote leaves the thread that reads it. */
export async function receiveCall(
  services: Services,
  { hook, secret, claimed }: Admitted,
  body: Buffer,
): Promise<HookAnswer | { readonly refused: HookRefusal }> {
  const began = performance.now();
  const begun = Date.now();
  if (!isSigned(claimed, body, secret)) return refuseCall(services, hook, 'forged');
  if (isRepeated(services, hook, claimed)) return refuseCall(services, hook, 'repeated');
  const scanned = await scanCall(services.catalogue, body, {
    tuning: hook.tuning,
    until: begun + services.guardMs * SCAN_SHARE,
  });
  if (scanned.is === 'unreadable') return refuseCall(services, hook, 'unreadable');
  const reference = referenceOf(hook.clientId, claimed.id);
  const outcome = scanned.is === 'scanned' ? scanned : { alarming: {}, finished: false };
  const isTest = scanned.is === 'scanned' && scanned.call.application === CONFIG_TEST;
  const { verdict, because } = isTest
    ? { verdict: 'tested' as CheckVerdict, because: null }
    : decideCheck(outcome, hook);
  const written = await write(
    services,
    hook,
    {
      reference,
      verdict,
      because,
      mode: hook.mode,
      at: claimed.at,
      durationMs: Math.round(performance.now() - began),
      groups: [...new Set(alarmingRules(services, outcome.alarming).map(({ group }) => group))],
      scanned: scanned.is === 'scanned' ? scanned : null,
      ...outcome,
    },
    services.guardMs - (Date.now() - begun),
  );
  // The log has it already: it came before this process began.
  if (written === 'known') return refuseCall(services, hook, 'repeated');
  if (verdict !== 'denied') return { action: 'allow' };
  const titles = alarmingRules(services, outcome.alarming).map(({ title }) => title);
  return {
    action: 'deny',
    deny_reason: denyReason({ because, titles, reference }),
    reference_id: reference,
  };
}

/** The rules with as many hits as matter, in the order of the catalogue. */
function alarmingRules({ catalogue }: Services, alarming: Scanned['alarming']) {
  return catalogue.dlp.flatMap((file) => file.rules.filter(({ id }) => Object.hasOwn(alarming, id)));
}

/** Letters and digits that are not taken for one another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same call has the same reference, which says nothing of it: `7KQ4-M2XD-9RTB`. */
function referenceOf(clientId: string, callId: string): string {
  const hash = createHash('sha256').update(`${clientId} ${callId}`).digest();
  const chars = [...hash.subarray(0, 12)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return chars.replace(/^(.{4})(.{4})(.{4})$/u, '$1-$2-$3');
}

const seen = new WeakMap<Services['store'], Map<string, number>>();
/** Milliseconds for which a call is remembered: as long as its time would let it in once more, on either side. */
const REMEMBERED = 11 * 60_000;

/** Whether the same call came before. */
function isRepeated({ store, clock }: Services, { clientId }: OpenHook, { id }: Claimed): boolean {
  const known = seen.get(store) ?? new Map<string, number>();
  seen.set(store, known);
  const now = clock().getTime();
  for (const [key, at] of known) {
    if (now - at < REMEMBERED) break;
    known.delete(key);
  }
  const key = `${clientId} ${id}`;
  if (known.has(key)) return true;
  known.set(key, now);
  return false;
}

/** Clients, days and kinds of decisions that those who decide were notified of. */
const published = new WeakMap<Services['store'], Set<string>>();

/**
 * Adds the decision to the activity log. Waits for it for `patience` milliseconds; a database that takes longer keeps no
 * one from Claude, and what it never takes is in the server's own log.
 */
async function write(
  services: Services,
  { clientId }: OpenHook,
  record: CheckRecord,
  patience: number,
): Promise<'added' | 'known' | 'later'> {
  const activity = checkActivity(record);
  const adding = services.activityLog.append(clientId, [activity]).then(
    ({ added }) => {
      if (added === 0) return 'known' as const;
      publish(services, clientId, `${record.at.toISOString().slice(0, 10)} ${record.verdict}`);
      return 'added' as const;
    },
    (error: unknown) => {
      services.log.error(
        { err: error, client: clientId, reference: record.reference, verdict: record.verdict },
        'a decision of the inference hook could not be written',
      );
      return 'later' as const;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'later'>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, patience), 'later');
  });
  return Promise.race([adding, late]).finally(() => clearTimeout(timer));
}

/** Has the client decided again with the first decision of its kind on a day. */
function publish({ store, verdicts, log }: Services, clientId: string, kind: string): void {
  const known = published.get(store) ?? new Set<string>();
  published.set(store, known);
  const key = `${clientId} ${kind}`;
  if (known.has(key)) return;
  if (known.size > 10_000) known.clear();
  known.add(key);
  const noted = store.write([clientId], (tx) =>
    tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute(),
  );
  noted
    .then(() => verdicts.refresh(clientId))
    .catch((error: unknown) =>
      log.warn({ err: error }, 'a client could not be decided after a check of content'),
    );
}
