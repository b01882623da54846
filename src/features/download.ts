import type { Readable } from 'node:stream';
import { z } from 'zod';

/** What an operation with transport `download` answers with. The server sends the bytes; nothing of it is JSON. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: Uint8Array | Readable;
}

/** Output schema of a download. */
export const download = z.custom<Download>(
  (value) => typeof value === 'object' && value !== null && 'fileName' in value && 'body' in value,
);
