import { isIP } from 'node:net';
import type { ServerConfig } from '../context.ts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether the console is opened on its own machine alone. */
export function isLoopbackOrigin(config: Pick<ServerConfig, 'origin'>): boolean {
  return LOOPBACK.includes(new URL(config.origin).hostname);
}

/** The origins that are this console: the configured one, and on loopback the other ways to write it. */
export function ourOrigins(config: Pick<ServerConfig, 'origin'>): readonly string[] {
  const { protocol, hostname, port, origin } = new URL(config.origin);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`);
}

/**
 * Whether a request names this console as the host that it is for, `name:port` as sent or as a trusted proxy passes it on.
 * Another name that leads here is how a page elsewhere gets around the rules of browsers (DNS rebinding). Addresses of
 * this machine always count, since a name is what that takes.
 */
export function hostIsOurs(host: string, config: Pick<ServerConfig, 'origin'>): boolean {
  const ours = new URL(config.origin);
  if (!URL.canParse(`${ours.protocol}//${host}`)) return false;
  const asked = new URL(`${ours.protocol}//${host}`);
  return asked.host === ours.host || LOOPBACK.includes(asked.hostname);
}

interface IncomingRequest {
  readonly method: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Whether a request that a cookie could ride on comes from our own pages. Reading needs no proof; a change without
 * one is refused. A browser always tells where it comes from, a token in `Authorization` is no cookie.
 */
export function originIsOurs(request: IncomingRequest, config: Pick<ServerConfig, 'origin'>): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return true;
  const { origin, 'sec-fetch-site': site, authorization } = request.headers;
  if (typeof authorization === 'string' && authorization.startsWith('Bearer ')) return true;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined) return typeof origin === 'string' && ourOrigins(config).includes(origin);
  return site === 'same-origin';
}

/**
 * What passkeys are bound to: the host name of the console. Browsers allow none for an IP address; loopback has the
 * name `localhost`, where the page has to be opened. null: no passkeys under this origin.
 */
export function passkeyHost(config: Pick<ServerConfig, 'origin'>): { id: string; openAt: string } | null {
  const { protocol, hostname, port, origin } = new URL(config.origin);
  if (LOOPBACK.includes(hostname))
    return { id: 'localhost', openAt: `${protocol}//localhost${port === '' ? '' : `:${port}`}` };
  if (isIP(hostname.replace(/^\[|\]$/gu, '')) !== 0 || protocol !== 'https:') return null;
  return { id: hostname, openAt: origin };
}
