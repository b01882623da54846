import type { HandlerContext } from '../context.ts';
import { peopleNowWith } from '../owners/index.ts';
import { readingNow } from '../people/index.ts';
import { rowsBy, type ViewContext } from './view.ts';

/** Every role includes at least one of these permissions. */
const ANYTHING = ['client.read', 'requests.ask'] as const;

/** Loaded once for all offboardings and onboardings shown. */
export async function loadViewContext(
  context: Pick<HandlerContext, 'services' | 'client' | 'now'>,
): Promise<ViewContext> {
  const { services, client } = context;
  const able = await peopleNowWith(services, client.id, 'work.read');
  const anybody = await Promise.all(ANYTHING.map((one) => peopleNowWith(services, client.id, one)));
  return {
    rows: rowsBy((await readingNow(context, client))?.rows ?? []),
    access: new Set(able.map(({ id }) => id)),
    signIns: new Set(anybody.flat().map(({ email }) => email.toLowerCase())),
    timezone: client.timezone,
  };
}
