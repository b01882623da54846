import { randomBytes } from 'node:crypto';
import { makeTextKey, type TextRow, textKey, textKeyPlace } from '#store/activity/texts.ts';
import type { Tx } from '#store/open.ts';
import { openSealer, type Sealer } from '#store/seal.ts';
import type { Services } from '../../context.ts';

/** Context of an encrypted text: moved to another event, it cannot be opened. */
export function textPlace({
  client_id,
  at,
  id,
  part,
}: Pick<TextRow, 'client_id' | 'at' | 'id' | 'part'>): string {
  return `activity_texts/${client_id}/${at.toISOString()}/${id}/${part}`;
}

/** Opens the texts of a client; null: none were ever stored. */
export async function openTexts(
  tx: Tx,
  { sealer }: Pick<Services, 'sealer'>,
  clientId: string,
): Promise<Sealer | null> {
  const sealed = await textKey(tx, clientId);
  return sealed === null ? null : lockOf(sealer, clientId, sealed);
}

/** Encrypts texts of a client with its own key, which is created with the first text. */
export async function lockForTexts(
  tx: Tx,
  { sealer }: Pick<Services, 'sealer'>,
  clientId: string,
): Promise<Sealer> {
  const sealed =
    (await textKey(tx, clientId)) ??
    (await makeTextKey(
      tx,
      clientId,
      sealer.seal(randomBytes(32).toString('base64'), textKeyPlace(clientId)),
    ));
  return lockOf(sealer, clientId, sealed);
}

function lockOf(sealer: Sealer, clientId: string, sealed: string): Promise<Sealer> {
  return openSealer({ keyFile: '', key: sealer.open(sealed, textKeyPlace(clientId)) });
}
