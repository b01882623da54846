/**
 * The only form in which an evidence room is written as a ZIP archive (APPNOTE 6.3): nothing is compressed, and every
 * byte outside the content follows from name, size, checksum and the time of the export. A verifier generates the same
 * headers and compares, so nothing can be hidden in a header, between files or after the end.
 */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  /** CRC-32 of the content. */
  readonly crc: number;
  /** Date and time in MS-DOS format, in UTC. */
  readonly time: number;
}

export const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
export const LISTED = Buffer.from('PK\x01\x02', 'latin1');
const END = Buffer.from('PK\x05\x06', 'latin1');
/** Bytes of a file header between its signature and its name. */
export const HEADER = 26;
/** Maximum bytes and files without the ZIP64 extensions. */
export const MAX_WITHOUT_ZIP64 = 0xffffffff;
export const MAX_FILES = 0xffff - 1;

/** Names that mean the same file on every system. */
const NAME = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[a-z0-9](?:[\w.-]|\/(?=[\w.-])){0,199}$/i;

export function isName(name: string): boolean {
  return NAME.test(name);
}

function common({ name, bytes, crc, time }: ZipEntry): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16LE(20, 0);
  header.writeUInt32LE(time, 6);
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(bytes, 14);
  header.writeUInt32LE(bytes, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

/** The header before the content of a file. */
export function zipHeader(entry: ZipEntry): Buffer {
  if (!isName(entry.name))
    throw new Error(`“${entry.name}” cannot be the name of a file in an evidence room`);
  return Buffer.concat([LOCAL, common(entry), Buffer.from(entry.name, 'latin1')]);
}

/** The part after the last file: central directory and end record. */
export function zipDirectory(entries: readonly ZipEntry[]): Buffer {
  let at = 0;
  const listed = entries.map((entry) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    const header = zipHeader(entry);
    at += header.length + entry.bytes;
    return Buffer.concat([
      LISTED,
      Buffer.from([20, 0]),
      header.subarray(LOCAL.length, LOCAL.length + HEADER),
      rest,
      header.subarray(LOCAL.length + HEADER),
    ]);
  });
  const bytes = listed.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  END.copy(end);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...listed, end]);
}

/** An instant in MS-DOS format: precise to two seconds, from 1980 on. */
export function zipTime(at: Date): number {
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

/** Name, size, checksum and time as stated in a header. The caller compares all bytes. */
export function claimed(header: Uint8Array, name: string): ZipEntry {
  const view = Buffer.from(header);
  return {
    name,
    bytes: view.readUInt32LE(14),
    crc: view.readUInt32LE(10),
    time: view.readUInt32LE(6),
  };
}
