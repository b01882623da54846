import { PGlite } from '@electric-sql/pglite';
import { DurableFiles } from './durable-files.ts';

/** The embedded PostgreSQL, spoken to in PostgreSQL's protocol by one caller at a time. */
export interface EmbeddedServer {
  /** Gives what the server answers to some messages. Throws where it crashed, after which it is of no use anymore. */
  exchange(messages: Uint8Array<ArrayBuffer>): Promise<Buffer>;
  close(): Promise<void>;
  /** Lets go of one that has crashed, without asking it anything. */
  abandon(): void;
}

/** What an embedded server starts with. */
export interface EmbeddedStart {
  /** Where its files are; null keeps everything in memory. */
  readonly directory: string | null;
  /** Its files are thrown away with it, so nothing of them need be on the disk. */
  readonly disposable?: boolean;
}

/**
 * `-F` would switch fsync off; flushing must go through fsync, since the emulated fdatasync does nothing. Buffers are
 * small because the operating system caches the files anyway.
 */
const PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings({
    wal_sync_method: 'fsync',
    shared_buffers: '8MB',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    // A new segment need not be written twice: it is flushed with fsync, which knows of what was filled in.
    wal_init_zero: 'off',
    timezone: 'UTC',
  }),
];

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts PostgreSQL in the thread of the caller, which does nothing else while it works. */
export async function startServer(begin: EmbeddedStart): Promise<EmbeddedServer> {
  return serverOn(await startDatabase(begin));
}

/** {@link startServer}, as PGlite itself. `from` is a data directory as PGlite dumps it, for one in memory to start from. */
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
        // A view of memory that the server writes over: copied.
        onRawData: (piece) => pieces.push(Buffer.from(piece)),
      });
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
    close: () => database.close(),
    abandon: () => {},
  };
}
