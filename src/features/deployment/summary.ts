import type { z } from 'zod';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { cached } from '#store/cache.ts';
import { allHandovers, allOverrides } from '#store/deployment/deployment.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import { forbidden } from '../problems.ts';
import { readProfile } from '../shared/profile.ts';
import type { summarySchema } from './schemas.ts';
import { deploymentJourney, nextOf, progressOf } from './status.ts';
import { handoverView } from './views.ts';
import { completionView } from './words.ts';

/**
 * Progress of the deployment without the evidence of each task, which is quick enough for a page to load on each visit.
 */
export async function summarizeDeployment(context: HandlerContext): Promise<z.infer<typeof summarySchema>> {
  const { services, client } = context;
  refuseWithoutControls(context);
  const journey = deploymentJourney(services.catalogue);
  const { verdicts } = await headsNow(context);
  const stored = await cached(
    services.store,
    context.scope,
    { key: 'deployment in a line', weight: 0.2 },
    () =>
      context.read(async (tx) => {
        const { claudePlan } = await readProfile(tx, client.id);
        const [holder] = await allHandovers(tx, client.id);
        return {
          plan: CLAUDE_PLAN_WORDS[claudePlan],
          overrides: await allOverrides(tx, client.id),
          holder: holder === undefined ? null : handoverView(holder),
        };
      }),
  );
  const { status } = progressOf(journey, verdicts, stored.overrides);
  const id = nextOf(status);
  const next = journey.tasks.find((task) => task.id === id);
  return {
    client: client.slug,
    title: journey.title,
    plan: stored.plan,
    completion: completionView(status.completion),
    next:
      next === undefined
        ? null
        : { id: next.id, number: journey.tasks.indexOf(next) + 1, action: next.action },
    holder: stored.holder,
  };
}

/** Every task rests on verdicts and shows them, so without the right to see verdicts nothing can be shown. */
export function refuseWithoutControls({ can }: Pick<HandlerContext, 'can'>): void {
  if (!can('controls.read'))
    throw forbidden('The deployment shows verdicts on controls, which your role does not include.');
}
// Guide: G2-00
