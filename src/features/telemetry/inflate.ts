import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';

/** Limit in bytes of one request, before and after decompression. Typical requests have a few hundred kilobytes. */
export const MAX_BYTES = 32 * 1024 * 1024;

const unzip = promisify(gunzip);
const unzstd = promisify(zstdDecompress);

export type Unpacked = Buffer | 'unknown_encoding' | 'too_large' | 'broken';

/** The decompressed body. Decompression stops at {@link MAX_BYTES}. */
export async function unpack(body: Buffer, encoding: string | undefined): Promise<Unpacked> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  if (name !== 'gzip' && name !== 'x-gzip' && name !== 'zstd') return 'unknown_encoding';
  try {
    return name === 'zstd'
      ? await unzstd(body, { maxOutputLength: MAX_BYTES })
      : await unzip(body, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? 'too_large'
      : 'broken';
  }
}
