import type { z } from 'zod';
import { findJourney } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { sendPolicyTo } from '../policy/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { showJourney } from './list.ts';
import type { journeyDetail } from './schemas.ts';

/** Sends the policy in force to a person with an open onboarding. */
export async function sendPolicy(
  context: HandlerContext,
  { journey }: { readonly journey: string },
): Promise<z.infer<typeof journeyDetail>> {
  const row = await context.read((tx) => findJourney(tx, context.client.id, journey));
  if (row === null) throw notFound();
  if (row.kind !== 'joining' || row.ended_at !== null)
    throw unprocessable('The policy can be sent only from an onboarding that is underway.');
  await sendPolicyTo(context, { address: row.person_key, name: row.name });
  return showJourney(context, { journey });
}
// Guide: G7.3-02
