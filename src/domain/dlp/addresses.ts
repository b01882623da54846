import type { CompiledRules } from './compile.ts';
import type { Finding } from './finding.ts';

const STATES =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';
/** The state immediately before a ZIP code. */
export const STATE_BEFORE = new RegExp(`(?:^|[\\s,])(?:${STATES}),?\\s{1,2}$`, 'u');
/** Characters before the ZIP code to search for the start of the street, and before the street for a name. */
const REACH = 140;
const NAME_REACH = 60;
/** A person's name: two to four capitalized words. */
const NAME =
  /(?:^|[^\p{L}])((?:\p{Lu}[\p{L}'’-]{1,24}|\p{Lu}\.)(?: (?:\p{Lu}[\p{L}'’-]{1,24}|\p{Lu}\.)){1,3})(?:,? (?:lives|resides|living)(?: at| in)?|,? (?:of|at)|'s (?:home )?address(?: is)?|[,:;|\t\n-]| -)[\s"|,:-]{0,6}$/u;
/** Words that show that capitalized words are not a person's name. */
const NO_PERSON =
  /\b(?:inc|llc|ltd|corp|company|co|hotel|center|centre|association|society|foundation|institute|university|college|school|hospital|church|office|suite|department|bank|building|hall|museum|council|board|conference|convention|chapter|guild|union|library|court|address|venue|headquarters|street|from|the|please|dear|mail|ship|send|location|room|inn|resort|plaza|tower|club|services|group|group's|event|address|contact|new|our)\b/iu;

/** The address that ends with the ZIP code at `start`, including the name before it if there is one. */
export function findAddress(
  text: string,
  start: number,
  end: number,
  { addresses, streets }: CompiledRules,
  add: (finding: Finding) => void,
): void {
  if (!/^\d{5}(?:-\d{4})?(?!\d)/u.test(text.slice(start, end + 1)) || streets === null) return;
  const from = Math.max(0, start - REACH);
  const before = text.slice(from, start);
  let street = -1;
  for (const match of before.matchAll(streets)) street = match.index;
  if (street === -1) return;
  const at = from + street;
  const lead = text.slice(Math.max(0, at - NAME_REACH), at);
  const name = NAME.exec(lead)?.[1] ?? null;
  const isPerson = name !== null && !NO_PERSON.test(name);
  const rule = addresses.find(({ named }) => named === isPerson) ?? addresses.find(({ named }) => !named);
  if (rule === undefined) return;
  const zip = /^\d{5}(?:-\d{4})?/u.exec(text.slice(start, end))?.[0].length ?? 5;
  add({
    rule: rule.id,
    group: rule.group,
    start: at,
    end: start + zip,
    confidence: 'high',
    because: { check: 'form', near: null, heading: null, distance: null },
  });
}
