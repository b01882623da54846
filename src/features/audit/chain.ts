import { z } from 'zod';
import { chainHash, GENESIS } from '#store/audit.ts';

/** Where a check of a chain stands: the record that was proved last. */
export interface Proved {
  readonly seq: number;
  readonly hash: string;
}

export const BEGINNING: Proved = { seq: 0, hash: GENESIS };

export interface LinkText {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly body: string;
}

/** The fields of a record's text. Unknown ones may be there: a later version may write more. */
export const bodySchema = z.object({
  chain: z.string(),
  seq: z.number().int(),
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(['user', 'token', 'system']), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().optional() }),
  reason: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export type RecordBody = z.infer<typeof bodySchema>;

export type Step =
  | { readonly holds: true; readonly body: RecordBody; readonly proved: Proved }
  | { readonly holds: false; readonly why: string };

/**
 * Whether a record follows the one before: the next number, the hash of its predecessor, a hash that fits its text,
 * and a text that speaks of this chain and this number. `why` continues a sentence that begins with the record.
 */
export function step(chain: string, before: Proved, link: LinkText): Step {
  const due = before.seq + 1;
  if (link.seq > due)
    return {
      holds: false,
      why:
        link.seq - 1 === due
          ? 'comes after a gap: the record before it is missing'
          : `comes after a gap: records ${due} to ${link.seq - 1} are missing`,
    };
  if (link.seq < due) return { holds: false, why: `is where record ${due} belongs` };
  if (link.prev !== before.hash)
    return {
      holds: false,
      why:
        link.seq === 1
          ? 'does not begin the chain: something came before it'
          : `does not follow record ${before.seq}: the hash that it gives for it is different`,
    };
  if (chainHash(link.prev, link.body) !== link.hash)
    return { holds: false, why: 'was changed: its text does not give the hash beside it' };
  const body = parsed(link.body);
  if (body === null) return { holds: false, why: 'is not written as an audit record' };
  if (body.chain !== chain) return { holds: false, why: 'belongs to another chain' };
  if (body.seq !== link.seq) return { holds: false, why: `says of itself that it is record ${body.seq}` };
  return { holds: true, body, proved: { seq: link.seq, hash: link.hash } };
}

/** A record's text as its fields, or null where it is not a record. */
export function parsed(text: string): RecordBody | null {
  try {
    const result = bodySchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
