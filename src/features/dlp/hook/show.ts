import { CHECK_MODES, CHECK_VERDICTS } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { checkCounts, checkRefusals } from '#store/dlp/checks.ts';
import { findHook } from '#store/dlp/hooks.ts';
import { charterOf, clientProfile } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { INFERENCE_HOOK } from './activity.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** The hook as it is, and what came of it in the last days. Never the secret. */
export async function showHook(context: HandlerContext) {
  const { client, now, services } = context;
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const { claudePlan } = await clientProfile(context);
  const read = await context.read(async (tx) => ({
    hook: await findHook(tx, client.id),
    charter: charterOf(await newestCharter(tx, client.id)),
    counts: await checkCounts(tx, client.id, INFERENCE_HOOK, since),
    refused: await checkRefusals(tx, client.id, INFERENCE_HOOK, since.toISOString().slice(0, 10)),
  }));
  const { hook, charter, counts, refused } = read;
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
    days: DAYS,
    checks: CHECK_VERDICTS.map((verdict) => {
      const found = counts.find((one) => one.verdict === verdict);
      return { verdict, checks: found?.checks ?? 0, last: found?.last.toISOString() ?? null };
    }),
    refused: refused.map(({ reason, calls, last }) => ({ reason, calls, last: last.toISOString() })),
    says: capability?.vendor.says ?? null,
    sources: [...(capability?.vendor.sources ?? [])],
  };
}
