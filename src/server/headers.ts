import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Headers for an answer to a request that could not be parsed, which no hook sees. It contains nothing to run. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Content Security Policy sources by the camel-case name of their directive. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  styleSrcAttr: ["'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};
const TRANSPORT_SECONDS = 31_536_000;

/** Answers of operations are data, and none of their elements needs a nonce. */
const OF_DATA = '/api/v1/';

/**
 * Content Security Policy of our pages: they load and run nothing from elsewhere, cannot be framed, and send no
 * referrer. Style elements need a nonce; style attributes are allowed, because floating elements are positioned with
 * them. Answers of operations get the same headers without nonces, computed once: generating them for each request was
 * a ninth of all garbage while reading.
 */
export async function securityHeaders(app: FastifyInstance, origin: string): Promise<void> {
  const https = origin.startsWith('https:');
  const directives = { ...DIRECTIVES, ...(https ? { upgradeInsecureRequests: [] } : {}) };
  const ofData = dataHeaders(directives, https);
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith(OF_DATA)) route.helmet = false;
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url?.startsWith(OF_DATA)) reply.headers(ofData);
  });
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: https ? { maxAge: TRANSPORT_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    originAgentCluster: true,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** The same headers as the library generates from the options above, without nonces; a test compares the two. */
function dataHeaders(
  directives: Readonly<Record<string, readonly string[]>>,
  https: boolean,
): Readonly<Record<string, string>> {
  const policy = Object.entries(directives).map(([name, values]) =>
    [name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`), ...values].join(' '),
  );
  return {
    'content-security-policy': policy.join(';'),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'same-origin',
    ...(https ? { 'strict-transport-security': `max-age=${TRANSPORT_SECONDS}` } : {}),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  };
}
