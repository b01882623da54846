import { domainToASCII } from 'node:url';
import { expect, it } from 'vitest';
import { writtenDomains } from './written-domain.ts';

it.each([
  'müller-verband.example',
  'bücher.example',
  'association-française.example',
  'łódź-żeglarze.example',
])('writes %s as people do', (domain) => {
  expect(domainToASCII(domain)).toContain('xn--');
  expect(writtenDomains(`kim@${domainToASCII(domain)} and lee`)).toBe(`kim@${domain} and lee`);
});

it.each(['аррӏе.example', 'teаsel.example.org', '例え.example', 'ıris.example'])(
  'keeps the DNS form with %s, whose letters look like others',
  (domain) => {
    const coded = domainToASCII(domain);
    expect(writtenDomains(`kim@${coded}.`)).toBe(`kim@${domain} (${coded}).`);
  },
);

it.each(['xn--', 'xn--99999999999', 'xn--paypal-.example', 'xn--a-.xn--99999999999'])(
  'leaves %s, which encodes no name, as it is',
  (text) => {
    expect(writtenDomains(text)).toBe(text);
  },
);

it('converts nothing twice, and a very long text quickly', () => {
  const once = writtenDomains(`kim@${domainToASCII('teаsel.example.org')}`);
  expect(writtenDomains(once)).toBe(once);
  const long = `${'a.'.repeat(200_000)}a xn--bcher-kva.example`;
  expect(writtenDomains(long).endsWith(' bücher.example')).toBe(true);
});
