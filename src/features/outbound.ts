import { lookup as resolve } from 'node:dns';
import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { Response as Answer, RequestInit } from 'undici';

/**
 * Requests to the outside go only to hosts that someone named for the purpose, and never into private networks. The
 * address is checked where the connection is made, so that a name cannot resolve to one address for the check and to
 * another for the request.
 */
export interface OutboundOptions {
  /** Hosts that may be asked, as in a URL: `login.example.org` or, with another port than usual, `localhost:8443`. */
  readonly hosts: readonly string[];
  /** Host names that may lie in a private network and may be asked without TLS: BYLAW_ALLOW_PRIVATE_HOSTS. */
  readonly privateHosts: readonly string[];
  /** Until the answer is there in whole. */
  readonly timeoutMs?: number;
  /** Of the answer as it arrives and, where it comes compressed, of what it unpacks to. */
  readonly maxBytes?: number;
  /** Certificates (PEM) that are trusted beside the usual ones; empty: none. */
  readonly ca?: string;
}

/** A request that was not made, or not finished, because it must not be. The message is a sentence for a person. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
}

/** Splits the value of BYLAW_ALLOW_PRIVATE_HOSTS, names with commas between them. */
export function privateHostsOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((name) => bare(name.trim()))
    .filter((name) => name !== '');
}

/** Whether an address is of the public internet: not private, loopback, link-local, shared, reserved or translated. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 the internet is 2000::/3; elsewhere are forms that hide an address of IPv4, such as ::127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(ipaddr.IPv6.parse('2000::'), 3);
}

/**
 * A `fetch` for the named hosts only. It follows no redirect: an answer that points elsewhere is for the caller to
 * judge (`redirect: 'manual'`) or an error.
 */
export function fetchAllowed({
  hosts,
  privateHosts,
  timeoutMs = 10_000,
  maxBytes = 5_000_000,
  ca = '',
}: OutboundOptions): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  let means: ReturnType<typeof meansOf> | null = null;
  return async (target, init = {}) => {
    const url = new URL(target);
    if (!named.has(url.host))
      throw new OutboundRefused(`${url.host} is not among the hosts that may be asked for this.`);
    if (url.username !== '' || url.password !== '')
      throw new OutboundRefused(`The address of ${url.host} contains a name or password. Leave them out.`);
    const name = bare(url.hostname);
    const mayBePrivate = privateHosts.includes(name);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePrivate))
      throw new OutboundRefused(`The address of ${url.host} has to start with https.`);
    const refusal = refusalOfHost(name, privateHosts);
    if (refusal !== null) throw refusal;
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      means ??= meansOf(maxBytes, ca);
      const { fetch, guarded, open } = await means;
      const answer = await fetch(url, {
        ...init,
        redirect: init.redirect === 'manual' ? 'manual' : 'error',
        dispatcher: mayBePrivate ? open : guarded,
        signal: init.signal == null ? limit : AbortSignal.any([init.signal, limit]),
      });
      return noLongerThan(maxBytes, answer);
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  };
}

/** The answer with a body that fails once it unpacks to more: a kilobyte can become a megabyte on the way through. */
function noLongerThan(maxBytes: number, answer: Answer): Response {
  let bytes = 0;
  const body = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes)
          controller.error(new Error(`The answer unpacks to more than ${maxBytes} bytes.`));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = answer;
  return new Response(body ?? null, { status, statusText, headers: [...headers] });
}

/** Loaded when the first request leaves: a console that asks nobody stays small. */
async function meansOf(maxBytes: number, ca: string) {
  const { Agent, fetch } = await import('undici');
  const common = { maxResponseSize: maxBytes, keepAliveTimeout: 1_000 };
  const trusted = trustedWith(ca);
  return {
    fetch,
    guarded: new Agent({ ...common, connect: { ...trusted, lookup: publicOnly } }),
    open: new Agent({ ...common, connect: trusted }),
  };
}

function trustedWith(ca: string): { readonly ca?: string[] } {
  return ca === '' ? {} : { ca: [...getCACertificates('default'), ca] };
}

/** A connection to one of the hosts that were named for the purpose. */
export interface OutboundConnection {
  readonly host: string;
  readonly port: number;
  /**
   * null: without encryption, which is as readable on the way as it sounds. `later`: the caller's protocol begins
   * encryption on the open connection, and says nothing of its own before.
   */
  readonly tls:
    | 'later'
    | null
    | {
        /** Certificates (PEM) that are trusted beside the usual ones, and one's own with its key; empty: none. */
        readonly ca: string;
        readonly cert: string;
        readonly key: string;
      };
  /** Hosts that may be asked, as `host:port`. */
  readonly hosts: readonly string[];
  readonly privateHosts: readonly string[];
  /** Until the connection stands. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Connects by the same rules as {@link fetchAllowed}, for what is no HTTP. Without TLS only to hosts that may be private. */
export async function connectAllowed(to: OutboundConnection): Promise<Socket> {
  const { port, tls, signal } = to;
  const name = bare(to.host);
  if (!to.hosts.includes(`${to.host.toLowerCase()}:${port}`))
    throw new OutboundRefused(`${to.host}:${port} is not among the hosts that may be asked for this.`);
  const mayBePrivate = to.privateHosts.includes(name);
  if (tls === null && !mayBePrivate)
    throw new OutboundRefused(
      `${name} would be contacted without encryption. Use TLS, or have the server’s administrator add it to BYLAW_ALLOW_PRIVATE_HOSTS.`,
    );
  const refusal = refusalOfHost(name, to.privateHosts);
  if (refusal !== null) throw refusal;
  const where = { host: name, port, ...(mayBePrivate ? {} : { lookup: publicOnly }) };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(to.timeoutMs)]);
  limit.throwIfAborted();
  const socket =
    tls === null || tls === 'later'
      ? connect(where)
      : connectTls({
          ...where,
          ...trustedWith(tls.ca),
          ...(isIP(name) === 0 ? { servername: name } : {}),
          ...(tls.cert === '' ? {} : { cert: tls.cert, key: tls.key }),
        });
  const stop = () => socket.destroy(new Error('The connection did not come about in time.'));
  limit.addEventListener('abort', stop, { once: true });
  try {
    await once(socket, tls === null || tls === 'later' ? 'connect' : 'secureConnect');
    return socket;
  } catch (error) {
    socket.destroy();
    throw refusalIn(error) ?? error;
  } finally {
    limit.removeEventListener('abort', stop);
  }
}

/**
 * Why a host is not asked, as far as its name alone shows: an address of a private network, or this machine. What a name
 * leads to is looked at when the connection is made. null: nothing speaks against it so far.
 */
export function refusalOfHost(host: string, privateHosts: readonly string[]): OutboundRefused | null {
  const name = bare(host);
  if (privateHosts.includes(name)) return null;
  const inside = isIP(name) === 0 ? /(?:^|\.)localhost$/u.test(name) : !isPublicAddress(name);
  return inside ? refusedAddress(name) : null;
}

/** Lower case, without the brackets of an IPv6 address and without the dot that may end a name. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '');
}

function refusedAddress(host: string): OutboundRefused {
  return new OutboundRefused(
    `${host} is in a private network. The server’s administrator can allow it with BYLAW_ALLOW_PRIVATE_HOSTS.`,
  );
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(refusedAddress(hostname), '', 0);
    return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

function refusalIn(error: unknown): OutboundRefused | null {
  if (error instanceof OutboundRefused) return error;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : null;
}
