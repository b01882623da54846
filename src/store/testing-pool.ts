import type { PGlite } from '@electric-sql/pglite';
import { type EmbeddedServer, serverOn, startDatabase } from './engine/embedded-server.ts';

/** Servers that nobody uses now; two, for tests with two stores at a time. */
const SPARE = 2;
const spare: Resettable[] = [];

interface Resettable {
  readonly database: PGlite;
  /** Makes it what it was when it had started; false: it holds too much by now to be worth keeping. */
  reset(): boolean;
}

/**
 * A server in memory that holds `from` and nothing else. To start one takes longer than most tests, so one that was
 * closed is put back, byte by byte, to the moment after its start, and used again: nothing of what a test did to it is left,
 * be it rows, tables, settings, plans or the places of rows.
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
 * PostgreSQL reads its catalog as tables are used first, which took a third of the time of a test's first pages: this is
 * done once for all tests. Of what a table holds it reads nothing.
 */
const LOOK_AT_TABLES = `do $$ declare one text; begin
  for one in select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute 'select * from ' || one || ' where false';
  end loop;
end $$`;

async function started(from: Blob): Promise<Resettable> {
  const database = await startDatabase({ directory: null }, from);
  // The emulated loader keeps what it loaded outside of the memory that is put back: so it is loaded before.
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

/** All of the state of a WebAssembly program that waits for its next call, most of which is zeros. */
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

/** What Emscripten keeps of its files in memory: https://github.com/emscripten-core/emscripten/blob/main/src/lib/libmemfs.js */
interface EmulatedFile {
  name: string;
  parent: EmulatedFile;
  mode: number;
  /** The next in the same list of `nameTable`. */
  name_next?: EmulatedFile;
  /** Bytes of a file, of which `usedBytes` count; files of a folder by name. */
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
    // In its place: a copy of the log, 16 MB after each test, had all of the heap looked through for garbage.
    now.set(bytes);
    now.fill(0, bytes.length);
    Object.assign(file, { usedBytes });
  };
}
