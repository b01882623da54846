import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleWords } from '../../model/entra-roles.ts';
import { allInside, coversRange, ipv4Range, overlaps } from './cidr.ts';
import { looksLikeClaude } from './look-alike.ts';

it('calls the roles that policies name by their names, whatever the case of the id', () => {
  expect(roleWords('DB506228-D27E-4B7D-95E5-295956D6615F')).toBe('the role Agent ID Administrator');
  expect(roleWords('5ea5e100-0000-4000-8000-000000000001')).toBe(
    'the role 5ea5e100-0000-4000-8000-000000000001',
  );
});

describe('looksLikeClaude', () => {
  it.each(['Claude', 'claude.ai SSO', 'Anthropic Console', 'Ｃｌａｕｄｅ', 'ClaudeHelper'])(
    'reads the plain name in “%s”',
    (name) => {
      expect(looksLikeClaude(name).is).toBe('named');
    },
  );

  it.each([
    'Clаude',
    'C l a u d e',
    'CIaude',
    'C1aude',
    'Cl\u200Baude',
    'Claudé',
    'Аnthropic',
    'Anthr0pic',
    'C.L.A.U.D.E',
  ])('sees through "%s"', (name) => {
    expect(looksLikeClaude(name).is).toBe('disguised');
  });

  it.each([
    'Philanthropic Trust Portal',
    'PhilAnthropic',
    'Microsoft Graph',
    'Cloud App',
    'Claudia Weber Design',
    '',
  ])('leaves "%s" alone', (name) => {
    expect(looksLikeClaude(name).is).toBe('no');
  });
});

describe('ranges', () => {
  const egress = '160.79.104.0/21';

  it('knows what holds the range', () => {
    expect(coversRange(['160.79.104.0/21'], egress)).toBe(true);
    expect(coversRange(['160.79.0.0/16'], egress)).toBe(true);
    expect(coversRange(['160.79.108.0/22', '160.79.104.0/22'], egress)).toBe(true);
    expect(coversRange(['160.79.104.0/22'], egress)).toBe(false);
    expect(coversRange(['160.79.104.0/23', '160.79.107.0/24', '160.79.108.0/22'], egress)).toBe(false);
    expect(coversRange([], egress)).toBe(false);
    expect(coversRange(['2001:db8::/32', 'nonsense', '300.1.1.1/8', '1.2.3.4/33'], egress)).toBe(false);
  });

  it('knows addresses inside and outside', () => {
    expect(allInside(['160.79.111.255'], egress)).toBe(true);
    expect(allInside(['160.79.112.0'], egress)).toBe(false);
    expect(allInside(['160.79.104.0/21', '10.0.0.0/8'], egress)).toBe(false);
    expect(overlaps(['160.79.111.0/24'], egress)).toBe(true);
    expect(overlaps(['160.79.112.0/24'], egress)).toBe(false);
  });

  it('covers a range exactly when both halves are covered', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 30 }), (ip, bits) => {
        const range = ipv4Range(`${ip}/${bits}`);
        const dotted = (n: number) =>
          [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
        const low = `${dotted(range?.from ?? 0)}/${bits + 1}`;
        const high = `${dotted((range?.from ?? 0) + 2 ** (31 - bits))}/${bits + 1}`;
        expect(coversRange([high, low], `${ip}/${bits}`)).toBe(true);
        expect(coversRange([low], `${ip}/${bits}`)).toBe(false);
      }),
    );
  });
});
