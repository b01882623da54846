import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { FoundFile } from '../audit/index.ts';
import { LARGEST, type ZipEntry, zipDirectory, zipHeader, zipTime } from './zip.ts';

export interface ZipFile {
  /** Writes a file as its content comes, and says what it was. */
  add(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<FoundFile>;
  /** Writes the end. Bytes of the whole archive. */
  end(): Promise<number>;
}

/** Begins an archive in a new file, which the caller closes. A header is written again once its content is known. */
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
        if (place > LARGEST) throw new Error('an evidence room outgrew what a ZIP archive can hold');
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

/** Writes all of a piece, since a write may take only a part of it. */
async function whole(handle: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.byteLength; ) {
    const { bytesWritten } = await handle.write(piece, done, piece.byteLength - done, at + done);
    done += bytesWritten;
  }
}
