import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from './open.ts';

/** The chain for everything that belongs to no client: people, invitations, settings. */
export const WORKSPACE = 'workspace';

/** Hash that precedes the first record of a chain. */
export const GENESIS = '0'.repeat(64);

/** Who did something. `system` is Bylaw itself, for example when a verdict expires overnight. */
export interface AuditActor {
  readonly kind: 'user' | 'token' | 'system';
  readonly id: string | null;
  readonly name: string;
}

export interface AuditRecord {
  /** Client id, or WORKSPACE. */
  readonly chain: string;
  readonly actor: AuditActor;
  /** For example `exceptions.request`: the action named in the operation's contract. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name?: string };
  readonly reason?: string | null;
  /** State before and after; null: there was or is none. Never a secret, never prompt content. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly at: Date;
}

/** The fields that are hashed, in this order, as JSON text. A verifier needs nothing else. */
export interface AuditBody {
  readonly chain: string;
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly actor: AuditActor;
  readonly action: string;
  readonly subject: AuditRecord['subject'];
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** SHA-256 over the hash of the previous record and the exact text of this one, in lower-case hex. */
export function chainHash(prev: string, body: string): string {
  return createHash('sha256').update(prev).update('\n').update(body).digest('hex');
}

/** Columns that duplicate parts of a record for filtering. Verifying a chain compares them with the text. */
export function columnsOf(
  body: Pick<AuditBody, 'at' | 'actor' | 'action'> & { readonly subject: Omit<AuditBody['subject'], 'name'> },
) {
  return {
    at: new Date(body.at),
    actor_kind: body.actor.kind,
    actor_id: body.actor.id === null ? null : storable(body.actor.id),
    actor_name: storable(body.actor.name),
    action: storable(body.action),
    subject_kind: storable(body.subject.kind),
    subject_id: body.subject.id === null ? null : storable(body.subject.id),
  };
}

/** PostgreSQL text cannot contain NUL or unpaired surrogates; the record's JSON text has both in escaped form. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** The last record of a chain, which a report or a person notes to verify the chain later. */
export interface Head {
  /** 0 if the chain is empty. */
  readonly seq: number;
  readonly hash: string;
}

export async function headOf(tx: Tx, chain: string): Promise<Head> {
  const head = await tx
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('client_id', '=', chain)
    .executeTakeFirst();
  return head === undefined ? { seq: 0, hash: GENESIS } : { seq: Number(head.seq), hash: head.hash };
}

/**
 * Appends a record to a chain within the transaction of the change that it describes, so that both are stored or
 * neither. Writers of one chain lock its head, so that no two records can have the same predecessor.
 */
export async function appendAudit(tx: Tx, record: AuditRecord): Promise<{ seq: number; hash: string }> {
  // One statement creates the head if it is missing and locks it otherwise.
  const head = await tx
    .insertInto('audit_heads')
    .values({ client_id: record.chain, seq: 0, hash: GENESIS })
    .onConflict((conflict) =>
      conflict.column('client_id').doUpdateSet((eb) => ({ seq: eb.ref('audit_heads.seq') })),
    )
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
  const seq = Number(head.seq) + 1;
  const content: AuditBody = {
    chain: record.chain,
    seq,
    id: randomUUID(),
    at: record.at.toISOString(),
    actor: { kind: record.actor.kind, id: record.actor.id, name: record.actor.name },
    action: record.action,
    subject: record.subject,
    reason: record.reason ?? null,
    before: record.before ?? null,
    after: record.after ?? null,
  };
  const body = JSON.stringify(content);
  const hash = chainHash(head.hash, body);
  await tx
    .insertInto('audit_log')
    .values({
      client_id: record.chain,
      seq,
      ...columnsOf(content),
      body,
      prev: head.hash,
      hash,
    })
    .execute();
  await tx.updateTable('audit_heads').set({ seq, hash }).where('client_id', '=', record.chain).execute();
  return { seq, hash };
}
