import { z } from 'zod';
import type { Stamp } from '#domain/time-stamps/stamp.ts';
import { WORKSPACE } from '#store/audit.ts';
import { isSignedBy, type Signer } from '#store/sign.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a chain stood at a moment, as a line that leaves the server. It names no person and no client but by id. */
const headSchema = z.object({
  format: z.literal('bylaw-audit-head/1'),
  /** Id of the client, or `workspace`. */
  chain: z.string().min(1).max(200),
  seq: z.number().int().min(1),
  hash: sha256,
  /** When it was noted. */
  at: z.iso.datetime(),
  /** Public key that it is signed with (Ed25519), and the signature. */
  key: sha256,
  signature: z.string().max(200),
});
export type SignedHead = z.infer<typeof headSchema>;

/** A head that someone kept: signed where it left by itself, unsigned where another system has it with a record. */
export interface KeptHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly signature: { readonly key: string; readonly holds: boolean } | null;
  /** The moment at which an authority saw it; null: it carries no time stamp. */
  readonly stamp: Stamp | null;
}

/** The text that a signature covers. */
function signedText({ chain, seq, hash, at }: Pick<SignedHead, 'chain' | 'seq' | 'hash' | 'at'>): string {
  return `bylaw audit head 1\n${chain}\n${seq}\n${hash}\n${at}\n`;
}

/** A head as one line of JSON, signed. */
export function headLine(
  head: { readonly chain: string; readonly seq: number; readonly hash: string },
  at: Date,
  signer: Signer,
): string {
  const { chain, seq, hash } = head;
  const noted = { chain, seq, hash, at: at.toISOString() };
  const signed: SignedHead = {
    format: 'bylaw-audit-head/1',
    ...noted,
    key: signer.publicKey,
    signature: signer.sign(signedText(noted)),
  };
  return JSON.stringify(signed);
}

/** A record as a sink sends it, in Bylaw's own form and in OCSF. */
const recordSchema = z.object({
  schema: z.literal('bylaw.audit/1'),
  chain: z.string(),
  seq: z.number().int(),
  hash: sha256,
  at: z.string(),
});
const ocsfSchema = z.object({
  metadata: z.object({ log_name: z.enum(['audit', 'workspace_audit']), logged_time: z.number() }),
  unmapped: z.object({ chain: z.string(), seq: z.number().int(), hash: sha256 }),
});

/**
 * The head in a line of what someone kept: one that Bylaw mailed or wrote, or one of the audit log that a sink wrote. Null
 * where it is neither.
 */
export function headOf(text: string): Omit<KeptHead, 'stamp'> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const signed = headSchema.safeParse(value).data;
  if (signed !== undefined) {
    const { chain, seq, hash, at, key, signature } = signed;
    return {
      chain,
      seq,
      hash,
      at,
      signature: { key, holds: isSignedBy(key, signedText(signed), signature) },
    };
  }
  const record = recordSchema.safeParse(value).data;
  if (record !== undefined) return { ...record, signature: null };
  const event = ocsfSchema.safeParse(value).data;
  if (event === undefined) return null;
  return { ...event.unmapped, at: new Date(event.metadata.logged_time).toISOString(), signature: null };
}

/** Of which chain, in words. */
export function chainWords(chain: string): string {
  return chain === WORKSPACE ? 'the workspace' : `client ${chain}`;
}
