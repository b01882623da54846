import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { StoreProblem } from '../engine/problems.ts';
import { isSignedBy, type Signer } from '../sign.ts';

/**
 * A backup is an ordinary tar file followed by one line: the SHA-256 of everything before it and, since signatures were
 * introduced, the public key and the Ed25519 signature of that hash. Tar programs ignore what follows the end of the
 * archive, so anyone can unpack a backup, and any changed byte is detected.
 */
const SEAL = /bylaw-backup sha256 ([0-9a-f]{64})(?: key ([0-9a-f]{64}) ed25519 ([A-Za-z0-9_-]{86}))?\n$/;
const MAX_SEAL_BYTES = 300;

/** The line after the end of an archive. */
export interface Seal {
  readonly sha256: string;
  /** The public key that claims to have signed, and whether the signature is valid; null: not signed. */
  readonly signature: { readonly key: string; readonly holds: boolean } | null;
}

function sealLine(sha256: string, signer: Signer | null): string {
  const signed = signer === null ? '' : ` key ${signer.publicKey} ed25519 ${signer.sign(signedText(sha256))}`;
  return `bylaw-backup sha256 ${sha256}${signed}\n`;
}

function signedText(sha256: string): string {
  return `bylaw backup 1\n${sha256}\n`;
}

export interface ArchiveWriter {
  /** Adds a file. `bytes` is its exact size. */
  add(name: string, bytes: number, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
  /** Ends, seals and (given a signer) signs the archive, and flushes it to disk. */
  finish(signer: Signer | null): Promise<{ bytes: number; sha256: string }>;
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
  // A full disk surfaces in the pending `add` or `finish`.
  written.catch((error: Error) => pack.destroy(error));
  return {
    async add(name, size, content) {
      const entry = pack.entry({ name, size, mode: 0o600, mtime: new Date(0) });
      const source = content instanceof Uint8Array ? Readable.from([content]) : Readable.from(content);
      await Promise.race([pipeline(source, entry), written.then(() => Promise.reject(ended()))]);
    },
    async finish(signer) {
      pack.finalize();
      await written;
      const sha256 = hash.digest('hex');
      const seal = sealLine(sha256, signer);
      await file.writeFile(seal);
      await file.sync();
      return { bytes: bytes + seal.length, sha256 };
    },
  };
}

function ended(): Error {
  return new Error('The archive ended before its last file.');
}

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  /** Content that is not read is skipped when the next file is requested. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Throws `damaged` unless the content matches the seal. Only the signature shows who made both. */
export async function checkArchive(path: string): Promise<Seal> {
  const { end, sha256, key, signature } = await sealOf(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { end: end - 1, highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') !== sha256) {
    throw new StoreProblem(
      'damaged',
      'The backup was changed after it was made, so nothing was restored. Use another copy of it.',
    );
  }
  return {
    sha256,
    signature:
      key === undefined || signature === undefined
        ? null
        : { key, holds: isSignedBy(key, signedText(sha256), signature) },
  };
}

/** Offset of the archive's end, and the parts of its seal. */
async function sealOf(path: string) {
  const { size } = await stat(path);
  const start = Math.max(0, size - MAX_SEAL_BYTES);
  const tail = Buffer.concat(await chunks(createReadStream(path, { start }))).toString('latin1');
  const [seal, sha256, key, signature] = SEAL.exec(tail) ?? [];
  if (seal === undefined || sha256 === undefined || size === seal.length) throw cutShort();
  return { end: size - seal.length, sha256, key, signature };
}

/** Files of an archive, in order. Call {@link checkArchive} first. */
export async function* readArchive(path: string): AsyncIterable<ArchiveEntry> {
  const { end } = await sealOf(path);
  const file = await open(path, 'r');
  const extract = tar.extract();
  const feeding = pipeline(file.createReadStream({ end: end - 1 }), extract);
  // The loop below throws the same error.
  feeding.catch(() => {});
  for await (const entry of extract) {
    yield { name: entry.header.name, bytes: entry.header.size, content: bytesOf(entry) };
    entry.resume();
  }
  await feeding;
}

/** The stream library's types do not declare chunks as bytes. */
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
    'This is not a complete Bylaw backup: it was cut off or changed, or it is another kind of file. Nothing was restored. Use another copy.',
  );
}
