import type { z } from 'zod';
import { count, dayWords, names } from '#domain/text/words.ts';
import { draftValue, type Put } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import type { connectorsContract } from './contract.ts';
import { putMatrix, sameAsShown } from './save.ts';
import { readMatrix, shownCharter } from './show.ts';

type Input = z.output<NonNullable<(typeof connectorsContract.review)['~orpc']['inputSchema']>>;

/**
 * Signs that all actions offered by the approved connectors were reviewed: today becomes the date of their
 * classification in a draft, whose reason names the signer. Refused while the effect of any action is not known.
 */
export async function signReview(context: HandlerContext, { draft, version }: Input): Promise<Put> {
  const shown = await context.read((tx) => shownCharter(tx, context, draft ?? undefined));
  await sameAsShown(context, shown, version);
  const { connectors, rows } = await readMatrix(context, shown);
  const approved = connectors.filter(({ charter }) => charter !== null);
  if (approved.length === 0)
    throw unprocessable('The charter approves no connector, so there is nothing to review. Add one first.');
  const offered = rows.filter(
    ({ connector, kind }) => kind === 'action' && approved.some(({ id }) => id === connector),
  );
  const open = offered.filter(({ effect }) => effect === 'unknown');
  if (open.length > 0)
    throw unprocessable(
      `No one has stated what ${count(open.length, 'action')} ${open.length === 1 ? 'does' : 'do'}: ${names(
        open.map(
          ({ title, connector }) =>
            `${title} of ${approved.find(({ id }) => id === connector)?.name ?? connector}`,
        ),
        4,
      )}. Classify each, then sign.`,
    );
  const charter = draftValue(shown.value ?? {});
  const signed = `${context.actor.name} reviewed ${count(offered.length, 'action')} of ${count(approved.length, 'approved connector')} on ${dayWords(shown.today)}.`;
  return putMatrix(context, {
    draft,
    version,
    value: draftValue({
      ...charter,
      connectors: (charter.connectors ?? []).map((one) => ({ ...one, actionsClassified: shown.today })),
    }),
    title: 'Review of what the approved connectors offer',
    reason: signed,
    more: signed,
  });
}
// Guide: G2.1-04
