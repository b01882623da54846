import type { Encoding } from './modifiers.ts';

/** The forms in which a text may appear in an event after the encodings that a rule lists, applied in order. */
export function encoded(text: string, [first, ...others]: readonly Encoding[]): readonly string[] {
  const wide = first !== undefined && !isBase64(first);
  const bytes = wide ? utf16(text, first) : bytesOf(new TextEncoder().encode(text));
  const steps = first === undefined || wide ? others : [first, ...others];
  return steps.reduce<readonly string[]>(
    (forms, step) => forms.flatMap((form) => base64(form, step)),
    [bytes],
  );
}

function isBase64(encoding: Encoding): boolean {
  return encoding === 'base64' || encoding === 'base64offset';
}

/** One character per byte, the form that `btoa` takes. */
function bytesOf(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}

function utf16(text: string, encoding: Encoding): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  const bytes = units.flatMap((unit) =>
    encoding === 'utf16be' ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8],
  );
  return bytesOf(encoding === 'utf16' ? [0xff, 0xfe, ...bytes] : bytes);
}

function base64(form: string, encoding: Encoding): string[] {
  return encoding === 'base64' ? [btoa(form)] : [0, 1, 2].map((shift) => middle(form, shift));
}

/**
 * The Base64 characters that do not depend on what precedes or follows the text, which starts `shift` bytes into a
 * group of three.
 */
function middle(form: string, shift: number): string {
  const whole = btoa(' '.repeat(shift) + form);
  const from = [0, 2, 3][shift] ?? 0;
  const over = (form.length + shift) % 3;
  const to = [whole.length, whole.length - 3, whole.length - 2][over];
  return whole.slice(from, to);
}
