import { type DlpTuning, NO_TUNING } from '#domain/dlp/compile.ts';
import { findTuning } from '#store/dlp/tuning.ts';
import type { Tx } from '#store/open.ts';
import { storedTuning } from './schemas.ts';

/** What a client's guards search with; a value of a newer Bylaw that cannot be read changes nothing. */
export async function tuningOf(tx: Tx, clientId: string): Promise<DlpTuning> {
  const row = await findTuning(tx, clientId);
  const read = storedTuning.safeParse(row?.value);
  return read.success ? { ...NO_TUNING, ...read.data } : NO_TUNING;
}
