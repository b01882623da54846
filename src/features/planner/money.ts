import type { DecisionInput } from '#domain/decide/input.ts';
import type { Cost, CostLine } from '#domain/planner/cost.ts';
import type { Purchase } from '#domain/planner/purchases.ts';
import { dayWords, names } from '#domain/text/words.ts';
import type { ColumnView, CostLineView, CostView, Origin } from './schemas.ts';

const WHOLE = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const CENTS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
});

/** For example "$1,215", "$12.50" or "−$200". */
export function dollars(usd: number): string {
  const words = (Number.isInteger(usd) ? WHOLE : CENTS).format(Math.abs(usd));
  return usd < 0 ? `−${words}` : words;
}

/** A price with its unit, for example "$10 per person per month". */
export function priceWords(usd: number, per: Purchase['per']): string {
  return `${dollars(usd)} per ${per === 'client' ? 'month' : `${per} per month`}`;
}

/** The cost of purchases in words, which never present a sum with unknown parts as a total. */
export function costView(input: DecisionInput, purchases: readonly Purchase[], cost: Cost): CostView {
  const priced = new Set(cost.lines.map(({ purchase }) => purchase));
  const missing = purchases.filter(({ id }) => !priced.has(id));
  const off = new Set(cost.replaced.map(({ purchase }) => purchase.split(':')[0]));
  // If the price of a larger plan is not known, the known price of the smaller one cannot be deducted from it.
  const torn = missing.filter(({ kind }) => off.has(kind));
  const uncounted = notCountedOff(input, purchases, off);
  const unknown = [...cost.unknown, ...uncounted.filter((words) => !cost.unknown.includes(words))];
  const kept = cost.lines.filter(({ usdPerMonth }) => usdPerMonth > 0);
  const known =
    missing.length === 0 && uncounted.length === 0
      ? 'whole'
      : uncounted.length > 0 || torn.length > 0 || kept.length === 0
        ? missing.length === 0
          ? 'at_most'
          : 'not_known'
        : 'at_least';
  const unpriced = missing.map(({ id, name }) => ({ id, name }));
  return { ...finished(cost, known, unknown, detailOf(cost, torn, known)), unpriced };
}

/** The current cost, as far as the profile states what the client has. */
export function costNowView({ profile }: DecisionInput, cost: Cost): CostView {
  const unknown = [
    ...cost.unknown,
    ...(profile.m365 === undefined ? ['The profile does not say which Microsoft license there is.'] : []),
    ...(Array.isArray(profile.m365) && profile.m365.length > 0
      ? ['The profile lists Microsoft SKUs, which have no price here.']
      : []),
    ...(profile.addOns.length > 0
      ? [`Not counted: ${names(profile.addOns, 4)}, which the profile names as add-ons.`]
      : []),
  ];
  const known = unknown.length === 0 ? 'whole' : cost.lines.length === 0 ? 'not_known' : 'at_least';
  return finished(cost, known, unknown, linesWords(cost.lines));
}

function finished(cost: Cost, known: CostView['known'], unknown: string[], detail: string): CostView {
  const month = known === 'not_known' ? null : cost.usdPerMonth;
  const year = month === null ? null : Math.round(month * 1200) / 100;
  return {
    known,
    usdPerMonth: month,
    usdPerYear: year,
    month: sumWords(known, month),
    year: `${sumWords(known, year)}${cost.useOnTop && year !== null ? ' and use' : ''}`,
    detail,
    lines: cost.lines.map(lineView),
    replaced: cost.replaced.map(lineView),
    unknown,
    unpriced: [],
    useOnTop: cost.useOnTop,
  };
}

function sumWords(known: CostView['known'], usd: number | null): string {
  if (usd === null) return 'Not known';
  const words = dollars(usd);
  return known === 'at_least' ? `At least ${words}` : known === 'at_most' ? `At most ${words}` : words;
}

