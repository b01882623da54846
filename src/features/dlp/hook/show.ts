import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { findHook } from '#store/dlp/hooks.ts';
import { charterOf, clientProfile } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { countsOf } from '../checks/counts.ts';
import { INFERENCE_HOOK } from './activity.ts';

/** The hook as it is, and what came of it in the last days. Never the secret. */
export async function showHook(context: HandlerContext) {
  const { client, now, services } = context;
  const { claudePlan } = await clientProfile(context);
  const read = await context.read(async (tx) => ({
    hook: await findHook(tx, client.id),
    charter: charterOf(await newestCharter(tx, client.id)),
    counts: await countsOf(tx, client.id, INFERENCE_HOOK, now),
  }));
  const { hook, charter, counts } = read;
  const capability = services.catalogue.capabilities.find(({ id }) => id === 'claude.inference_hooks');
  return {
    plan: claudePlan ?? null,
    hook:
      hook === null
        ? null
        : {
            address: `${services.config.origin}/hooks/inference/${hook.endpoint}`,
            mode: CHECK_MODES.find((mode) => mode === hook.mode) ?? 'watch',
            hasSecret: hook.secret_sealed !== null,
            changedAt: hook.changed_at.toISOString(),
            changedBy: hook.changed_by_name,
          },
    version: hook?.version ?? 0,
    blockUnchecked: charter.contentChecks?.blockUnchecked ?? null,
    ...counts,
    says: capability?.vendor.says ?? null,
    sources: [...(capability?.vendor.sources ?? [])],
  };
}
