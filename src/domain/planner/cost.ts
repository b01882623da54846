import type { DecisionInput } from '../decide/input.ts';
import type { Source } from '../model/entry-fields.ts';
import { CLAUDE_PLANS, M365_TIERS } from '../model/profile.ts';
import { dayWords } from '../text/words.ts';
import { addOnOf, inSentence, type Purchase } from './purchases.ts';

/** A price that someone was quoted for a purchase, or pays now. It takes precedence over list prices. */
export interface Quote {
  /** Id of the purchase. */
  readonly purchase: string;
  /** US dollars before tax, per month and per seat, person or client. */
  readonly usdPerMonth: number;
  readonly by: string;
  /** YYYY-MM-DD. */
  readonly on: string;
}

/** One price and its quantity. */
export interface CostLine {
  readonly purchase: string;
  readonly name: string;
  readonly usdEach: number;
  readonly times: number;
  readonly of: Purchase['per'];
  readonly usdPerMonth: number;
  readonly from:
    | { readonly kind: 'list'; readonly asOf: string; readonly source: Source }
    | { readonly kind: 'quote'; readonly by: string; readonly on: string };
}

/** What purchases add per month. Unknown prices are listed and never counted as zero. */
export interface Cost {
  /** Sum of the known prices, in US dollars before tax; negative only if purchases replace something more expensive. */
  readonly usdPerMonth: number;
  readonly lines: readonly CostLine[];
  /** What the purchases replace, subtracted. */
  readonly replaced: readonly CostLine[];
  /** Sentences: what could not be priced, and why. Empty if the sum is complete. */
  readonly unknown: readonly string[];
  /** There are also charges by usage, which cannot be estimated. */
  readonly useOnTop: boolean;
}

/** What a client pays now for the plan and licenses in its profile. */
export function costNow(input: DecisionInput, quotes: readonly Quote[]): Cost {
  return sum(input, ownedPurchases(input), [], quotes);
}

/** What purchases would add per month, less what they replace. */
export function costOf(input: DecisionInput, purchases: readonly Purchase[], quotes: readonly Quote[]): Cost {
  const kinds = new Set(purchases.map(({ kind }) => kind));
  const replaced = ownedPurchases(input).filter(
    ({ kind }) => (kind === 'claude' || kind === 'm365') && kinds.has(kind),
  );
  return sum(input, purchases, replaced, quotes);
}

function ownedPurchases({ profile, catalogue }: DecisionInput): readonly Purchase[] {
  const { licenses } = catalogue;
  const plan = licenses.claudePlans.find(({ id }) => id === profile.claudePlan);
  const tier = typeof profile.m365 === 'string' ? profile.m365 : null;
  return [
    ...(plan === undefined || plan.id === 'free_pro'
      ? []
      : [{ id: `claude:${plan.id}`, kind: 'claude', name: plan.name, per: 'seat' } as const]),
    ...(tier === null
      ? []
      : [
          {
            id: `m365:${tier}`,
            kind: 'm365',
            name: licenses.tiers[tier]?.name ?? tier,
            per: 'person',
          } as const,
        ]),
  ];
}

function sum(
  input: DecisionInput,
  purchases: readonly Purchase[],
  replaced: readonly Purchase[],
  quotes: readonly Quote[],
): Cost {
  const unknown: string[] = [];
  const priced = (list: readonly Purchase[]) =>
    list.flatMap((one) => {
      const line = lineFor(input, one, quotes);
      if (typeof line !== 'string') return [line];
      unknown.push(line);
      return [];
    });
  const lines = priced(purchases);
  const off = priced(replaced);
  const total = (list: readonly CostLine[]) => list.reduce((all, { usdPerMonth }) => all + usdPerMonth, 0);
  const plan = purchases.find(({ kind }) => kind === 'claude');
  return {
    usdPerMonth: cents(total(lines) - total(off)),
    lines,
    replaced: off,
    unknown: [...new Set(unknown)],
    useOnTop: input.catalogue.licenses.claudePlans.some(
      ({ id, useOnTop }) => useOnTop && plan?.id === `claude:${id}`,
    ),
  };
}

/** The price of one purchase, or a sentence on why there is none. */
function lineFor(input: DecisionInput, purchase: Purchase, quotes: readonly Quote[]): CostLine | string {
  const { id, name, per } = purchase;
  const times = countOf(input, purchase);
  if (times === null)
    return per === 'seat'
      ? 'The profile does not say how many Claude seats there are.'
      : 'The profile does not say how many people work here.';
  const base = { purchase: id, name, times, of: per };
  const quote = quotes.find((one) => one.purchase === id);
  if (quote !== undefined) {
    const { usdPerMonth: usdEach, by, on } = quote;
    return { ...base, usdEach, usdPerMonth: cents(usdEach * times), from: { kind: 'quote', by, on } };
  }
  const list = listPrice(input, purchase);
  if (list === null)
    return `${meterWords(input, purchase) ?? `No price of ${inSentence(purchase)} is known.`} Enter the quote that you were given.`;
  const { usdPerUserMonth: usdEach, asOf, source } = list;
  return { ...base, usdEach, usdPerMonth: cents(usdEach * times), from: { kind: 'list', asOf, source } };
}

/** How a purchase without a monthly price is billed; null: it is not billed by volume. */
function meterWords({ catalogue }: DecisionInput, { id }: Purchase): string | null {
  const meter = catalogue.licenses.meters?.find(({ purchase }) => purchase === id);
  if (meter === undefined) return null;
  const price =
    meter.usdPerGigabyte === null
      ? 'The price of a gigabyte is not known here'
      : `A gigabyte costs $${meter.usdPerGigabyte}`;
  return `${meter.says} ${price} (${meter.source.title}, ${dayWords(meter.source.read)}).`;
}

/** Number of units; seats are never fewer than the plan's minimum. */
function countOf({ profile, catalogue }: DecisionInput, { id, per }: Purchase): number | null {
  if (per === 'client') return 1;
  if (per === 'person') return profile.staffCount ?? null;
  if (profile.claudeSeats === undefined) return null;
  const plan = catalogue.licenses.claudePlans.find((one) => id === `claude:${one.id}`);
  return Math.max(profile.claudeSeats, plan?.fewestSeats ?? 0);
}

function listPrice(input: DecisionInput, purchase: Purchase) {
  const { licenses } = input.catalogue;
  const plan = CLAUDE_PLANS.find((known) => purchase.id === `claude:${known}`);
  if (plan !== undefined) return licenses.claudePlans.find(({ id }) => id === plan)?.seatPrice ?? null;
  const tier = M365_TIERS.find((known) => purchase.id === `m365:${known}`);
  if (tier !== undefined) return licenses.tiers[tier]?.price ?? null;
  return addOnOf(input, purchase)?.price ?? null;
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
