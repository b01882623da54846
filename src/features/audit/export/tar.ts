/**
 * The one way in which an export is written as a TAR archive (POSIX ustar): every byte that is not a file's content
 * follows from the file's name, its size and the time of the export. A verifier writes the same headers again and
 * compares, so nothing can hide in a header, in the padding or behind the end.
 */
export const BLOCK = 512;

/** Largest file that the header's eleven octal digits can tell. */
export const MAX_FILE_BYTES = 8 ** 11 - 1;

export interface TarFile {
  readonly name: string;
  readonly bytes: number;
  /** Seconds since 1970. */
  readonly time: number;
}

export function tarHeader({ name, bytes, time }: TarFile): Uint8Array {
  if (!/^[\x21-\x7e]{1,99}$/.test(name))
    throw new Error(`“${name}” cannot be the name of a file in an export`);
  if (bytes > MAX_FILE_BYTES) throw new Error(`${name} is too large for an export`);
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${octal(bytes, 11)}\0`);
  put(136, `${octal(time, 11)}\0`);
  put(148, ' '.repeat(8));
  put(156, '0');
  put(257, 'ustar\x0000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\0 `);
  return header;
}

/** Zeros that fill the last block of a file. */
export function padding(bytes: number): Uint8Array {
  return new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** Two empty blocks close the archive. */
export const END = new Uint8Array(2 * BLOCK);

/** Name, size and time that a header claims; null where it is no header. The caller compares all of its bytes. */
export function claimed(header: Uint8Array): TarFile | null {
  const text = new TextDecoder('latin1').decode(header);
  const name = text.slice(0, 100).split('\0')[0] ?? '';
  const bytes = /^[0-7]{11}\0$/.test(text.slice(124, 136)) ? Number.parseInt(text.slice(124, 135), 8) : null;
  const time = /^[0-7]{11}\0$/.test(text.slice(136, 148)) ? Number.parseInt(text.slice(136, 147), 8) : null;
  if (bytes === null || time === null || !/^[\x21-\x7e]{1,99}$/.test(name)) return null;
  return { name, bytes, time };
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
