import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

/** What may see what people give to Claude, and whether the client's plans and licenses include it. */
export async function channelsOf({ services, client }: HandlerContext) {
  const known = services.catalogue.capabilities.flatMap(({ id, title, channel, toGet }) =>
    channel === undefined ? [] : [{ id, title, channel, toGet: toGet ?? null }],
  );
  const licensed = await services.verdicts.run(
    client.id,
    'dlpChannels',
    known.map(({ id }) => id),
  );
  if (licensed === null) throw notFound();
  return known.map(({ id, title, channel, toGet }, at) => ({
    id,
    title,
    licensed: licensed.result[at]?.has ?? ('unknown' as const),
    words: licensed.result[at]?.words ?? '',
    own: channel.own,
    personal: channel.personal,
    stops: channel.stops,
    says: channel.says,
    control: channel.control ?? null,
    toGet,
  }));
}
