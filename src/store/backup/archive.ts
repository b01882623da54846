import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { StoreProblem } from '../engine/problems.ts';

/**
 * A backup is an ordinary tar file with one line after its end: the SHA-256 of all that comes before. Tar programs do
 * not look past the end, so anybody can open a backup, and no byte of it can change unseen.
 */
const SEAL_WORDS = 'bylaw-backup sha256 ';
const SEAL_BYTES = SEAL_WORDS.length + 64 + 1;

export interface ArchiveWriter {
  /** Adds a file. `bytes` is its exact size. */
  add(name: string, bytes: number, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
  /** Ends and seals the archive, with all of it on the disk. Gives its size. */
  finish(): Promise<{ bytes: number; sha256: string }>;
}

/** Writes an archive to an open, empty file. */
export function writeArchive(file: FileHandle): ArchiveWriter {
  const pack = tar.pack();
  const hash = createHash('sha256');
  let bytes = 0;
  const written = (async () => {
    for await (const chunk of bytesOf(pack)) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await file.writeFile(chunk);
    }
  })();
  // A full disk is told by whoever waits: `add` or `finish`.
  written.catch((error: Error) => pack.destroy(error));
  return {
    async add(name, size, content) {
      const entry = pack.entry({ name, size, mode: 0o600, mtime: new Date(0) });
      const source = content instanceof Uint8Array ? Readable.from([content]) : Readable.from(content);
      await Promise.race([pipeline(source, entry), written.then(() => Promise.reject(ended()))]);
    },
    async finish() {
      pack.finalize();
      await written;
      const sha256 = hash.digest('hex');
      await file.writeFile(`${SEAL_WORDS}${sha256}\n`);
      await file.sync();
      return { bytes: bytes + SEAL_BYTES, sha256 };
    },
  };
}

function ended(): Error {
  return new Error('The archive ended before its last file.');
}

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  /** What is not read of it is passed over when the next file is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Throws `damaged` unless every byte of the file is as it was when the backup was made. */
export async function checkArchive(path: string): Promise<void> {
  const { size } = await stat(path);
  const end = size - SEAL_BYTES;
  if (end <= 0) throw cutShort();
  const seal = Buffer.concat(await chunks(createReadStream(path, { start: end }))).toString('latin1');
  if (!seal.startsWith(SEAL_WORDS)) throw cutShort();
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { end: end - 1, highWaterMark: 1 << 20 }), hash);
  if (seal !== `${SEAL_WORDS}${hash.digest('hex')}\n`) {
    throw new StoreProblem(
      'damaged',
      'The backup was changed after it was made, so nothing was restored. Use another copy of it.',
    );
  }
}

/** The files of an archive in their order. Check the archive first. */
export async function* readArchive(path: string): AsyncIterable<ArchiveEntry> {
  const { size } = await stat(path);
  const file = await open(path, 'r');
  const extract = tar.extract();
  const feeding = pipeline(file.createReadStream({ end: size - SEAL_BYTES - 1 }), extract);
  // The loop below ends with the same error.
  feeding.catch(() => {});
  for await (const entry of extract) {
    yield { name: entry.header.name, bytes: entry.header.size, content: bytesOf(entry) };
    entry.resume();
  }
  await feeding;
}

/** The stream library's types do not say that its chunks are bytes. */
async function* bytesOf(stream: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A tar file is made of bytes.');
    yield chunk;
  }
}

async function chunks(stream: Readable): Promise<Buffer[]> {
  const read: Buffer[] = [];
  for await (const chunk of stream) read.push(chunk);
  return read;
}

function cutShort(): StoreProblem {
  return new StoreProblem(
    'damaged',
    'This is no whole backup of Bylaw: it was cut short, changed, or is another kind of file. Nothing was restored. Use another copy.',
  );
}
