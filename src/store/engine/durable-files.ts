import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Start = Parameters<NodeFS['init']>[1];
type Prepare = NonNullable<Start['preRun']>;

/** What the emulated file system keeps of an open file; `nfd` is the descriptor of the operating system. */
interface OpenFile {
  readonly nfd?: number;
}
interface NodeFiles {
  NODEFS: { stream_ops: { fsync?: (file: OpenFile) => number } };
}

/**
 * PGlite's files in a directory, with an fsync that does what it says. Without it PGlite tells PostgreSQL that all is
 * on the disk while it is only in the operating system's memory, where a power cut would find it.
 */
export class DurableFiles extends NodeFS {
  override async init(database: PGlite, start: Start): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, start);
    const prepare = [...list(emscriptenOpts.preRun), installFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun: prepare } };
  }
}

function installFsync(module: unknown): void {
  if (!hasNodeFiles(module)) throw new Error('This version of PGlite cannot be made to write durably.');
  module.NODEFS.stream_ops.fsync = (file) => {
    if (file.nfd === undefined) return 0;
    try {
      fsyncSync(file.nfd);
      return 0;
    } catch (error) {
      // Windows cannot flush a directory; PostgreSQL takes EBADF there for "not needed".
      return error instanceof Error && 'code' in error && (error.code === 'EPERM' || error.code === 'EISDIR')
        ? 8
        : 29;
    }
  };
}

function hasNodeFiles(module: unknown): module is NodeFiles {
  return typeof module === 'object' && module !== null && 'NODEFS' in module;
}

function list(prepare: Prepare | undefined): Extract<Prepare, readonly unknown[]> {
  return prepare === undefined ? [] : Array.isArray(prepare) ? prepare : [prepare];
}