/** Sentences about replaced items without a known price, which make the sum an upper bound. */
function notCountedOff(
  { profile, catalogue }: DecisionInput,
  purchases: readonly Purchase[],
  off: ReadonlySet<string | undefined>,
): string[] {
  const buys = (kind: Purchase['kind']) => purchases.some((one) => one.kind === kind);
  const found: string[] = [];
  if (buys('claude') && profile.claudePlan !== 'free_pro' && !off.has('claude')) {
    const plan = catalogue.licenses.claudePlans.find(({ id }) => id === profile.claudePlan);
    found.push(`What ${plan?.name ?? profile.claudePlan} costs now is not known, so it is not subtracted.`);
  }
  if (buys('m365') && !off.has('m365')) {
    const { m365 } = profile;
    const name = typeof m365 === 'string' ? catalogue.licenses.tiers[m365]?.name : null;
    found.push(
      name
        ? `What ${name} costs now is not known, so it is not subtracted.`
        : 'What the Microsoft licenses of today cost is not known, so nothing is subtracted for them.',
    );
  }
  return found;
}

function detailOf(cost: Cost, torn: readonly Purchase[], known: CostView['known']): string {
  const kinds = new Set<string | undefined>(torn.map(({ kind }) => kind));
  const off = cost.replaced.filter(({ purchase }) => !kinds.has(purchase.split(':')[0]));
  const lines = linesWords(cost.lines);
  if (lines === '') return '';
  const less = off.map(({ name, usdPerMonth }) => `${dollars(usdPerMonth)} for ${name}`);
  const words = less.length === 0 ? lines : `${lines}, less ${names(less, 3)}`;
  return known === 'not_known' ? `Without what has no price: ${words}` : words;
}

function linesWords(lines: readonly CostLine[]): string {
  return lines.map(lineWords).join(', ');
}

const WHO = { seat: ['seat', 'seats'], person: ['staff', 'staff'] } as const;

function lineWords({ usdEach, times, of }: CostLine): string {
  if (of === 'client') return dollars(usdEach);
  return `${times} ${WHO[of][times === 1 ? 0 : 1]} × ${dollars(usdEach)}`;
}

function lineView(line: CostLine): CostLineView {
  const { purchase, name, usdEach, times, of, usdPerMonth } = line;
  return {
    purchase,
    name,
    usdEach,
    times,
    per: of,
    usdPerMonth,
    words: lineWords(line),
    from: originOf(line.from),
  };
}

export function originOf(from: CostLine['from']): Origin {
  if (from.kind === 'quote')
    return {
      kind: 'quote',
      words: `Quote entered by ${from.by}, ${dayWords(from.on)}`,
      on: from.on,
      url: null,
    };
  return {
    kind: 'list',
    words: `List price of ${dayWords(from.asOf)}, from “${from.source.title}”`,
    on: from.asOf,
    url: from.source.url,
  };
}

/** Each price once with its source: quotes first, because no public list shows them; items without a price last. */
export function pricesOf(
  columns: readonly ColumnView[],
  per: ReadonlyMap<string, 'seat' | 'person' | 'client'>,
): string[] {
  const lines = columns
    .flatMap(({ cost }) => [...cost.lines, ...cost.replaced])
    .toSorted((one, other) => Number(other.from.kind === 'quote') - Number(one.from.kind === 'quote'));
  const priced = new Map(
    lines.map((line) => [
      line.purchase,
      `${line.name}: ${priceWords(line.usdEach, per.get(line.purchase) ?? line.per)}. ${stopped(line.from.words)}`,
    ]),
  );
  const use = columns.some(({ cost }) => cost.useOnTop);
  return [
    ...priced.values(),
    ...new Set(columns.flatMap(({ cost }) => cost.unknown)),
    ...(use ? ['Claude Enterprise usage is billed in addition to seats and is not estimated.'] : []),
  ];
}

function stopped(words: string): string {
  return /[.?!]$/.test(words) ? words : `${words}.`;
}

/** The numbers behind prices, for example "70 Claude seats and 61 staff". */
export function countsWords({
  seats,
  staff,
}: {
  readonly seats: number | null;
  readonly staff: number | null;
}): string {
  return names([
    seats === null ? 'Claude seats not stated' : `${seats} Claude seats`,
    staff === null ? 'staff not stated' : `${staff} staff`,
  ]);
}
