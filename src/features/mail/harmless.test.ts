import { describe, expect, test } from 'vitest';
import { harmlessName } from './harmless.ts';

describe('a name in a mail', () => {
  test.each([
    ['Dana Whitlock', 'Dana Whitlock'],
    ['Dr. Ana-María O’Neil', 'Dr. Ana-María O’Neil'],
    ['A\r\nBcc: all@evil.example', 'A Bcc: all@ evil. example'],
    ['\u202Egnp.exe', 'gnp. exe'],
    ['\u0000\u200B', 'Someone without a name'],
    ['\uD800x', '\uFFFDx'],
  ])('%j is shown as %j', (name, shown) => expect(harmlessName(name)).toBe(shown));

  test('is cut where it is long', () => expect(harmlessName('x'.repeat(500))).toBe(`${'x'.repeat(80)}…`));
});
