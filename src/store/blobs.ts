import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable, Transform } from 'node:stream';
import { isFull, StorageFull, StoreProblem } from './engine/problems.ts';
import { type FreeBytes, isDiskFull } from './engine/room.ts';

export interface BlobLimits {
  readonly maxBytes: number;
  /** Aborts the write; nothing is kept. */
  readonly signal?: AbortSignal;
}

export interface StoredBlob {
  readonly sha256: string;
  readonly bytes: number;
}

export type BlobState = 'whole' | 'damaged' | 'missing';

/** Files addressed by the SHA-256 of their content. A file is either complete or absent, and never changes. */
export interface Blobs {
  /**
   * Stores the source's content; identical content is stored once. Throws `too_large` above the limit and StorageFull
   * on a full disk. On return, the file is durably on disk.
   */
  put(source: AsyncIterable<Uint8Array>, limits: BlobLimits): Promise<StoredBlob>;
  has(sha256: string): Promise<boolean>;
  /** Streams the content. Fails at the end if the content does not match its hash. Throws `missing`. */
  open(sha256: string): Promise<{ bytes: number; stream: Readable }>;
  /** The whole content, verified before it is returned. Throws `missing` and `damaged`. */
  read(sha256: string): Promise<Uint8Array>;
  /** Reads the whole file and returns whether it still matches its hash. */
  verify(sha256: string): Promise<BlobState>;
  /** All hashes, in order. */
  list(): AsyncIterable<string>;
  /**
   * Removes files without a reference that were not stored within the last day (their row may not be committed yet).
   */
  sweep(known: AsyncIterable<string>): Promise<{ files: number; bytes: number }>;
}

const GRACE_MS = 24 * 3_600_000;
const ROOM_EVERY_BYTES = 8 * 1024 * 1024;

export interface BlobOptions {
  readonly freeBytes?: FreeBytes;
  readonly now?: () => number;
  /** Set it beside a server that may be receiving a file: unfinished files are then kept. */
  readonly beside?: boolean;
}

/** Opens the folder, creates it if missing, and removes unfinished files of earlier processes. */
export async function openBlobs(directory: string, options: BlobOptions = {}): Promise<Blobs> {
  const incoming = join(directory, 'incoming');
  if (options.beside !== true) await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const now = options.now ?? Date.now;

  async function put(source: AsyncIterable<Uint8Array>, limits: BlobLimits): Promise<StoredBlob> {
    const unfinished = join(incoming, randomUUID());
    try {
      const file = await open(unfinished, 'wx', 0o600);
      let stored: StoredBlob;
      try {
        stored = await receive(file, source, limits);
        await file.sync();
      } finally {
        await file.close();
      }
      const folder = join(directory, stored.sha256.slice(0, 2));
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined)
        await flushDirectory(directory);
      // Even if the content already exists: that renews its age for `sweep` and repairs a damaged copy.
      await rename(unfinished, pathOf(directory, stored.sha256));
      await flushDirectory(folder);
      return stored;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw isFull(error) ? new StorageFull(directory, error) : error;
    }
  }

  async function receive(
    file: FileHandle,
    source: AsyncIterable<Uint8Array>,
    limits: BlobLimits,
  ): Promise<StoredBlob> {
    const hash = createHash('sha256');
    let bytes = 0;
    let checkedAt = Number.NEGATIVE_INFINITY;
    for await (const chunk of source) {
      limits.signal?.throwIfAborted();
      if (bytes - checkedAt >= ROOM_EVERY_BYTES) {
        if (await isDiskFull(directory, options.freeBytes)) throw new StorageFull(directory);
        checkedAt = bytes;
      }
      bytes += chunk.byteLength;
      if (bytes > limits.maxBytes) {
        throw new StoreProblem(
          'too_large',
          `The file is larger than ${Math.floor(limits.maxBytes / 1024 / 1024)} MB, so it was not stored.`,
        );
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    limits.signal?.throwIfAborted();
    return { sha256: hash.digest('hex'), bytes };
  }

  async function sizeOf(sha256: string): Promise<number | null> {
    if (!DIGEST.test(sha256)) return null;
    try {
      return (await stat(pathOf(directory, sha256))).size;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async function openStream(sha256: string): Promise<{ bytes: number; stream: Readable }> {
    const bytes = await sizeOf(sha256);
    if (bytes === null) throw missing(sha256);
    // The caller learns of a failure from the stream.
    const stream = pipeline(createReadStream(pathOf(directory, sha256)), checking(sha256), () => {});
    return { bytes, stream };
  }

  async function read(sha256: string): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    for await (const chunk of (await openStream(sha256)).stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function* list(): AsyncIterable<string> {
    const folders = (await readdir(directory)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
    for (const folder of folders) {
      for (const rest of (await readdir(join(directory, folder))).sort()) {
        if (/^[0-9a-f]{62}$/.test(rest)) yield folder + rest;
      }
    }
  }

  return {
    put,
    has: async (sha256) => (await sizeOf(sha256)) !== null,
    open: openStream,
    read,
    list,
    async verify(sha256) {
      try {
        const { stream } = await openStream(sha256);
        for await (const _ of stream);
        return 'whole';
      } catch (error) {
        if (!(error instanceof StoreProblem)) throw error;
        return error.code === 'missing' ? 'missing' : 'damaged';
      }
    },
    async sweep(known) {
      const kept = new Set<string>();
      for await (const sha256 of known) kept.add(sha256);
      let files = 0;
      let bytes = 0;
      for await (const sha256 of list()) {
        if (kept.has(sha256)) continue;
        // Check and remove synchronously, so that no `put` of this process can come between.
        const path = pathOf(directory, sha256);
        const found = statSync(path);
        if (now() - found.mtimeMs < GRACE_MS) continue;
        unlinkSync(path);
        files += 1;
        bytes += found.size;
      }
      return { files, bytes };
    },
  };
}

/** Prevents path traversal: nothing else ever becomes part of a path. */
const DIGEST = /^[0-9a-f]{64}$/;

function pathOf(directory: string, sha256: string): string {
  return join(directory, sha256.slice(0, 2), sha256.slice(2));
}

function checking(sha256: string): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : damaged(sha256));
    },
  });
}

function missing(sha256: string): StoreProblem {
  return new StoreProblem(
    'missing',
    `The evidence ${short(sha256)} is not in the evidence folder. Restore it from a backup.`,
  );
}

function damaged(sha256: string): StoreProblem {
  return new StoreProblem(
    'damaged',
    `The evidence ${short(sha256)} is not what it was when it was stored. Restore it from a backup.`,
  );
}

const short = (sha256: string): string => sha256.slice(0, 12);

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Makes a new directory entry survive a power failure. Windows does so itself and has no call for it. */
export async function flushDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
// Guide: G1.2-08
