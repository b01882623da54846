/** IPv4 arithmetic for named locations and sign-in addresses. Anything other than IPv4 is never inside. */

interface Range {
  readonly from: number;
  readonly to: number;
}

function toNumber(text: string): number | null {
  const parts = text.trim().split('.');
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = value * 256 + Number(part);
  }
  return value;
}

/** `160.79.104.0/21` or a single address; null for IPv6 and anything else. */
export function ipv4Range(text: string): Range | null {
  const [head = '', bits, ...more] = text.trim().split('/');
  const start = toNumber(head);
  if (start === null || more.length > 0) return null;
  if (bits !== undefined && !/^\d{1,2}$/.test(bits)) return null;
  const length = bits === undefined ? 32 : Number(bits);
  if (length > 32) return null;
  const size = 2 ** (32 - length);
  const from = Math.floor(start / size) * size;
  return { from, to: from + size - 1 };
}

/** Whether the ranges together contain every address of `wanted`. */
export function coversRange(ranges: readonly string[], wanted: string): boolean {
  const target = ipv4Range(wanted);
  if (!target) return false;
  const sorted = ranges
    .flatMap((text) => {
      const range = ipv4Range(text);
      return range ? [range] : [];
    })
    .sort((a, b) => a.from - b.from);
  let next = target.from;
  for (const range of sorted) {
    if (range.from > next) break;
    if (range.to >= next) next = range.to + 1;
    if (next > target.to) return true;
  }
  return false;
}

/** Whether every range lies inside `outer`; false for an empty list. */
export function allInside(ranges: readonly string[], outer: string): boolean {
  const limits = ipv4Range(outer);
  if (!limits || ranges.length === 0) return false;
  return ranges.every((text) => {
    const range = ipv4Range(text);
    return range !== null && range.from >= limits.from && range.to <= limits.to;
  });
}

/** Whether any range shares an address with `other`. */
export function overlaps(ranges: readonly string[], other: string): boolean {
  const limits = ipv4Range(other);
  if (!limits) return false;
  return ranges.some((text) => {
    const range = ipv4Range(text);
    return range !== null && range.from <= limits.to && range.to >= limits.from;
  });
}
