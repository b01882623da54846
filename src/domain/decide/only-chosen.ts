import type { Kind } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { DecisionInput } from './input.ts';

/** Key that distinguishes files of one kind and day. */
export const nameOf = ({ kind, observedOn, file, sha256 }: Reading): string =>
  [kind, observedOn, file, sha256].join(' ');

/** The facts with only the chosen ones of some files; several of one kind are combined. */
export function onlyChosen(
  input: DecisionInput,
  chosen: readonly Reading[],
  among: readonly Reading[],
): DecisionInput {
  const readings: { [K in Kind]?: readonly Reading[] } = { ...input.readings };
  for (const [kind, rivals] of Map.groupBy(among, (one) => one.kind)) {
    const days = new Set(rivals.map(({ observedOn }) => observedOn));
    const own = chosen.filter((one) => one.kind === kind);
    const kept = new Set(own.map(nameOf));
    readings[kind] = ((input.readings[kind] ?? []) as readonly Reading[])
      .filter((one) => !days.has(one.observedOn) || kept.has(nameOf(one)))
      // A kind that a person assigned to several files means that they add up.
      .map((one) => (own.length > 1 && kept.has(nameOf(one)) ? { ...one, mappedByHand: true } : one));
  }
  return { ...input, readings: readings as DecisionInput['readings'] };
}
