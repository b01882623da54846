import { isDay } from '#domain/model/day.ts';
import type { Content } from '../file-kind.ts';

/** Helpers to read foreign JSON. They never guess: a missing value is null. */

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own member of an object, never one of its prototype. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Trimmed text; null: missing, empty or not text. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A count; negative numbers become null. */
export function countOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && number >= 0 ? number : null;
}

export function flag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  // Converted from CSV, booleans are strings.
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** An instant as RFC 3339 in UTC, or null. A date without a time is not an instant. */
export function instant(value: unknown): string | null {
  const written = text(value);
  if (!written) return null;
  const old = /^\/Date\((-?\d{1,15})\)\/$/.exec(written);
  if (old) return new Date(Number(old[1])).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i.test(written))
    return null;
  // JavaScript parses November 31 as December 1.
  if (!isDay(written.slice(0, 10))) return null;
  const time = new Date(written.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Days cached by quarter of an hour: no zone changes its day within one, and logs have many events in each. */
  readonly days: Map<string, string>;
}
const zones = new Map<string, Zone>();
const MAX_QUARTERS = 50_000;

/** Calendar day (YYYY-MM-DD) of an instant (RFC 3339 in UTC) in a time zone. */
export function dayIn(timezone: string, at: string): string {
  let zone = zones.get(timezone);
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    zone = { format, days: new Map() };
    zones.set(timezone, zone);
  }
  const quarter = `${at.slice(0, 14)}${Math.floor(Number(at.slice(14, 16)) / 15)}`;
  const known = zone.days.get(quarter);
  if (known !== undefined) return known;
  const day = zone.format.format(new Date(at));
  if (zone.days.size >= MAX_QUARTERS) zone.days.clear();
  zone.days.set(quarter, day);
  return day;
}

const split = new WeakMap<Content, readonly unknown[]>();

/**
 * JSON values of a file: one, or several if responses were saved one after the other (one per line, or concatenated).
 * Empty: not JSON.
 */
export function jsonValues(content: Content): readonly unknown[] {
  if (content.form === 'json') return [content.value];
  if (content.form !== 'text') return [];
  const known = split.get(content);
  if (known) return known;
  const values = /^[\s\uFEFF]*[{[]/.test(content.text)
    ? (byLine(content.text) ?? pasted(content.text) ?? [])
    : [];
  split.set(content, values);
  return values;
}

function byLine(all: string): unknown[] | null {
  const values: unknown[] = [];
  for (const line of all.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (!/[\]}]\s*(?:,\s*)?$/.test(line.slice(-100))) return null;
    try {
      values.push(JSON.parse(line));
    } catch {
      return null;
    }
  }
  return values.length > 0 ? values : null;
}

const MAX_DEPTH = 100;

/**
 * Several concatenated JSON objects or arrays, pretty-printed or not; null: anything else. Counts brackets outside of
 * strings.
 */
export function pasted(all: string): unknown[] | null {
  const values: unknown[] = [];
  let depth = 0;
  let start = -1;
  let inString = false;
  for (let i = 0; i < all.length; i += 1) {
    const c = all.charCodeAt(i);
    if (inString) {
      if (c === 92) i += 1;
      else if (c === 34) inString = false;
    } else if (c === 34) {
      if (depth === 0) return null;
      inString = true;
    } else if (c === 123 || c === 91) {
      if (depth === 0) start = i;
      depth += 1;
      if (depth > MAX_DEPTH) return null;
    } else if (c === 125 || c === 93) {
      depth -= 1;
      if (depth < 0) return null;
      if (depth === 0) {
        try {
          values.push(JSON.parse(all.slice(start, i + 1)));
        } catch {
          return null;
        }
      }
    } else if (depth === 0 && !/[\s,;\uFEFF]/.test(all.charAt(i))) {
      return null;
    }
  }
  return depth === 0 && values.length > 0 ? values : null;
}
