import { type DlpTuning, NO_TUNING } from '#domain/dlp/compile.ts';
import { findTuning } from '#store/dlp/tuning.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { exactIndexOf } from './exact-index.ts';
import { storedTuning } from './schemas.ts';

/** What a client's guards scan with: its changes of the rules, and the index of its member list. */
export async function guardTuningOf(
  tx: Tx,
  services: Pick<Services, 'sealer' | 'log'>,
  clientId: string,
): Promise<DlpTuning> {
  const exact = await exactIndexOf(tx, services, clientId);
  return { ...(await tuningOf(tx, clientId)), ...(exact === null ? {} : { exact }) };
}

/** A client's changes of the rules; unreadable values of a newer Bylaw change nothing. */
export async function tuningOf(tx: Tx, clientId: string): Promise<DlpTuning> {
  const row = await findTuning(tx, clientId);
  return readTuning(row?.value);
}

/** As stored, in force or proposed. */
export function readTuning(value: unknown): DlpTuning {
  const read = storedTuning.safeParse(value);
  return read.success ? { ...NO_TUNING, ...read.data } : NO_TUNING;
}
