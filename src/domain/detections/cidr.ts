/** An IP address as a number with its width in bits; null: not an address. */
function bits(text: string): { value: bigint; width: 32 | 128 } | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    if (parts.some((part) => part > 255) || /(^|\.)0\d/.test(text)) return null;
    return { value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n), width: 32 };
  }
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return null;
  const mapped = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const last = mapped === null ? null : bits(mapped[2] ?? '');
  if (mapped !== null && last === null) return null;
  const hex = (number: bigint) => number.toString(16);
  const whole = last === null ? text : `${mapped?.[1]}${hex(last.value >> 16n)}:${hex(last.value & 0xffffn)}`;
  const [head = '', tail, ...more] = whole.split('::');
  if (more.length > 0) return null;
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { value: all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), width: 128 };
}

/** Prefix of IPv4-mapped IPv6 addresses; `::ffff:203.0.113.9` is treated as the IPv4 address. */
const MAPPED = 0xffffn << 32n;

/**
 * Returns a test for addresses in a network such as `203.0.113.0/24` or `2001:db8::/32`; null: not a network. An
 * address with bits set beyond the prefix length is rejected, because it is unclear which network was meant.
 */
export function cidrTest(network: string): ((address: string) => boolean) | null {
  const [, text = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network.trim()) ?? [];
  const base = bits(text);
  if (base === null) return null;
  const size = length === undefined ? base.width : Number(length);
  if (size > base.width) return null;
  const shift = BigInt(base.width - size);
  if ((base.value >> shift) << shift !== base.value) return null;
  return (address) => {
    const given = bits(address.trim());
    if (given === null) return false;
    const mapped = base.width === 32 && given.width === 128 && given.value >> 32n === MAPPED >> 32n;
    const one = mapped ? { value: given.value & 0xffffffffn, width: 32 } : given;
    return one.width === base.width && one.value >> shift === base.value >> shift;
  };
}
