/** Why a text in an input is not taken, with the field that holds it. */
export interface UnfitText {
  readonly field: string;
  readonly says: string;
}

/** Half of a character that takes two, and the zero character: no database stores them as text. */
const UNSTORABLE = /\p{Cs}|\u0000/u;
/** What steers a terminal, or turns the text around it; line breaks and tabs belong to longer texts. */
const STEERING = /[[\p{Cc}--[\t\n\r]]\u202a-\u202e\u2066-\u2069]/v;

/**
 * The first text of an input, or name in it, that holds what no text here may hold. What only asks may look for
 * steering characters, since foreign logs can hold them; what changes something may not bring them in. null: all are fit.
 */
export function unfitText(input: unknown, changes: boolean): UnfitText | null {
  const open: { readonly value: unknown; readonly field: string }[] = [{ value: input, field: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, field } = next;
    if (typeof value === 'string') {
      const says = unfit(value, changes);
      if (says !== null) return { field: field.slice(0, 200), says };
    } else if (Array.isArray(value) || isPlain(value)) {
      for (const [name, one] of Object.entries(value)) {
        const says = unfit(name, changes);
        if (says !== null) return { field: field === '' ? 'body' : field.slice(0, 200), says };
        open.push({ value: one, field: field === '' ? name : `${field}.${name}` });
      }
    }
  }
  return null;
}

function unfit(text: string, changes: boolean): string | null {
  if (UNSTORABLE.test(text)) return 'contains an invalid character. Type it again instead of pasting it.';
  if (changes && STEERING.test(text))
    return 'contains an invisible control character. Type it again instead of pasting it.';
  return null;
}

/** What JSON makes; a stream or a file is no text. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const made: unknown = Object.getPrototypeOf(value);
  return made === null || made === Object.prototype;
}
