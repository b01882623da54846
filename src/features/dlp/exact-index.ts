import type { ExactIndex } from '#domain/dlp/exact.ts';
import { findMemberList, memberListPlace } from '#store/dlp/member-list.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';

/** The index for guards; null: there is none, or the key that sealed it was lost. */
export async function exactIndexOf(
  tx: Tx,
  { sealer, log }: Pick<Services, 'sealer' | 'log'>,
  clientId: string,
): Promise<ExactIndex | null> {
  const row = await findMemberList(tx, clientId);
  if (row === null) return null;
  try {
    const bytes = Buffer.from(row.hashes, 'base64');
    // Shared memory, so that calls to the scanning thread need not copy it.
    const hashes = new Uint8Array(new SharedArrayBuffer(bytes.length));
    hashes.set(bytes);
    return { key: sealer.open(row.key_sealed, memberListPlace(clientId)), hashes };
  } catch (error) {
    log.error({ err: error, client: clientId }, 'the key of a member list cannot be opened');
    return null;
  }
}
