import type { Attributes, TelemetryRecord } from './record.ts';

/**
 * Amounts above this are no amounts: ten billion tokens, bytes or milliseconds, and ten thousand dollars, of one event.
 * Sums of years of them are still whole numbers.
 */
const MAX_NUMBER = 10_000_000_000;

/**
 * A text that says something; null for what is absent, empty or no text. `other` is asked where `key` says nothing: no
 * list of keys, since this is asked a dozen times for every event.
 */
export function textIn(attributes: Attributes, key: string, other?: string): string | null {
  const value = attributes.get(key);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return other === undefined ? null : textIn(attributes, other);
}

/** The first of several that says something. */
export function firstTextIn(attributes: Attributes, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textIn(attributes, key);
    if (text !== null) return text;
  }
  return null;
}

/** A number that is not below zero, written as a number or as a text; null where there is none. */
export function numberIn(attributes: Attributes, key: string, other?: string, third?: string): number | null {
  const value = attributes.get(key);
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  if (number >= 0 && number <= MAX_NUMBER) return number;
  return other === undefined ? null : numberIn(attributes, other, third);
}

export function wholeIn(attributes: Attributes, key: string, other?: string, third?: string): number | null {
  const number = numberIn(attributes, key, other, third);
  return number === null ? null : Math.round(number);
}

/** true and false, also as texts; null where it says neither. */
export function truthIn(attributes: Attributes, key: string): boolean | null {
  const value = attributes.get(key);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return null;
}

/** What the record says, else what its sender says of all its records. */
export function either(record: TelemetryRecord, key: string): string | null {
  return textIn(record.attributes, key) ?? textIn(record.sender.attributes, key);
}

/** Nanoseconds on either side of 1970 that are an instant. */
const FURTHEST = 8_000_000_000_000_000_000n;

/** Milliseconds since 1970 of an instant as a record gives it; NaN where it is none. */
export function millis(instant: bigint | string | null): number {
  if (instant === null) return Number.NaN;
  if (typeof instant === 'string') return Date.parse(instant);
  return instant > FURTHEST || instant < -FURTHEST ? Number.NaN : Number(instant / 1_000_000n);
}

/** Milliseconds that a span lasted; null where it does not say, or says what cannot be. */
export function lasted(record: TelemetryRecord): number | null {
  const lasting = millis(record.otherTime) - millis(record.time);
  return lasting >= 0 && lasting < 86_400_000 ? Math.round(lasting) : null;
}

/** The details that a record has, of those that are asked for. */
export function detailOf(attributes: Attributes, keys: ReadonlySet<string>): Record<string, unknown> {
  const detail: Record<string, unknown> = {};
  for (const [key, value] of attributes) if (value !== '' && keys.has(key)) detail[key] = value;
  return detail;
}
