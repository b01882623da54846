import { expect, it } from 'vitest';
import { ownCookies, SESSION_COOKIE, setCookie } from './cookies.ts';

function headerOf(origin: string, path: string): string {
  const headers: string[] = [];
  const services = { config: { origin } } as Parameters<typeof setCookie>[0]['services'];
  setCookie({ services, setHeader: (_, value) => headers.push(String(value)) }, SESSION_COOKIE, 'x', {
    path,
    maxAge: 60,
  });
  return headers[0] ?? '';
}

it('binds cookies to the host and to TLS where there is TLS', () => {
  expect(headerOf('https://bylaw.example.org', '/')).toMatch(/^__Host-bylaw_session=x; Path=\/; .*; Secure$/);
  expect(headerOf('https://bylaw.example.org', '/api')).toMatch(/^__Secure-bylaw_session=x; Path=\/api; /);
  expect(headerOf('http://localhost:8377', '/')).toMatch(/^bylaw_session=x; (?!.*Secure)/);
});

it('takes no session over TLS from a cookie that a neighbor could have set', () => {
  const sent = { bylaw_session: 'theirs', '__Host-bylaw_session': 'ours' };
  expect(ownCookies({ origin: 'https://bylaw.example.org' }, sent)).toEqual({ bylaw_session: 'ours' });
  expect(ownCookies({ origin: 'https://bylaw.example.org' }, { bylaw_session: 'theirs' })).toEqual({});
  expect(ownCookies({ origin: 'http://localhost:1' }, { bylaw_session: 'ours' })).toEqual({
    bylaw_session: 'ours',
  });
});
