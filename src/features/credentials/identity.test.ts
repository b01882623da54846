import { describe, expect, test } from 'vitest';
import { identityFrom, issuerProblem } from './identity.ts';

const TENANT = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const claims = { sub: 's', email: 'dana@kestrel.example', tid: TENANT };

describe('whether Entra vouches for an email address', () => {
  test.each([
    ['with xms_edov as true', { ...claims, xms_edov: true }, true],
    ['with xms_edov as the text 1', { ...claims, xms_edov: '1' }, true],
    ['without xms_edov', claims, false],
    ['with xms_edov as false', { ...claims, xms_edov: false }, false],
    ['with xms_edov as the text 0', { ...claims, xms_edov: '0' }, false],
    ['from another tenant', { ...claims, tid: TENANT.replace('0', '1'), xms_edov: true }, false],
    ['without an address', { ...claims, email: undefined, xms_edov: true }, false],
  ])('%s: %s', (_name, given, verified) => {
    expect(identityFrom(ENTRA, given)?.verified).toBe(verified);
  });

  test('is not what another provider may say', () => {
    expect(identityFrom('https://accounts.example.org', { ...claims, xms_edov: true })?.verified).toBe(false);
    const lookalike = `https://login.microsoftonline.com.example.org/${TENANT}/v2.0`;
    expect(identityFrom(lookalike, { ...claims, xms_edov: true })?.verified).toBe(false);
  });
});

test('accounts of every Microsoft tenant are not let in', () => {
  expect(issuerProblem('https://login.microsoftonline.com/common/v2.0')).toMatch(/TENANT-ID/);
  expect(issuerProblem('https://login.microsoftonline.com/organizations/v2.0')).not.toBeNull();
  expect(issuerProblem(ENTRA)).toBeNull();
});

test('an address that only becomes another one in lower case is rejected', () => {
  const given = { sub: 's', email_verified: true };
  const from = (email: string) => identityFrom('https://accounts.example.org', { ...given, email })?.email;
  expect(from('kate@kestrel.example')).toBe('kate@kestrel.example');
  expect(from('\u212Aate@kestrel.example')).toBeNull();
  expect(from('kate\u200B@kestrel.example')).toBeNull();
  expect(from('kate@kestrel.example,\tevil@attacker.example')).toBeNull();
  // Longer than an address can be: trying it would take hours.
  expect(from(`${'@!'.repeat(250_000)}\u0000`)).toBeNull();
});

test('a provider’s name is one line of visible characters', () => {
  const named = (name: string) => identityFrom('https://accounts.example.org', { sub: 's', name })?.name;
  expect(named('Dana\u0000\r\n\u001b[31mWhitlock')).toBe('Dana [31mWhitlock');
  expect(named('Da\u200bna \u202eWhitlock')).toBe('Dana Whitlock');
  expect(named('\u3164\u200b')).toBeNull();
});
