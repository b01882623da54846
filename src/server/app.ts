import fastify, { type FastifyInstance } from 'fastify';
import type { Services } from '#features/context.ts';
import { usePlainMessages } from '#features/input-words.ts';
import { api } from './api.ts';
import { boundConnections } from './bounded-connections.ts';
import { calendars } from './calendar.ts';
import { compressAll } from './compress.ts';
import { BARE_HEADERS, securityHeaders } from './headers.ts';
import { health, writeProbe } from './health.ts';
import { closeIdleOnClose } from './idle-connections.ts';
import { inferenceHooks } from './inference-hook.ts';
import { mcp } from './mcp.ts';
import { metrics } from './metrics.ts';
import { answerWithoutRoute, recordMethods, serveRobotsFile } from './not-found.ts';
import { policyLinks } from './policy-link.ts';
import { asProblem, problemOf, sendProblem } from './problem.ts';
import { reference } from './reference.ts';
import { reportLinks } from './report-link.ts';
import { endSlowBodies, MAX_SLOW_MS } from './slow-bodies.ts';
import { staffSignInLinks } from './staff-entra.ts';
import { staffLinks } from './staff-link.ts';
import { telemetry } from './telemetry.ts';
import { outlastBodies } from './unread-bodies.ts';
import { answerUnreadable } from './unreadable.ts';
import { uploadLinks } from './upload-link.ts';
import { web } from './web.ts';

export interface AppOptions {
  readonly services: Services;
  /** Folder of the built console; null: not served, for tests of the API. */
  readonly webFolder: string | null;
  /** Reverse proxies whose `X-Forwarded-For` is trusted; left out: none. */
  readonly trustProxy?: readonly string[];
  /** Milliseconds in which the headers, and then the body of a form, have to arrive; left out: 30 s for each. */
  readonly slowBodyMs?: number;
  /** Milliseconds for which the rest of a refused body is still accepted; left out: 30 s. */
  readonly lingerMs?: number;
}

/** Disables Fastify's own schemas, whose compilers take some hundred files: the contract validates input. */
function noSchemas(): never {
  throw new Error(
    'Routes of this server have no schemas of Fastify: operations are checked by their contract.',
  );
}

/** Limit for a request to arrive, and for its answer to begin. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;

/** The whole server as one Fastify application: headers, API, console. */
export async function createApp({
  services,
  webFolder,
  trustProxy = [],
  slowBodyMs = MAX_SLOW_MS,
  lingerMs = MAX_SLOW_MS,
}: AppOptions): Promise<FastifyInstance> {
  usePlainMessages();
  const app = fastify({
    logger: false,
    // No limit: preparing plugins before the first request, including threads, can take long on a busy machine.
    pluginTimeout: 0,
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    // Long enough for a file of hundreds of megabytes over a slow line and for an answer that takes long to compute,
    // during which the connection is idle. Slow headers are ended by Node (`headersTimeout`), slow forms by
    // `endSlowBodies`.
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: slowBodyMs, connectionsCheckingInterval: Math.min(5_000, slowBodyMs) },
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    clientErrorHandler: answerUnreadable(services.config.origin),
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply.headers(BARE_HEADERS), problemOf(asProblem(error), services.config.origin));
    },
  });
  app.setErrorHandler((error, _request, reply) =>
    sendProblem(reply, problemOf(asProblem(error), services.config.origin)),
  );
  recordMethods(app);
  await securityHeaders(app, services.config.origin);
  await compressAll(app);
  endSlowBodies(app, services.config.origin, slowBodyMs);
  boundConnections(app);
  closeIdleOnClose(app);
  outlastBodies(app, lingerMs);
  const probe = writeProbe(services);
  await metrics(app, services, probe);
  health(app, services, probe);
  // A server that stops would otherwise wait for event streams, which never end by themselves.
  app.addHook('preClose', async () => services.events.end());
  api(app, services);
  reference(app, services.config.origin);
  mcp(app, services);
  calendars(app, services);
  reportLinks(app, services);
  uploadLinks(app, services);
  policyLinks(app, services);
  staffLinks(app, services);
  staffSignInLinks(app, services);
  telemetry(app, services);
  inferenceHooks(app, services);
  serveRobotsFile(app);
  if (webFolder === null) answerWithoutRoute(app, services.config.origin, () => null);
  else await web(app, webFolder, services.config.origin);
  return app;
}
