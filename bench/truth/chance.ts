import type { Statement } from './model.ts';
import { latin, shiftJis, utf16 } from './text.ts';

/** Pseudorandom numbers, deterministic for a seed on every machine (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  return { below, pick, chance: (share: number) => next() < share };
}
export type Dice = ReturnType<typeof dice>;

/** Some files of a client, and what is true according to them. */
export interface Part {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly statements: readonly Statement[];
}

/** A table as various programs save it. */
export function saved(chance: Dice, text: string): string | Uint8Array {
  const how = chance.below(6);
  if (how === 0) return utf16(text);
  // No program writes text in an encoding that cannot represent it.
  if (how === 1) return /^[\u0000-\u00ff]*$/.test(text) ? latin(text) : shiftJis(text);
  if (how === 2) return `\uFEFF${text}`;
  return how === 3 ? text.replaceAll('\n', '\r\n') : text;
}
