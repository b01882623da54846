import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Services } from '#features/context.ts';
import { StoreProblem } from '#store/engine/problems.ts';

/** Milliseconds after which a database that has not written counts as unable to. */
const WRITE_TIMEOUT_MS = 5_000;
/** Milliseconds for which a result is reused, so that frequent probes do not keep the disk busy. */
const CACHE_MS = 1_000;

/** Why the database cannot write, for a person; null: it can. */
export type WriteProbe = () => Promise<string | null>;

/** Probes whether the database can write, at most once a second. */
export function writeProbe(services: Services): WriteProbe {
  let last: { readonly at: number; readonly problem: Promise<string | null> } | null = null;
  return () => {
    const now = performance.now();
    if (last === null || now - last.at > CACHE_MS) last = { at: now, problem: problemOfWriting(services) };
    return last.problem;
  };
}

/**
 * `/livez`: this process answers. `/readyz` and `/healthz`: the database can write durably; otherwise 503 with the
 * reason. For load balancers and monitors; no sign-in needed.
 */
export function health(app: FastifyInstance, services: Services, probe: WriteProbe): void {
  const { version } = services.config;
  app.get('/livez', async (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  for (const url of ['/readyz', '/healthz'])
    app.get(url, async (_request, reply) => {
      const found = await probe();
      reply.header('cache-control', 'no-store');
      return found === null
        ? reply.send({ ok: true, version })
        : reply.code(503).header('retry-after', '10').send({ ok: false, version, problem: found });
    });
}

async function problemOfWriting({ store, log }: Services): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, WRITE_TIMEOUT_MS, 'The database has not written anything for 5 seconds.');
  });
  // A logical message in the write-ahead log: it changes no table, but is flushed to disk before the call returns.
  const written = store
    .write('system', (tx) => sql`select pg_logical_emit_message(true, 'bylaw', 'ready')`.execute(tx))
    .then(
      () => null,
      (error: unknown) => {
        log.warn({ err: error }, 'the database does not write');
        return error instanceof StoreProblem ? error.message : 'The database does not write.';
      },
    );
  try {
    return await Promise.race([written, late]);
  } finally {
    clearTimeout(timer);
  }
}
