import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailDomain } from '../../people/names.ts';
import { placeOf } from './addresses.ts';

const OURS = ['alder.example.org'];
const kind = (text: string) => placeOf(text, OURS).kind;

describe('where an address belongs', () => {
  it('is ours only on a listed domain, letter by letter', () => {
    expect(kind('Dana@Alder.Example.ORG')).toBe('own');
    expect(kind('dana+claude@alder.example.org')).toBe('own');
    // The final dot of a fully qualified name does not make it another domain.
    expect(kind('dana@alder.example.org.')).toBe('own');
    expect(kind('dana@chapter.alder.example.org')).toBe('subdomain');
    expect(kind('dana@elm.example.org')).toBe('foreign');
  });
  it.each([
    'alder.example.org.evil.com',
    'alder-example.org',
    'alder.example.com',
    'a1der.example.org',
    'alderexample.org',
    'my-alder.example.org',
    'аlder.example.org', // the first letter is Cyrillic
  ])('never takes %s for ours', (domain) => {
    expect(kind(`dana@${domain}`)).not.toBe('own');
  });
  it('says that a look-alike resembles ours', () => {
    expect(placeOf('x@alder.example.org.evil.com', OURS).words).toContain('looks like alder.example.org');
    expect(kind('x@alder-example.org')).toBe('look_alike');
  });
  it('does not take the sign-in name of a guest for ours', () => {
    expect(kind('ann_gmail.com#EXT#@alder.example.org')).toBe('foreign');
  });
  it('does not let a profile own a mail provider', () => {
    expect(placeOf('board@gmail.com', ['gmail.com']).kind).toBe('free_mail');
  });
  it.each([
    '',
    'dana',
    'dana@',
    '@alder.example.org',
    'a@evil.com@alder.example.org',
    'a b@alder.example.org',
    'x@localhost',
  ])('cannot read "%s"', (text) => expect(kind(text)).toBe('unreadable'));
  it('calls nothing ours whose domain differs in any way', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        if (kind(text) === 'own') expect(mailDomain(text)).toBe('alder.example.org');
      }),
    );
  });
});
