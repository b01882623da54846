import type { Surface } from '#domain/activity/activity.ts';
import type { PurviewAnswer } from '#domain/dlp/decision.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { HookCall } from '#sources/inference-hook/call.ts';
import type { CheckedOf } from '../checks/record.ts';

/** Name of the guard in decisions of the inference hook. */
export const INFERENCE_HOOK = 'inference_hook';

const SURFACE_OF: Readonly<Record<string, Surface>> = {
  'claude-ai': 'chat',
  'claude-code': 'claude_code',
  'config-test': 'administration',
};

/**
 * Sender of the prompt. null: the time was up before it was parsed.
 *
 * @param purview Purview's answer; null: it was not asked
 */
export function checkedCall(call: HookCall | null, purview: PurviewAnswer | null): CheckedOf {
  if (call === null)
    return {
      surface: 'unknown',
      actor: { type: null, id: null, email: null },
      organization: null,
      session: null,
      model: null,
      detail: {},
    };
  const { application, actor, organization, session, model, requestId, unread } = call;
  return {
    surface: ownValue(SURFACE_OF, application ?? '') ?? 'unknown',
    actor,
    organization,
    session,
    model,
    detail: { application, request_id: requestId, unread, ...(purview === null ? {} : { purview }) },
  };
}
