import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnsafeText, nameOfCode, pieces, visible } from './unsafe-text.ts';

const HOSTILE = {
  turned: 'Noor \u202eztsiurq\u202c Lind',
  invisible: 'Mara\u200b Ellings\u0000worth\ufeff',
  chinese: '王小明',
  arabic: 'نور الهدى',
  hebrew: 'נועה לוי',
};

describe('text from outside', () => {
  it('shows the code of characters that reverse or hide text', () => {
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
      '👩🏽\u200d🔧 ❤️\u200d🔥 🏳️\u200d🌈',
      'क्\u200dष',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '\u0600١٢',
    ])
      expect(visible(text)).toBe(text);
  });

  it('shows joiners and tags in unusual places', () => {
    expect(visible('ma\u200dra@alder.example.org')).toBe('ma[U+200D]ra@alder.example.org');
    expect(visible('ma\u200cra')).toBe('ma[U+200C]ra');
    expect(visible('👩\u200dx')).toBe('👩[U+200D]x');
    expect(visible('a\u{e0067}')).toBe('a[U+E0067]');
  });

  it('names what it shows', () => {
    expect(nameOfCode('U+202E')).toBe('U+202E right-to-left override');
    expect(nameOfCode('U+0007')).toBe('U+0007 invisible character');
  });

  it('knows that most text needs no special care', () => {
    for (const text of ['Zoë O’Brien-Núñez', HOSTILE.chinese, '🦊', 'a – b · c'])
      expect(isUnsafeText(text)).toBe(false);
    for (const text of [HOSTILE.turned, HOSTILE.invisible, HOSTILE.hebrew, '\ud800'])
      expect(isUnsafeText(text)).toBe(true);
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

  it('takes linear time', () => {
    // At a square of it, none of these would end within the test.
    for (const one of ['\u{e0061}', '\u200d', 'א ', '\u202e'])
      expect(visible(one.repeat(100_000)).length).toBeGreaterThan(100_000);
  });
});
