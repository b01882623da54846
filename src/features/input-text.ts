/** Why text in an input is rejected, with the field that holds it. */
export interface UnfitText {
  readonly field: string;
  readonly says: string;
}

/** Unpaired surrogates and NUL, which no database stores as text. */
const UNSTORABLE = /\p{Cs}|\u0000/u;
/**
 * Control characters that act on a terminal, and bidirectional overrides. Line breaks and tabs are legitimate in
 * longer text.
 */
const STEERING = /[[\p{Cc}--[\t\n\r]]\u202a-\u202e\u2066-\u2069]/v;

/**
 * Finds the first text or field name of an input with characters that are not allowed. Operations that only read may
 * search for control characters, which external logs may contain; operations that change something may not introduce
 * them. null: all text is fine.
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

/** Plain JSON; streams and files hold no text to check. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const made: unknown = Object.getPrototypeOf(value);
  return made === null || made === Object.prototype;
}
