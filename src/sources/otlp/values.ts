import type { Attributes, TelemetryRecord } from './record.ts';

/**
 * Upper limit of plausible amounts per event: ten billion tokens, bytes or milliseconds, ten thousand dollars. Sums
 * over years are still safe integers.
 */
const MAX_NUMBER = 10_000_000_000;

/**
 * Non-empty text of an attribute; null: missing, empty or not text. Falls back to `other`. Not a list of keys, because
 * this runs a dozen times per event.
 */
export function textIn(attributes: Attributes, key: string, other?: string): string | null {
  const value = attributes.get(key);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return other === undefined ? null : textIn(attributes, other);
}

/** The first non-empty text of several attributes. */
export function firstTextIn(attributes: Attributes, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textIn(attributes, key);
    if (text !== null) return text;
  }
  return null;
}

/** A non-negative number, which may be a string; null: none. */
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

/** A boolean, which may be a string; null: neither. */
export function truthIn(attributes: Attributes, key: string): boolean | null {
  const value = attributes.get(key);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return null;
}

/** Attribute of the record, otherwise of its sender. */
export function either(record: TelemetryRecord, key: string): string | null {
  return textIn(record.attributes, key) ?? textIn(record.sender.attributes, key);
}

/** Limit of valid timestamps, in nanoseconds on either side of 1970. */
const MAX_TIMESTAMP_NS = 8_000_000_000_000_000_000n;

/** Milliseconds since 1970 of a record's timestamp; NaN: invalid. */
export function millis(instant: bigint | string | null): number {
  if (instant === null) return Number.NaN;
  if (typeof instant === 'string') return Date.parse(instant);
  return instant > MAX_TIMESTAMP_NS || instant < -MAX_TIMESTAMP_NS
    ? Number.NaN
    : Number(instant / 1_000_000n);
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
