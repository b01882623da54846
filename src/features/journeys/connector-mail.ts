import type { z } from 'zod';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { lastConnectorMail } from '#store/work/connector-mails.ts';
import type { HandlerContext } from '../context.ts';
import { outcomeOf } from '../policy/index.ts';
import type { journeyDetail } from './schemas.ts';

/** The last mail of an onboarding with the page of connectors; null if there was none. */
export async function connectorMailOf(
  tx: Tx,
  { client, now }: Pick<HandlerContext, 'client' | 'now'>,
  journey: string,
): Promise<z.infer<typeof journeyDetail>['connectorMail']> {
  const last = await lastConnectorMail(tx, client.id, journey);
  if (last === undefined) return null;
  const charter = await newestCharter(tx, client.id);
  return {
    at: last.begun_at.toISOString(),
    by: last.by_name,
    outcome: outcomeOf(last, now),
    failure: last.failure,
    charter: last.charter,
    charterNow: charter?.version ?? null,
  };
}
// Guide: G7.3-03
