import pg from 'pg';
import { type Answer, counted, type Engine, parserOf, type Session } from './engine.ts';
import { listenOn } from './listen.ts';
import {
  errorCode,
  isFull,
  isLostConnection,
  StorageFull,
  StoreProblem,
  StoreUnavailable,
} from './problems.ts';

/** A PostgreSQL server. Broken connections are discarded, so the store works again as soon as the server does. */
export function serverEngine(databaseUrl: string, options: { connections?: number } = {}): Engine {
  const place = describe(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 300_000,
    keepAlive: true,
    pipeline: true,
    application_name: 'bylaw',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        format === 'binary' ? pg.types.getTypeParser(oid, format) : parserOf(oid),
    },
  });
  // An idle connection that breaks emits an event; without a listener, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  let closing: Promise<void> | null = null;

  const engine: Engine = {
    kind: 'server',
    place,
    async session(use) {
      const client = await pool.connect().catch((error: unknown) => {
        throw isLostConnection(error)
          ? new StoreUnavailable('not_stored', error)
          : (tlsProblem(error, place) ?? error);
      });
      let broken = false;
      const session: Session = {
        async begin({ mode, role, scope }) {
          const as = role === null ? '' : `set local role ${client.escapeIdentifier(role)};`;
          const seeing = `select set_config('bylaw.scope', ${client.escapeLiteral(scope)}, true)`;
          await guarded(() => client.query(`begin ${mode}; ${as} ${seeing}`));
        },
        query: (sql, parameters = []) => guarded(() => client.query(sql, [...parameters])),
        script: (sql) => guarded(() => client.query(sql)),
      };
      async function guarded<R>(run: () => Promise<unknown>): Promise<Answer<R>> {
        try {
          return answer<R>(await run());
        } catch (error) {
          if (isLostConnection(error)) {
            broken = true;
            throw new StoreUnavailable('not_stored', error);
          }
          throw isFull(error) ? new StorageFull(place, error) : error;
        }
      }
      try {
        return await use(session);
      } finally {
        client.release(broken);
      }
    },
    snapshot: (_folder, use) => engine.session(use),
    listen: (channel, heard) => listenOn(databaseUrl, channel, heard),
    roomToWrite: async () => {},
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
  return engine;
}

/** Why no encrypted connection could be established, for the operator; null: another problem. */
function tlsProblem(error: unknown, place: string): StoreProblem | null {
  if (!(error instanceof Error)) return null;
  // The driver throws this one without a code.
  if (/does not support SSL connections/u.test(error.message))
    return new StoreProblem(
      'unsafe',
      `${upperFirst(place)} offers no TLS. Switch it on there (ssl = on), or set BYLAW_DATABASE_TLS=off if the connection to it is safe.`,
      { cause: error },
    );
  const code = errorCode(error) ?? '';
  if (!/^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/u.test(code)) return null;
  return new StoreProblem(
    'unsafe',
    `${upperFirst(place)} has a certificate that does not prove that it is the right server (${code}). Name the certificate of its authority in DATABASE_URL with sslrootcert=/path/ca.pem.`,
    { cause: error },
  );
}

function upperFirst(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The last of the driver's results, which are an array for several statements and an object for one. */
function answer<R>(result: unknown): Answer<R> {
  const last: pg.QueryResult = Array.isArray(result) ? result.at(-1) : result;
  return {
    rows: last.rows ?? [],
    command: last.command ?? '',
    changed: counted(last.command ?? '', last.rowCount),
  };
}

function describe(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'the PostgreSQL server';
  const url = new URL(databaseUrl);
  return `the PostgreSQL database ${decodeURIComponent(url.pathname.slice(1)) || '(default)'} on ${url.host || 'this machine'}`;
}
