import { isIP } from 'node:net';
import type { ServerConfig } from '../context.ts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether the console can be opened on its own machine only. */
export function isLoopbackOrigin(config: Pick<ServerConfig, 'origin'>): boolean {
  return LOOPBACK.includes(new URL(config.origin).hostname);
}

/** The origins of this console: the configured one and, on loopback, its equivalents. */
export function ourOrigins(config: Pick<ServerConfig, 'origin'>): readonly string[] {
  const { protocol, hostname, port, origin } = new URL(config.origin);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`);
}

/**
 * Whether a request is addressed to this console's host, as `name:port` in the Host header or passed on by a trusted
 * proxy. A foreign name that resolves to this machine is how a page elsewhere bypasses the same-origin policy (DNS
 * rebinding). Loopback addresses are always accepted, since rebinding needs a foreign name.
 */
export function hostIsOurs(host: string, config: Pick<ServerConfig, 'origin'>): boolean {
  const ours = new URL(config.origin);
  if (!URL.canParse(`${ours.protocol}//${host}`)) return false;
  const asked = new URL(`${ours.protocol}//${host}`);
  return asked.host === ours.host || LOOPBACK.includes(asked.hostname);
}

interface IncomingRequest {
  readonly method: string;
  /** Keys are in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Protection against cross-site request forgery: whether a request comes from our own pages. Reads need no proof; a
 * change without proof is refused. Browsers always state the origin of a change, and a token in `Authorization` is not
 * sent automatically as a cookie is.
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
 * What passkeys are bound to: the host name of the console. Browsers do not allow IP addresses; on loopback the name is
 * `localhost`, where the page has to be opened. null: no passkeys are possible with this origin.
 */
export function passkeyHost(config: Pick<ServerConfig, 'origin'>): { id: string; openAt: string } | null {
  const { protocol, hostname, port, origin } = new URL(config.origin);
  if (LOOPBACK.includes(hostname))
    return { id: 'localhost', openAt: `${protocol}//localhost${port === '' ? '' : `:${port}`}` };
  if (isIP(hostname.replace(/^\[|\]$/gu, '')) !== 0 || protocol !== 'https:') return null;
  return { id: hostname, openAt: origin };
}
