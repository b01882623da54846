import { remembered } from '#store/remember.ts';
import { decisionOf, type StandingVerdict, standingVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';

export interface Standing {
  /** In no order. Shared between requests: never changed. */
  readonly standing: readonly StandingVerdict[];
  readonly decision: Awaited<ReturnType<typeof decisionOf>>;
}

/** The verdicts of the request's client as they stand today, and when they were decided. */
export async function standingNow(context: HandlerContext): Promise<Standing> {
  const { services, client, scope } = context;
  await services.verdicts.ensureCurrent([client.id]);
  return remembered(services.store, scope, { key: 'standing', weight: 10 }, () =>
    context.read(async (tx) => ({
      standing: await standingVerdicts(tx, client.id),
      decision: await decisionOf(tx, client.id),
    })),
  );
}
