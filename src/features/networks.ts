import ipaddr from 'ipaddr.js';

/** A range of IP addresses, inclusive. */
export type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Parses `10.0.0.0/24` or a single address. Throws if it is neither. */
export function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether an address is in one of the ranges; an IPv4 address may be written in its IPv6-mapped form. */
export function isIn(ip: string, ranges: readonly Range[]): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return ranges.some((range) => address.kind() === range[0].kind() && address.match(range));
}
