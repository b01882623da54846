import { createHash } from 'node:crypto';
import { byteReader, NotAsWritten, same } from '../../shared/byte-reader.ts';
import { BLOCK, claimed, END, padding, type TarFile, tarHeader } from './tar.ts';

export interface ReadFile extends TarFile {
  readonly sha256: string;
}

/**
 * Takes an export apart in one pass, holding no more than a piece of it. Every byte is either content that `take` gets
 * and whose SHA-256 comes back, or is compared with what the format prescribes. Throws NotAsWritten.
 */
export async function readTar(
  archive: AsyncIterable<Uint8Array>,
  take: (file: TarFile) => (piece: Uint8Array) => void,
): Promise<readonly ReadFile[]> {
  const input = byteReader(archive);
  const files: ReadFile[] = [];
  try {
    while (true) {
      const header = await input.exactly(BLOCK, afterWords(files));
      if (header.every((byte) => byte === 0)) break;
      const file = claimed(header);
      if (file === null || !same(header, tarHeader(file)))
        throw new NotAsWritten(
          files.length === 0
            ? 'The file is not a Bylaw audit export, or its first bytes were changed.'
            : `The archive was changed ${afterWords(files)}: what follows is not a file header.`,
        );
      const hash = createHash('sha256');
      const receive = take(file);
      for (let left = file.bytes; left > 0; ) {
        const piece = await input.upTo(left, `in ${file.name}`);
        hash.update(piece);
        receive(piece);
        left -= piece.byteLength;
      }
      files.push({ ...file, sha256: hash.digest('hex') });
      const rest = padding(file.bytes);
      if (!same(await input.exactly(rest.length, afterWords(files)), rest))
        throw new NotAsWritten(
          `The archive was changed ${afterWords(files)}: bytes that must be empty are not.`,
        );
    }
    if (!same(await input.exactly(END.length - BLOCK, 'at its end'), END.subarray(BLOCK)))
      throw new NotAsWritten('The archive was changed at its end: bytes that must be empty are not.');
    if (!(await input.ended())) throw new NotAsWritten('Something was added after the end of the archive.');
    return files;
  } finally {
    await input.close();
  }
}

function afterWords(files: readonly ReadFile[]): string {
  const last = files.at(-1);
  return last === undefined ? 'at its beginning' : `after ${last.name}`;
}
