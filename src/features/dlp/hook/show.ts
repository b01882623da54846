import { CHECK_MODES, PURVIEW_ANSWERS } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { purviewCounts } from '#store/dlp/checks.ts';
import { findHook } from '#store/dlp/hooks.ts';
import { charterOf, clientProfile } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { writerState } from '../../sources/index.ts';
import { countsOf } from '../checks/counts.ts';
import { showPendingGuard } from '../pending-change.ts';
import { INFERENCE_HOOK } from './activity.ts';
import { PROMPT_ASKER } from './purview.ts';

/** Number of recent prompts for which Purview's answers are counted. */
const ANSWERS = 500;

/** The hook's settings and recent results. Never the secret. */
export async function showHook(context: HandlerContext) {
  const { client, now, services } = context;
  const { claudePlan } = await clientProfile(context);
  const read = await context.read(async (tx) => ({
    hook: await findHook(tx, client.id),
    charter: charterOf(await newestCharter(tx, client.id)),
    counts: await countsOf(tx, client.id, INFERENCE_HOOK, now),
    answers: await purviewCounts(tx, client.id, INFERENCE_HOOK, ANSWERS),
  }));
  const { hook, charter, counts, answers } = read;
  const { is: application } = await writerState(services, client.id, PROMPT_ASKER);
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
            purview: hook.purview,
            changedAt: hook.changed_at.toISOString(),
            changedBy: hook.changed_by_name,
          },
    proposed: await showPendingGuard(context, 'hook'),
    version: hook?.version ?? 0,
    blockUnchecked: charter.contentChecks?.blockUnchecked ?? null,
    ...counts,
    purview: {
      application,
      answers: PURVIEW_ANSWERS.flatMap((answer) => {
        const found = answers.find((one) => one.answer === answer);
        return found === undefined ? [] : [{ answer, prompts: found.prompts }];
      }),
    },
    says: capability?.vendor.says ?? null,
    sources: [...(capability?.vendor.sources ?? [])],
  };
}
