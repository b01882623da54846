import { logoMime } from '#sources/pictures/mime.ts';
import type { Tx } from '#store/open.ts';
import type { Logo } from './formats.ts';

/** The client's logo for reports; null: none is set. */
export async function logoOf(tx: Tx, clientId: string): Promise<Logo | null> {
  const row = await tx.selectFrom('clients').select('logo').where('id', '=', clientId).executeTakeFirst();
  if (!row?.logo) return null;
  const bytes = Buffer.from(row.logo);
  const mime = logoMime(bytes);
  return mime === null ? null : { mime, base64: bytes.toString('base64') };
}
