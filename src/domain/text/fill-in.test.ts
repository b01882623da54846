import { describe, expect, it } from 'vitest';
import { isEmptyReason } from '../people/names.ts';
import { isFillIn, isFillInToken } from './fill-in.ts';

describe('what a template has in place of a value', () => {
  it.each([
    '<recovery plan>',
    '[your plan here]',
    '{{reason}}',
    'XXXX',
    'Insert the reason here',
    'Lorem ipsum',
    'your-organization-id',
    'Hier eintragen',
  ])('is no reason and no plan: %s', (text) => {
    expect(isFillIn(text)).toBe(true);
    expect(isEmptyReason(text)).toBe(true);
  });
  it.each([
    'Ana <ana@alder.example.org>',
    'Put the file here until Friday, then ask Kim; the board agreed.',
    'Maxx Ray',
    'Your board approved it.',
  ])('is not found in %s', (text) => {
    expect(isFillIn(text)).toBe(false);
  });
  it('is not found in a token', () => {
    expect(['abcdef0123456789', 'k3v9', 'nOnEtbd77', 'Xxx9'].filter(isFillInToken)).toEqual([]);
    expect(
      ['<token>', 'XXXXXX', 'abc…', 'your-token', 'TBD', 'n/a'].filter((one) => !isFillInToken(one)),
    ).toEqual([]);
  });
});
