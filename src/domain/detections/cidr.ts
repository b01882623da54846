/** The bits of an address as a number, with how many there are; null: no address. */
function bits(text: string): { value: bigint; width: 32 | 128 } | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    if (parts.some((part) => part > 255)) return null;
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

/** Whether an address lies in a network, `203.0.113.0/24` or `2001:db8::/32`. What is no network matches nothing. */
export function cidrTest(network: string): (address: string) => boolean {
  const [text = '', length] = network.split('/');
  const base = bits(text);
  if (base === null) return () => false;
  const shift = BigInt(base.width - (length === undefined ? base.width : Number(length)));
  if (shift < 0n) return () => false;
  return (address) => {
    const one = bits(address);
    return one !== null && one.width === base.width && one.value >> shift === base.value >> shift;
  };
}
