import type { DecisionInput } from '#domain/decide/input.ts';
import { fitTogether, offers, type Purchase } from '#domain/planner/purchases.ts';

/** Maximum sets compared at once. */
export const MAX_SETS = 4;
/** Maximum purchases in one set. */
const MAX_PURCHASES = 8;

/**
 * Parses sets of purchases written as one word, as in URLs, commands and tools: ids separated by commas, sets by
 * semicolons. Empty sets and duplicates are dropped. Returns a sentence if there are too many.
 */
export function parseSets(text: string): readonly (readonly string[])[] | string {
  const sets = text
    .split(';')
    .map((set) => [
      ...new Set(
        set
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ),
    ])
    .filter((set) => set.length > 0);
  if (sets.length > MAX_SETS) return `At most ${MAX_SETS} sets can be compared; these are ${sets.length}.`;
  const large = sets.find((set) => set.length > MAX_PURCHASES);
  if (large !== undefined) return `A set holds at most ${MAX_PURCHASES} purchases; one has ${large.length}.`;
  return sets;
}

export function setsText(sets: readonly (readonly string[])[]): string {
  return sets.map((set) => set.join(',')).join(';');
}

const ORDER: readonly Purchase['kind'][] = ['claude', 'm365', 'add_on', 'gateway', 'devices', 'siem'];

/**
 * The part of a set that this client can buy, with a sentence for each purchase that it cannot. A saved set may name
 * something the client has by now or that is no longer sold, so it is not refused as a whole.
 */
export function resolveSet(
  input: DecisionInput,
  ids: readonly string[],
): { readonly purchases: readonly Purchase[]; readonly problems: readonly string[] } {
  const known = new Map(offers(input).map((offer) => [offer.id, offer]));
  const problems: string[] = [];
  const wanted = ids.flatMap((id) => {
    const offer = known.get(id);
    if (offer === undefined) problems.push(`“${id}” is not for sale by the catalogue and is left out.`);
    else if (offer.because !== null) problems.push(`${offer.name} is left out. ${offer.because}`);
    else return [offer];
    return [];
  });
  const purchases: Purchase[] = [];
  for (const { id, kind, name, per } of wanted.toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  )) {
    const one: Purchase = { id, kind, name, per };
    if (fitTogether(input, [...purchases, one])) purchases.push(one);
    else
      problems.push(
        kind === 'add_on'
          ? `${name} is left out. It is not sold on top of the Microsoft license of this set.`
          : `${name} is left out. A set holds one ${kind === 'claude' ? 'Claude plan' : 'Microsoft license'}.`,
      );
  }
  return { purchases, problems };
}
