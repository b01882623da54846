import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { holdBackParser } from './hold-back.ts';
import { errorCode } from './problems.ts';

type Start = Parameters<NodeFS['init']>[1];
type WhenMade = (instance: unknown, program: unknown) => void;
type Prepare = NonNullable<Start['preRun']>;

/** The emulated file system's state of an open file; `nfd` is the operating system's descriptor. */
interface OpenFile {
  readonly nfd?: number;
}

/** The parts of the embedded server that are patched before it starts. */
interface Internals {
  NODEFS: { stream_ops: { fsync?: (file: OpenFile) => number } };
  onAbort?: (what: unknown) => void;
  _PostgresMainLoopOnce?: () => void;
  stackRestore?: () => void;
  _PostgresSendReadyForQueryIfNecessary?: () => void;
  _pgl_pq_flush?: () => void;
}

/**
 * PGlite's file system in a directory, with a real fsync and with an end after a crash. Without the former, PGlite
 * reports data as durable while it is only in the operating system's memory and would be lost in a power failure.
 * Without the latter, PGlite keeps calling a crashed server forever.
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
    // PGlite's loop calls the first function, and the second one if that threw, which reports "ready for more".
    server._PostgresMainLoopOnce = crashed;
    server.stackRestore = crashed;
    server._PostgresSendReadyForQueryIfNecessary = () => {};
    server._pgl_pq_flush = () => {};
  };
}

/** Error numbers of the server's C library. */
const EBADF = 8;
const EIO = 29;

function flush(file: OpenFile): number {
  if (file.nfd === undefined) return 0;
  try {
    fsyncSync(file.nfd);
    return 0;
  } catch (error) {
    // Windows cannot flush a directory; PostgreSQL treats EBADF as "not needed".
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
