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
  'keeps the form of DNS beside %s, whose letters can be taken for others',
  (domain) => {
    const coded = domainToASCII(domain);
    expect(writtenDomains(`kim@${coded}.`)).toBe(`kim@${domain} (${coded}).`);
  },
);

it.each(['xn--', 'xn--99999999999', 'xn--paypal-.example', 'xn--a-.xn--99999999999'])(
  'leaves %s, which codes no name, as it is',
  (text) => {
    expect(writtenDomains(text)).toBe(text);
  },
);

it('writes nothing twice, and an endless text in no time', () => {
  const once = writtenDomains(`kim@${domainToASCII('teаsel.example.org')}`);
  expect(writtenDomains(once)).toBe(once);
  const long = `${'a.'.repeat(200_000)}a xn--bcher-kva.example`;
  expect(writtenDomains(long).endsWith(' bücher.example')).toBe(true);
});
