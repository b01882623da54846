import { lookup as resolve } from 'node:dns';
import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { Response as Answer, RequestInit } from 'undici';

/**
 * Outbound requests go only to explicitly listed hosts and never into private networks. The address is checked when
 * the connection is made, so that a name cannot resolve to one address for the check and to another for the request
 * (DNS rebinding).
 */
export interface OutboundOptions {
  /** Allowed hosts as in a URL: `login.example.org` or, with a port other than the default, `localhost:8443`. */
  readonly hosts: readonly string[];
  /** Hosts that may be in a private network and may be reached without TLS: BYLAW_ALLOW_PRIVATE_HOSTS. */
  readonly privateHosts: readonly string[];
  /** Limit for the complete answer. */
  readonly timeoutMs?: number;
  /** Limit for the answer both as received and, if compressed, after decompression. */
  readonly maxBytes?: number;
  /** Certificates (PEM) trusted in addition to the default ones; empty: none. */
  readonly ca?: string;
}

/** A request that was refused or aborted because it violates these rules. The message is a sentence for a person. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
}

/** Parses the value of BYLAW_ALLOW_PRIVATE_HOSTS: names separated by commas. */
export function privateHostsOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((name) => bare(name.trim()))
    .filter((name) => name !== '');
}

/** Whether an address is globally routable: not private, loopback, link-local, shared, reserved or translated. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Global unicast IPv6 is 2000::/3; outside it are forms that embed an IPv4 address, such as ::127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(ipaddr.IPv6.parse('2000::'), 3);
}

/**
 * A `fetch` restricted to the named hosts. It never follows a redirect: with `redirect: 'manual'` the caller gets it,
 * otherwise it is an error.
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

/**
 * Wraps an answer so that reading fails once the decompressed body is too large: a kilobyte can decompress to a
 * megabyte.
 */
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

/** Loaded on the first request, which saves memory on a server that sends none. */
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

/** A connection to one of the listed hosts. */
export interface OutboundConnection {
  readonly host: string;
  readonly port: number;
  /**
   * null: unencrypted. `later`: the caller's protocol negotiates TLS on the open connection (STARTTLS) and sends
   * nothing confidential before.
   */
  readonly tls:
    | 'later'
    | null
    | {
        /**
         * Certificates (PEM) trusted in addition to the default ones, and a client certificate with its key; empty:
         * none.
         */
        readonly ca: string;
        readonly cert: string;
        readonly key: string;
      };
  /** Allowed hosts, as `host:port`. */
  readonly hosts: readonly string[];
  readonly privateHosts: readonly string[];
  /** Limit until the connection is established. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Connects by the rules of {@link fetchAllowed} for protocols other than HTTP. Unencrypted only to `privateHosts`. */
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
 * Why a host is refused by its name alone: a private address, or this machine. What a name resolves to is checked when
 * the connection is made. null: no reason to refuse it yet.
 */
export function refusalOfHost(host: string, privateHosts: readonly string[]): OutboundRefused | null {
  const name = bare(host);
  if (privateHosts.includes(name)) return null;
  const inside = isIP(name) === 0 ? /(?:^|\.)localhost$/u.test(name) : !isPublicAddress(name);
  return inside ? refusedAddress(name) : null;
}

/** Lower case, without the brackets of an IPv6 address and without a trailing dot. */
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
