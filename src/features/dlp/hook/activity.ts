import { type Activity, NO_AMOUNTS, NOTHING_REPORTED, type Surface } from '#domain/activity/activity.ts';
import { type CheckMode, type CheckOutcome, type CheckVerdict, checkType } from '#domain/dlp/decision.ts';
import type { Scanned } from '../scanning/messages.ts';

/** What decisions of the inference hook are marked with. */
export const INFERENCE_HOOK = 'inference_hook';

/** A decision as it is written down. It holds nothing of the content. */
export interface CheckRecord extends CheckOutcome {
  readonly reference: string;
  readonly verdict: CheckVerdict;
  readonly because: 'content' | 'unfinished' | null;
  readonly mode: CheckMode;
  /** When the vendor sent it. */
  readonly at: Date;
  readonly durationMs: number;
  /** Groups of the rules that alarmed. */
  readonly groups: readonly string[];
  /** null: the time was up before it was taken apart. */
  readonly scanned: Scanned | null;
}

const SURFACE_OF: Readonly<Record<string, Surface>> = {
  'claude-ai': 'chat',
  'claude-code': 'claude_code',
  'config-test': 'administration',
};

export function checkActivity(record: CheckRecord): Activity {
  const { reference, verdict, because, mode, finished, alarming, groups, scanned, at, durationMs } = record;
  const call = scanned?.call ?? null;
  const email = call?.actor.email ?? null;
  return {
    ...NOTHING_REPORTED,
    id: `content-check/${reference}`,
    at: at.toISOString(),
    source: 'guard',
    surface: SURFACE_OF[call?.application ?? ''] ?? 'unknown',
    type: checkType(verdict),
    category: 'compliance',
    actor: { ...NOTHING_REPORTED.actor, ...call?.actor },
    person: email?.toLowerCase() ?? call?.actor.id ?? null,
    organization: call?.organization ?? null,
    session: call?.session ?? null,
    model: call?.model ?? null,
    outcome: verdict === 'denied' ? 'rejected' : 'success',
    amounts: { ...NO_AMOUNTS, size: scanned?.characters ?? null, durationMs },
    detail: {
      guard: INFERENCE_HOOK,
      reference,
      mode,
      finished,
      ...(because === null ? {} : { because }),
      ...(Object.keys(alarming).length === 0 ? {} : { rules: { ...alarming }, groups: [...groups] }),
      ...(call === null
        ? {}
        : { application: call.application, request_id: call.requestId, unread: call.unread }),
    },
  };
}
