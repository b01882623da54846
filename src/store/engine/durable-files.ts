import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { holdBackParser } from './hold-back.ts';
import { errorCode } from './problems.ts';

type Start = Parameters<NodeFS['init']>[1];
type WhenMade = (instance: unknown, program: unknown) => void;
type Prepare = NonNullable<Start['preRun']>;

/** What the emulated file system keeps of an open file; `nfd` is the descriptor of the operating system. */
interface OpenFile {
  readonly nfd?: number;
}

/** The parts of the embedded server that are changed before it starts. */
interface Internals {
  NODEFS: { stream_ops: { fsync?: (file: OpenFile) => number } };
  onAbort?: (what: unknown) => void;
  _PostgresMainLoopOnce?: () => void;
  stackRestore?: () => void;
  _PostgresSendReadyForQueryIfNecessary?: () => void;
  _pgl_pq_flush?: () => void;
}

/**
 * PGlite's files in a directory, with an fsync that does what it says, and with an end when the server crashes. Without
 * the first PGlite tells PostgreSQL that all is on the disk while it is only in the operating system's memory, where a
 * power cut would find it. Without the second PGlite asks a server that has crashed again and again, for ever.
 */
export class DurableFiles extends NodeFS {
  override async init(database: PGlite, start: Start): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, start);
    const prepare = [...list(emscriptenOpts.preRun), change];
    const { instantiateWasm } = emscriptenOpts;
    const made = (imports: unknown, whenMade: WhenMade): unknown =>
      instantiateWasm(imports, (instance: unknown, program: unknown) => {
        holdBackParser(program, imports);
        whenMade(instance, program);
      });
    return { emscriptenOpts: { ...emscriptenOpts, instantiateWasm: made, preRun: prepare } };
  }
}

function change(server: unknown): void {
  if (!hasFiles(server)) throw new Error('This version of PGlite cannot be made to write durably.');
  server.NODEFS.stream_ops.fsync = flush;
  server.onAbort = () => {
    const crashed = (): never => {
      throw new Error('The embedded database crashed.');
    };
    // PGlite's loop calls the first, and the second when that threw; then it says that it is ready for more.
    server._PostgresMainLoopOnce = crashed;
    server.stackRestore = crashed;
    server._PostgresSendReadyForQueryIfNecessary = () => {};
    server._pgl_pq_flush = () => {};
  };
}

/** Numbers of errors as the server's C library has them. */
const EBADF = 8;
const EIO = 29;

function flush(file: OpenFile): number {
  if (file.nfd === undefined) return 0;
  try {
    fsyncSync(file.nfd);
    return 0;
  } catch (error) {
    // Windows cannot flush a directory; PostgreSQL takes EBADF there for "not needed".
    const code = errorCode(error);
    return code === 'EPERM' || code === 'EISDIR' ? EBADF : EIO;
  }
}

function hasFiles(server: unknown): server is Internals {
  return typeof server === 'object' && server !== null && 'NODEFS' in server;
}

function list(prepare: Prepare | undefined): Extract<Prepare, readonly unknown[]> {
  return prepare === undefined ? [] : Array.isArray(prepare) ? prepare : [prepare];
}
