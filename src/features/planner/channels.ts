import type { DecisionInput } from '#domain/decide/input.ts';
import type { Position } from '#domain/planner/position.ts';
import { channelPath, type Plan } from '#domain/planner/search.ts';
import type { ChannelView, PathSetView } from './schemas.ts';

/** The goal that channels lead to. */
const GOAL = 'goal.content_dlp';

/**
 * Every channel to the goal of checking uploads, with its requirements. The cheapest is marked among those known to see
 * the organization's own Claude and with a fully known price; channels with the same price share the mark.
 */
export function channelViews(
  input: DecisionInput,
  now: Position,
  plans: readonly Plan[],
  view: (plan: Plan) => PathSetView,
): ChannelView[] {
  const { capabilities } = input.catalogue;
  const ways = capabilities.find(({ id }) => id === GOAL)?.grantedBy.anyOf ?? [];
  const known = new Map(capabilities.map((capability) => [capability.id, capability]));
  const found = ways.flatMap((id) => {
    const capability = known.get(id);
    const today = now.channels.find(({ channel }) => channel === id);
    if (capability?.channel === undefined || today === undefined) return [];
    const { cheapest, unpriced } = channelPath(id, plans);
    return { id, title: capability.title, channel: capability.channel, today, cheapest, unpriced };
  });
  const usd = ({ channel, cheapest }: (typeof found)[number]) =>
    channel.own === 'yes' && cheapest !== null ? cheapest.cost.usdPerMonth : null;
  const least = found.map(usd).filter((one) => one !== null);
  const lowest = least.length === 0 ? null : Math.min(...least);
  return found.map((one) => ({
    channel: one.id,
    title: one.title,
    says: one.channel.says,
    has: one.today.has,
    because: one.today.because,
    meets: one.channel.own,
    personal: one.channel.personal,
    way: one.cheapest === null ? null : view(one.cheapest),
    unpriced: one.unpriced[0] === undefined ? null : view(one.unpriced[0]),
    cheapest: lowest !== null && usd(one) === lowest,
  }));
}
// Guide: GB-05
