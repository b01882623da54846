import { PGlite } from '@electric-sql/pglite';
import { DurableFiles } from './durable-files.ts';

/** The embedded PostgreSQL, accessed through PostgreSQL's protocol by one caller at a time. */
export interface EmbeddedServer {
  /** Returns the server's response to messages. Throws if it crashed, after which it cannot be used anymore. */
  exchange(messages: Uint8Array<ArrayBuffer>): Promise<Buffer>;
  close(): Promise<void>;
  /** Disposes of a crashed server without sending it anything. */
  abandon(): void;
}

/** Options for starting an embedded server. */
export interface EmbeddedStart {
  /** Data directory; null: in memory. */
  readonly directory: string | null;
  /** The files are deleted with the server, so they need not be durable. */
  readonly disposable?: boolean;
}

/**
 * `-F` would disable fsync. Flushing has to use fsync, because the emulated fdatasync does nothing. Shared buffers are
 * small, because the operating system caches the files anyway.
 */
const PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings({
    wal_sync_method: 'fsync',
    shared_buffers: '8MB',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    // New segments need not be zero-filled first: they are flushed with fsync, which includes the file's size.
    wal_init_zero: 'off',
    timezone: 'UTC',
  }),
];

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts PostgreSQL in the calling thread, which is blocked while it works. */
export async function startServer(begin: EmbeddedStart): Promise<EmbeddedServer> {
  return serverOn(await startDatabase(begin));
}

/**
 * {@link startServer}, returning PGlite itself. `from` is a data directory as dumped by PGlite, from which an
 * in-memory one starts.
 */
export async function startDatabase(
  { directory, disposable = false }: EmbeddedStart,
  from: Blob | null = null,
): Promise<PGlite> {
  const database = new PGlite({
    ...(directory === null ? {} : { fs: new DurableFiles(directory) }),
    ...(from === null ? {} : { loadDataDir: from }),
    startParams: disposable ? [...PARAMETERS, '-F'] : PARAMETERS,
  });
  await database.waitReady;
  return database;
}

export function serverOn(database: PGlite): EmbeddedServer {
  return {
    async exchange(messages) {
      const pieces: Buffer[] = [];
      await database.execProtocolRawStream(messages, {
        syncToFs: false,
        // Copy, because the server will overwrite this view of its memory.
        onRawData: (piece) => pieces.push(Buffer.from(piece)),
      });
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
    close: () => database.close(),
    abandon: () => {},
  };
}
