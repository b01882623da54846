import { describe, expect, it } from 'vitest';
import { STATES } from '#domain/model/verdict.ts';
import { DARK, LIGHT } from './design-tokens.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, bl = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', LIGHT, 5, 3.4],
  ['dark', DARK, 6.8, 4.5],
] as const)('colors of the %s scheme', (_, scheme, text, shape) => {
  const n = (index: number) => scheme.n[index - 1] ?? '';
  it.each(STATES)('%s is legible on every surface that it is used on', (state) => {
    const tone = scheme.verdict[state];
    for (const surface of [n(1), n(3), n(4), tone.tint])
      expect(contrast(tone.text, surface)).toBeGreaterThanOrEqual(
        surface === n(4) && text === 5 ? 4.5 : text - 0.05,
      );
    for (const surface of [n(1), n(3), tone.tint])
      expect(contrast(tone.shape, surface)).toBeGreaterThanOrEqual(shape - 0.05);
  });
  it('faint text and borders keep their distance', () => {
    for (const surface of [n(1), n(2), n(3)]) expect(contrast(n(10), surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(n(8), n(1))).toBeGreaterThanOrEqual(3);
    expect(contrast(scheme.focus, n(1))).toBeGreaterThanOrEqual(3);
  });
});
