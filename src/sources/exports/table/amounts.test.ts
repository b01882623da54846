import { describe, expect, it } from 'vitest';
import { decimalMark, isOtherCurrency, readAmount } from './amounts.ts';

function column(...cells: (string | number)[]): (number | null)[] {
  const mark = decimalMark(cells) ?? '.';
  return cells.map((cell) => readAmount(cell, mark));
}

describe('amounts', () => {
  it('reads English ones', () => {
    expect(column('$1,234.56', '(12.00)', '-3', '0.5', 'US$ 7', '1,234', '12 USD', 3.25)).toEqual([
      1234.56, -12, -3, 0.5, 7, 1234, 12, 3.25,
    ]);
  });

  it('reads European ones once the column shows its mark', () => {
    expect(column('1.234,56', '1.234', '12,5', "1'000,25", '1 000')).toEqual([
      1234.56, 1234, 12.5, 1000.25, 1000,
    ]);
  });

  it('takes a lone 1,234 as thousands', () => {
    expect(column('1,234', '17')).toEqual([1234, 17]);
  });

  it('gives nothing for what is no number', () => {
    expect(column('n/a', '', '-', 'about 5', '1.2.3', '--4')).toEqual([null, null, null, null, null, null]);
  });

  it('knows other currencies', () => {
    expect(['€5', '5 EUR', 'C$5', '£1'].map(isOtherCurrency)).toEqual([true, true, true, true]);
    expect(['$5', '5 USD', 'US$5'].map(isOtherCurrency)).toEqual([false, false, false]);
  });
});
