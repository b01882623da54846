import type { RequestContext, ServerConfig } from '../context.ts';

export const SESSION_COOKIE = 'bylaw_session';
/** Binds a sign-in provider's answer to the browser that started the sign-in. */
export const OIDC_COOKIE = 'bylaw_oidc';

interface CookieOptions {
  readonly path: string;
  /** Seconds; 0 removes the cookie. */
  readonly maxAge: number;
}

/** Value of a `Set-Cookie` header. Scripts cannot read the cookie (HttpOnly); it is Secure if the console uses TLS. */
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

/** Cookie name prefixes: browsers accept such a cookie only over TLS, and `__Host-` also only from this exact host. */
const HOST = '__Host-';
const SECURE = '__Secure-';

function overTls({ origin }: Pick<ServerConfig, 'origin'>): boolean {
  return origin.startsWith('https:');
}

/**
 * Cookies by their names without prefix. Over TLS, cookies without the prefix are ignored, since any neighboring host
 * could have set them.
 */
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
