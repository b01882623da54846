import { Gunzip, Inflate } from 'fflate';
import { type Budget, Unreadable } from './limits.ts';

export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  /** Compressed size in bytes. */
  readonly packed: number;
  /** Uncompressed size in bytes, as stated by the archive. */
  readonly size: number;
  /** Offset of its local header. */
  readonly at: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_END_BYTES = 65_557;
/** Maximum entries that are read from the directory. */
const MAX_ENTRIES = 10_000;

/** Directory of an archive, without unpacking anything. Throws {@link Unreadable}. */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const least = Math.max(0, bytes.length - MAX_END_BYTES);
  while (end >= least && view.getUint32(end, true) !== END) end -= 1;
  if (end < least) throw new Unreadable('damaged');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw new Unreadable('too_large');
  if (count > MAX_ENTRIES) throw new Unreadable('too_many');
  const entries: ZipEntry[] = [];
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw new Unreadable('damaged');
    const flags = view.getUint16(at + 8, true);
    const name = bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true));
    entries.push({
      name: new TextDecoder((flags & 0x800) === 0 ? 'windows-1252' : 'utf-8').decode(name),
      encrypted: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Unpacks an entry within the budget, whatever its stated size. Throws {@link Unreadable}. */
export function unzipEntry(bytes: Uint8Array, entry: ZipEntry, budget: Budget): Uint8Array {
  if (entry.encrypted) throw new Unreadable('protected');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL)
    throw new Unreadable('damaged');
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) throw new Unreadable('damaged');
  if (entry.method === 0) {
    budget.unpacked(packed.length);
    return packed;
  }
  if (entry.method !== 8) throw new Unreadable('packed_otherwise');
  return bounded(packed, new Inflate(), budget);
}

/** Unpacks a gzip file within the budget. Throws {@link Unreadable}. */
export const gunzip = (bytes: Uint8Array, budget: Budget) => bounded(bytes, new Gunzip(), budget);

/** Compressed bytes per step, which unpack to at most sixteen megabytes. */
const STEP = 16 * 1024;

function bounded(packed: Uint8Array, stream: Inflate | Gunzip, budget: Budget): Uint8Array {
  const room = budget.room(packed.length);
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.ondata = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > room) throw new Unreadable('expands');
    chunks.push(chunk);
  };
  try {
    for (let at = 0; at < packed.length; at += STEP) {
      budget.inTime();
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  }
  budget.unpacked(size);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
