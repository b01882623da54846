import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { charterOf } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { unprocessable } from '../../problems.ts';

/** A guard cannot start blocking until the charter says what to do with content that cannot be scanned in time. */
export async function refuseUndecided(tx: Tx, { client }: HandlerContext): Promise<void> {
  const { contentChecks } = charterOf(await newestCharter(tx, client.id));
  if (contentChecks === undefined)
    throw unprocessable(
      'The charter does not say whether what cannot be checked in time is blocked. Decide that in the charter first.',
    );
}
