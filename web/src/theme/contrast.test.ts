import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Scheme, tokens, VERDICT_ORDER } from './tokens.ts';
import { schemeVariables } from './variables.ts';

/** Contrast ratio of two `#RRGGBB` colors by WCAG 2.2, rounded to one decimal like the values in the design. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return Math.round(((high + 0.05) / (low + 0.05)) * 10) / 10;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const promised = { light: { text: 5.0, shape: 3.4 }, dark: { text: 6.8, shape: 4.5 } } as const;

describe.each(['light', 'dark'] as const)('%s', (scheme: Scheme) => {
  const n = tokens.neutral[scheme];

  test.each(VERDICT_ORDER)('%s is legible on page, row, hover and its own tint', (state) => {
    const { text, shape, tint } = tokens.verdict[state][scheme];
    for (const ground of [n[1], n[3], n[4], tint])
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(promised[scheme].text);
    for (const ground of [n[1], n[3], tint])
      expect(contrast(shape, ground)).toBeGreaterThanOrEqual(promised[scheme].shape);
  });

  test('the faintest text is legible on every background that carries text', () => {
    for (const ground of [n[1], n[2], n[3], n[4]])
      expect(contrast(n[10], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('words of the line of a menu or list that is pointed at read on its ground', () => {
    const css = readFileSync(fileURLToPath(new URL('base.css', import.meta.url)), 'utf8');
    const grounds = [
      /--menu-item-hover: var\(--n(\d+)\)/,
      /\[data-combobox-selected\] \{\s*background: var\(--n(\d+)\);\s*color: var\(--n12\)/,
    ].map((rule) => n[String(rule.exec(css)?.[1]) as `${keyof typeof n}`]);
    for (const ground of grounds)
      for (const ink of [n[12], n[10]]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('the faintest input border and the focus ring stand out', () => {
    expect(contrast(n[8], n[1])).toBeGreaterThanOrEqual(3);
    for (const ground of [n[1], n[2], n[3], n[4]])
      expect(contrast(tokens.focus[scheme], ground)).toBeGreaterThanOrEqual(3);
  });

  test('a filled button reads, also while the pointer is over it', () => {
    expect(contrast(n[1], n[12])).toBeGreaterThanOrEqual(7);
    expect(contrast(n[1], n[11])).toBeGreaterThanOrEqual(7);
  });

  test('every verdict has its three variables', () => {
    const variables = schemeVariables(scheme);
    for (const state of VERDICT_ORDER)
      for (const kind of ['v', 'vs', 'vt']) expect(variables[`--${kind}-${state}`]).toMatch(/^#[0-9A-F]{6}$/);
  });
});

test('the order of the states is the one of the design', () => {
  expect(VERDICT_ORDER).toEqual(tokens.verdictOrder);
});
