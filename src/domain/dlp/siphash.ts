/** A SipHash key: four 32-bit words. */
export type SipKey = readonly [number, number, number, number];

/**
 * SipHash-2-4 of a text's UTF-16 code units (Aumasson and Bernstein, 2012): without the key, nobody can compute it or
 * recover the text. Returns 64 bits as a low and a high word. Scanning needs it synchronously at every candidate, in
 * browser and server, which Web Crypto does not provide; 64-bit words are represented by halves, because numbers are
 * doubles.
 */
export function siphash(text: string, [k0, k1, k2, k3]: SipKey): readonly [low: number, high: number] {
  let a = k0 ^ 0x70736575;
  let A = k1 ^ 0x736f6d65;
  let b = k2 ^ 0x6e646f6d;
  let B = k3 ^ 0x646f7261;
  let c = k0 ^ 0x6e657261;
  let C = k1 ^ 0x6c796765;
  let d = k2 ^ 0x79746573;
  let D = k3 ^ 0x74656462;
  const words = (text.length >> 2) + 1;
  const rounds = 2 * words + 4;
  let low = 0;
  let high = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round === 2 * words) c ^= 0xff;
    else if (round < 2 * words && (round & 1) === 0) {
      const at = round << 1;
      low = unit(text, at) | (unit(text, at + 1) << 16);
      high = unit(text, at + 2) | (unit(text, at + 3) << 16);
      // The highest eight bits of the last word contain the length in bytes.
      if (round === 2 * words - 2) high |= ((text.length * 2) & 0xff) << 24;
      d ^= low;
      D ^= high;
    }
    let sum = (a >>> 0) + (b >>> 0);
    A = (A + B + (sum > 0xffffffff ? 1 : 0)) | 0;
    a = sum | 0;
    let kept = b;
    b = ((b << 13) | (B >>> 19)) ^ a;
    B = ((B << 13) | (kept >>> 19)) ^ A;
    kept = a;
    a = A;
    A = kept;
    sum = (c >>> 0) + (d >>> 0);
    C = (C + D + (sum > 0xffffffff ? 1 : 0)) | 0;
    c = sum | 0;
    kept = d;
    d = ((d << 16) | (D >>> 16)) ^ c;
    D = ((D << 16) | (kept >>> 16)) ^ C;
    sum = (a >>> 0) + (d >>> 0);
    A = (A + D + (sum > 0xffffffff ? 1 : 0)) | 0;
    a = sum | 0;
    kept = d;
    d = ((d << 21) | (D >>> 11)) ^ a;
    D = ((D << 21) | (kept >>> 11)) ^ A;
    sum = (c >>> 0) + (b >>> 0);
    C = (C + B + (sum > 0xffffffff ? 1 : 0)) | 0;
    c = sum | 0;
    kept = b;
    b = ((b << 17) | (B >>> 15)) ^ c;
    B = ((B << 17) | (kept >>> 15)) ^ C;
    kept = c;
    c = C;
    C = kept;
    if (round < 2 * words && (round & 1) === 1) {
      a ^= low;
      A ^= high;
    }
  }
  return [(a ^ b ^ c ^ d) >>> 0, (A ^ B ^ C ^ D) >>> 0];
}

const unit = (text: string, at: number) => (at < text.length ? text.charCodeAt(at) : 0);
