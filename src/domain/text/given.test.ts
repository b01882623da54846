import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../testing/sample-people.ts';
import { pieces, visible } from './text.ts';

describe('text from outside', () => {
  it('shows characters that turn or hide text by their code', () => {
    expect(visible(HOSTILE.turned)).toBe('Noor [U+202E]ztsiurq[U+202C] Lind');
    expect(visible(HOSTILE.invisible)).toBe('Mara[U+200B] Ellings[U+0000]worth[U+FEFF]');
    expect(visible('\ud800')).toBe('[U+D800]');
  });

  it('leaves ordinary text of any script as it is', () => {
    for (const text of [
      'Zoë O’Brien-Núñez',
      HOSTILE.chinese,
      HOSTILE.arabic,
      'نمی\u200cخواهم',
      'a 👩\u200d💻 b',
    ])
      expect(visible(text)).toBe(text);
  });

  it('isolates runs written from right to left', () => {
    expect(pieces(`by ${HOSTILE.hebrew}, 3 days`).filter((p) => p.is === 'rtl')).toEqual([
      { is: 'rtl', text: HOSTILE.hebrew },
    ]);
  });

  it('keeps line breaks only where they matter', () => {
    expect(visible('a\r\n\tb')).toBe('a b');
    expect(visible('a\r\nb', true)).toBe('a\nb');
  });

  it('never lets a direction or control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u);
      }),
    );
  });
});
