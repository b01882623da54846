import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';

/** Bytes of one request, also after it was unpacked. What the senders send is a few hundred kilobytes. */
export const MAX_BYTES = 32 * 1024 * 1024;

const unzip = promisify(gunzip);
const unzstd = promisify(zstdDecompress);

export type Unpacked = Buffer | 'unknown_encoding' | 'too_large' | 'broken';

/** The body as it was before it was packed. It is never unpacked past {@link MAX_BYTES}. */
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
