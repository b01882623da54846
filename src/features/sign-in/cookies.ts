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
  const secure = config.origin.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

export function setCookie(
  { services, setHeader }: Pick<RequestContext, 'services' | 'setHeader'>,
  name: string,
  value: string,
  options: CookieOptions,
): void {
  setHeader('set-cookie', cookie(services.config, name, value, options));
}
