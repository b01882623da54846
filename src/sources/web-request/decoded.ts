import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

/** Maximum unpacked size of a body, in bytes. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Maximum number of stacked content encodings. */
const MAX_ENCODINGS = 2;

/** Decodes a body; null: unknown or invalid encoding, or too large. */
export function decoded(bytes: Uint8Array, encodings: string | null, isWhole: boolean): Buffer | null {
  const names = (encodings ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  if (names.length > MAX_ENCODINGS) return null;
  let body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const name of names.toReversed()) {
    try {
      body = unpacked(body, name, isWhole);
    } catch {
      return null;
    }
  }
  return body;
}

function unpacked(bytes: Buffer, name: string, isWhole: boolean): Buffer<ArrayBuffer> {
  const finishFlush = isWhole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
  const maxOutputLength = MAX_UNPACKED;
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, { maxOutputLength, finishFlush });
    case 'deflate':
      // Half of the programs that say "deflate" omit the zlib header.
      return ((bytes[0] ?? 0) & 15) === 8
        ? inflateSync(bytes, { maxOutputLength, finishFlush })
        : inflateRawSync(bytes, { maxOutputLength, finishFlush });
    case 'br':
      return brotliDecompressSync(bytes, {
        maxOutputLength,
        finishFlush: isWhole ? constants.BROTLI_OPERATION_FINISH : constants.BROTLI_OPERATION_FLUSH,
      });
    case 'zstd':
      return zstdDecompressSync(bytes, { maxOutputLength });
    default:
      throw new Error(`the encoding ${name} is not known`);
  }
}
