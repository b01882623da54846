import type { RequestContext, ServerConfig } from '../context.ts';

export const SESSION_COOKIE = 'bylaw_session';
/** Ties the answer of a sign-in provider to the browser that asked it. */
export const OIDC_COOKIE = 'bylaw_oidc';

interface CookieOptions {
  readonly path: string;
  /** Seconds; 0 removes the cookie. */
  readonly maxAge: number;
}

/** Text of a `Set-Cookie` header. The page's scripts cannot read it, and it leaves over TLS only where there is TLS. */
function cookie(
  config: Pick<ServerConfig, 'origin'>,
  name: string,
  value: string,
  { path, maxAge }: CookieOptions,
): string {
  const secure = overTls(config) ? '; Secure' : '';
  const prefix = secure === '' ? '' : path === '/' ? HOST : SECURE;
  return `${prefix}${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** A browser keeps a cookie of such a name only where it came over TLS, the first also only from this very host. */
const HOST = '__Host-';
const SECURE = '__Secure-';

function overTls({ origin }: Pick<ServerConfig, 'origin'>): boolean {
  return origin.startsWith('https:');
}

/** Cookies by their own names. Over TLS one without its prefix, which any neighbor could have set, does not count. */
export function ownCookies(
  config: Pick<ServerConfig, 'origin'>,
  sent: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const prefixes = overTls(config) ? [HOST, SECURE] : [''];
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      const prefix = prefixes.find((one) => name.startsWith(one));
      return prefix === undefined || value === undefined ? [] : [[name.slice(prefix.length), value]];
    }),
  );
}

export function setCookie(
  { services, setHeader }: Pick<RequestContext, 'services' | 'setHeader'>,
  name: string,
  value: string,
  options: CookieOptions,
): void {
  setHeader('set-cookie', cookie(services.config, name, value, options));
}
