import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import type { MetricsAccess } from '#features/metrics-access.ts';
import type { Counted } from '#features/tally.ts';
import { WORKSPACE } from '#store/audit.ts';
import { figures } from '#store/figures.ts';
import type { WriteProbe } from './health.ts';
import { pathOf, sendNotFound } from './not-found.ts';

type PromClient = typeof import('prom-client');

/** Milliseconds to wait for the database's figures before leaving them out of the answer. */
const DATABASE_TIMEOUT_MS = 3_000;
/** Histogram buckets for durations, in seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/**
 * `/metrics` in Prometheus text format, for callers that the settings allow; to everyone else it does not exist.
 * Contains no name of a client or person. Figures that the database does not return are left out, not reported as 0.
 */
export async function metrics(app: FastifyInstance, services: Services, probe: WriteProbe): Promise<void> {
  const { metrics: access = null } = services.config;
  if (access === null) return;
  // Loaded only if enabled, because it starts measuring the event loop.
  const prom = await import('prom-client');
  const registry = new prom.Registry();
  prom.collectDefaultMetrics({ register: registry });
  countRequests(app, prom, registry);
  ofProcess(prom, registry, services);
  app.get('/metrics', async (request, reply) => {
    if (!access.allows(askedBy(request))) return sendNotFound(reply);
    const own = await registry.metrics();
    const stored = await ofDatabase(prom, services, probe);
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(`${own}\n${await stored.metrics()}`);
  });
}

function askedBy(request: FastifyRequest): Parameters<MetricsAccess['allows']>[0] {
  const { headers, ip } = request;
  const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return {
    ip,
    authorization: headers.authorization,
    throughUnknownProxy: proxied && ip === request.socket.remoteAddress,
  };
}

function countRequests(
  app: FastifyInstance,
  prom: PromClient,
  registry: InstanceType<PromClient['Registry']>,
) {
  const durations = new prom.Histogram({
    name: 'bylaw_http_request_duration_seconds',
    help: 'Requests answered, by surface and status, not counting event streams.',
    labelNames: ['surface', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url === '/metrics') return;
    // An event stream stays open as long as its page, so its duration says nothing.
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return;
    durations.observe(
      { surface: surfaceOf(pathOf(request.url)), status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
  });
}

const SURFACES: readonly (readonly [string, string])[] = [
  ['/api/', 'api'],
  ['/v1/', 'telemetry'],
  ['/mcp', 'mcp'],
  ['/calendar/', 'calendar'],
  ['/report/', 'report'],
  ['/upload/', 'upload'],
  ['/livez', 'health'],
  ['/readyz', 'health'],
  ['/healthz', 'health'],
];

function surfaceOf(path: string): string {
  return SURFACES.find(([start]) => path.startsWith(start))?.[1] ?? 'page';
}

/** Counters of this process. */
function ofProcess(
  prom: PromClient,
  registry: InstanceType<PromClient['Registry']>,
  { tally, activityLog, telemetrySpool }: Services,
): void {
  const counter = (counted: Counted, name: string, help: string, labelNames: readonly string[]) => {
    new prom.Counter({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [label, count] of tally.of(counted)) {
          const values = label.split('/');
          this.inc(Object.fromEntries(labelNames.map((of, at) => [of, values[at] ?? ''])), count);
        }
      },
    });
  };
  const gauge = (name: string, help: string, value: () => number | Promise<number>) => {
    new prom.Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  };
  counter(
    'activities',
    'bylaw_activities_total',
    'Activities received, by whether the log already had them.',
    ['result'],
  );
  counter(
    'telemetry_refused',
    'bylaw_telemetry_refused_total',
    'Telemetry records or requests that were refused or left out, by reason.',
    ['reason'],
  );
  counter(
    'telemetry_queue',
    'bylaw_telemetry_queue_requests_total',
    'Telemetry requests queued on disk, stored from there, or set aside as unreadable.',
    ['step'],
  );
  counter('jobs', 'bylaw_job_runs_total', 'Runs of jobs, by how they ended.', ['job', 'result']);
  gauge('bylaw_activities_waiting', 'Activities accepted but not written yet.', () => activityLog.waiting);
  let size: ReturnType<typeof telemetrySpool.size> = Promise.resolve({ entries: 0, bytes: 0 });
  gauge('bylaw_telemetry_queue_entries', 'Telemetry requests waiting on disk.', async () => {
    size = telemetrySpool.size();
    return (await size).entries;
  });
  gauge('bylaw_telemetry_queue_bytes', 'Bytes of telemetry waiting on disk.', async () => (await size).bytes);
}

/**
 * Current figures of the database, in a registry of their own; if it does not answer, only the fact that it is down.
 */
async function ofDatabase(
  prom: PromClient,
  { store, log }: Services,
  probe: WriteProbe,
): Promise<InstanceType<PromClient['Registry']>> {
  const registry = new prom.Registry();
  const put = (
    name: string,
    help: string,
    value: number | Readonly<Record<string, number>>,
    label?: string,
  ) => {
    const gauge = new prom.Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
    });
    if (typeof value === 'number') gauge.set(value);
    else for (const [of, count] of Object.entries(value)) gauge.set({ [label ?? '']: of }, count);
  };
  const problem = await Promise.race([probe(), after(DATABASE_TIMEOUT_MS, 'late')]);
  put('bylaw_database_up', 'Whether the database accepts writes: 1 or 0.', problem === null ? 1 : 0);
  const now = await Promise.race([
    store
      .read('system', (tx) => figures(tx, WORKSPACE))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the database does not give the figures for /metrics');
        return null;
      }),
    after(DATABASE_TIMEOUT_MS, null),
  ]);
  if (now === null) return registry;
  put('bylaw_sinks', 'Sinks by state.', now.sinks, 'state');
  put('bylaw_sink_delivered_events', 'Events that sinks have accepted so far.', now.delivered);
  put('bylaw_sink_waiting_activities', 'Activities waiting for a sink.', now.waiting);
  put('bylaw_sink_dead_events', 'Events that a sink refused and that are waiting for a person.', now.dead);
  put('bylaw_imports', 'Imports by state.', Object.fromEntries(now.imports), 'state');
  put('bylaw_audit_records', 'Records of the audit log, over all chains.', now.auditRecords);
  put('bylaw_audit_head', 'Number of the workspace’s last record.', now.auditHead);
  return registry;
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}
