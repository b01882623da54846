import type { PGlite } from '@electric-sql/pglite';
import { type EmbeddedServer, serverOn, startDatabase } from './engine/embedded-server.ts';

/** Maximum idle servers: two, for tests with two stores at a time. */
const SPARE = 2;
const spare: Resettable[] = [];

interface Resettable {
  readonly database: PGlite;
  /** Restores its state after startup; false: it has grown too large to be worth keeping. */
  reset(): boolean;
}

/**
 * An in-memory server that contains only `from`. Starting one takes longer than most tests, so a closed one is reset
 * byte by byte to its state after startup and reused. Nothing of a test remains: no rows, tables, settings, plans or
 * physical row locations.
 */
export async function pooledServer(from: Blob): Promise<EmbeddedServer> {
  const one = spare.pop() ?? (await started(from));
  return {
    ...serverOn(one.database),
    async close() {
      if (spare.length < SPARE && one.reset()) spare.push(one);
      else await one.database.close();
    },
  };
}

/**
 * PostgreSQL loads its catalog when tables are first used, which took a third of the time of a test's first pages. This
 * loads it once for all tests, without reading any rows.
 */
const LOOK_AT_TABLES = `do $$ declare one text; begin
  for one in select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute 'select * from ' || one || ' where false';
  end loop;
end $$`;

async function started(from: Blob): Promise<Resettable> {
  const database = await startDatabase({ directory: null }, from);
  // The emulated dynamic loader keeps its state outside the memory that is reset, so it must load before the snapshot.
  await database.exec('do $$ begin end $$');
  await database.exec(LOOK_AT_TABLES);
  const memory = rememberMemory(database.Module.wasmMemory);
  const files = rememberFiles(database.Module.FS as unknown as EmulatedFiles);
  return {
    database,
    reset() {
      if (!memory()) return false;
      files();
      return true;
    },
  };
}

const PAGE = 65_536;
const EMPTY = Buffer.alloc(PAGE);

/** Snapshots all memory of an idle WebAssembly program, most of which is zeros. Returns a function that restores it. */
function rememberMemory(memory: { readonly buffer: ArrayBuffer }): () => boolean {
  const page = (at: number) => Buffer.from(memory.buffer, at, PAGE);
  const size = memory.buffer.byteLength;
  const kept: Buffer[] = [];
  for (let at = 0; at < size; at += PAGE) kept.push(page(at).equals(EMPTY) ? EMPTY : Buffer.from(page(at)));
  return () => {
    if (memory.buffer.byteLength > 2 * size) return false;
    for (let at = 0; at < memory.buffer.byteLength; at += PAGE) {
      const was = kept[at / PAGE] ?? EMPTY;
      if (!page(at).equals(was)) was.copy(page(at));
    }
    return true;
  };
}

/** Emscripten's in-memory files: https://github.com/emscripten-core/emscripten/blob/main/src/lib/libmemfs.js */
interface EmulatedFile {
  name: string;
  parent: EmulatedFile;
  mode: number;
  /** Next node in the same bucket of `nameTable`. */
  name_next?: EmulatedFile;
  /** Bytes of a file (the first `usedBytes` are valid), or files of a directory by name. */
  contents?: Uint8Array | Record<string, EmulatedFile>;
  usedBytes?: number;
}
interface EmulatedFiles {
  nameTable: (EmulatedFile | undefined)[];
  streams: ({ fd: number | null; position: number; flags: number } | null)[];
}

function rememberFiles(files: EmulatedFiles): () => void {
  const lists = [...files.nameTable];
  const streams = files.streams.map((stream) => {
    if (!stream) return stream;
    const { fd, position, flags } = stream;
    return () => Object.assign(stream, { fd, position, flags });
  });
  const restores: (() => void)[] = [];
  for (const first of lists)
    for (let file = first; file; file = file.name_next) restores.push(rememberFile(file));
  return () => {
    files.nameTable.splice(0, Number.POSITIVE_INFINITY, ...lists);
    for (const restore of restores) restore();
    files.streams.splice(0, Number.POSITIVE_INFINITY, ...streams.map((open) => open?.() ?? null));
  };
}

function rememberFile(file: EmulatedFile): () => void {
  const { name, parent, mode, name_next, contents, usedBytes } = file;
  const there = { name, parent, mode, name_next };
  if (!(contents instanceof Uint8Array))
    return () => void Object.assign(file, there, contents === undefined ? {} : { contents: { ...contents } });
  const bytes = Buffer.from(contents.subarray(0, usedBytes));
  return () => {
    Object.assign(file, there);
    const now = file.contents;
    if (!(now instanceof Uint8Array) || now.length < bytes.length) {
      Object.assign(file, { contents: new Uint8Array(bytes), usedBytes });
      return;
    }
    if (file.usedBytes === usedBytes && bytes.equals(now.subarray(0, usedBytes))) return;
    // Written in place: replacing the log with a 16 MB copy after each test triggered full garbage collections.
    now.set(bytes);
    now.fill(0, bytes.length);
    Object.assign(file, { usedBytes });
  };
}
