import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { FoundFile } from '../audit/index.ts';
import { MAX_WITHOUT_ZIP64, type ZipEntry, zipDirectory, zipHeader, zipTime } from './zip.ts';

export interface ZipFile {
  /** Writes a file while its content arrives, and returns its description. */
  add(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<FoundFile>;
  /** Writes the end of the archive and returns its total size in bytes. */
  end(): Promise<number>;
}

/** Creates an archive in a new file, which the caller closes. Each header is rewritten when the content is known. */
export async function zipFile(path: string, at: Date): Promise<ZipFile & { close(): Promise<void> }> {
  const handle = await open(path, 'wx', 0o600);
  const time = zipTime(at);
  const entries: ZipEntry[] = [];
  let place = 0;
  return {
    async add(name, content) {
      const start = place;
      place += zipHeader({ name, bytes: 0, crc: 0, time }).length;
      const hash = createHash('sha256');
      const from = place;
      let crc = 0;
      for await (const piece of content) {
        hash.update(piece);
        crc = crc32(piece, crc);
        await whole(handle, piece, place);
        place += piece.byteLength;
        if (place > MAX_WITHOUT_ZIP64)
          throw new Error('an evidence room outgrew what a ZIP archive can hold');
      }
      const entry = { name, bytes: place - from, crc, time };
      await whole(handle, zipHeader(entry), start);
      entries.push(entry);
      return { name, bytes: entry.bytes, sha256: hash.digest('hex') };
    },
    async end() {
      const directory = zipDirectory(entries);
      await whole(handle, directory, place);
      return place + directory.length;
    },
    close: () => handle.close(),
  };
}

/** Writes the whole piece; a single write may be partial. */
async function whole(handle: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.byteLength; ) {
    const { bytesWritten } = await handle.write(piece, done, piece.byteLength - done, at + done);
    done += bytesWritten;
  }
}
