import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { FoundFile } from '../audit/index.ts';
import { byteReader, NotAsWritten, same } from '../shared/byte-reader.ts';
import { claimed, HEADER, isName, LISTED, LOCAL, type ZipEntry, zipDirectory, zipHeader } from './zip.ts';

export interface ReadZip {
  readonly files: readonly (FoundFile & { readonly time: number })[];
  /** What is wrong with the part after the last file, as a sentence; null if nothing is. */
  readonly end: string | null;
}

/**
 * Reads an evidence room in one pass, holding only a piece of it in memory. Every byte is either content, which goes to
 * `take` and is hashed, or is compared with what the format prescribes. Throws NotAsWritten.
 */
export async function readZip(
  archive: AsyncIterable<Uint8Array>,
  take: (file: Pick<FoundFile, 'name' | 'bytes'>) => (piece: Uint8Array) => void,
): Promise<ReadZip> {
  const input = byteReader(archive);
  const files: (FoundFile & { time: number })[] = [];
  const entries: ZipEntry[] = [];
  const after = () => (files.length === 0 ? 'at its beginning' : `after ${files.at(-1)?.name}`);
  try {
    for (;;) {
      const mark = await input.exactly(LOCAL.length, after());
      if (files.length > 0 && same(mark, LISTED)) break;
      const header = await input.exactly(HEADER, after());
      const length = Buffer.from(header).readUInt16LE(22);
      const name = Buffer.from(await input.exactly(Math.min(length, 300), after())).toString('latin1');
      const entry = claimed(header, name);
      if (
        !isName(name) ||
        !same(Buffer.concat([mark, header, Buffer.from(name, 'latin1')]), zipHeader(entry))
      )
        throw new NotAsWritten(
          files.length === 0
            ? 'The file is not a Bylaw evidence room, or its first bytes were changed.'
            : `The archive was changed ${after()}: what follows is not a file header as Bylaw writes it.`,
        );
      if (files.some((file) => file.name === name))
        throw new NotAsWritten(`${name} is in the archive twice.`);
      const hash = createHash('sha256');
      const receive = take(entry);
      let crc = 0;
      for (let left = entry.bytes; left > 0; ) {
        const piece = await input.upTo(left, `in ${name}`);
        hash.update(piece);
        crc = crc32(piece, crc);
        receive(piece);
        left -= piece.byteLength;
      }
      if (crc !== entry.crc)
        throw new NotAsWritten(`${name} was changed: its content does not give the checksum in the archive.`);
      entries.push(entry);
      files.push({ name, bytes: entry.bytes, sha256: hash.digest('hex'), time: entry.time });
    }
    return { files, end: await endOf(input, entries) };
  } finally {
    await input.close();
  }
}

async function endOf(
  input: ReturnType<typeof byteReader>,
  entries: readonly ZipEntry[],
): Promise<string | null> {
  const due = zipDirectory(entries).subarray(LISTED.length);
  const there = await input.exactly(due.length, 'in the list of its files');
  if (!same(there, due))
    return 'The list of files at the end of the archive is not that of the files in it: a name, a size or a place was changed.';
  return (await input.ended()) ? null : 'Something was added after the end of the archive.';
}
