import { z } from 'zod';
import { BEGINNING, type Proved, parsed, type RecordBody, step } from '../chain.ts';
import { lineParts } from './manifest.ts';

/** Longest record that is read; a longer line is not one of ours. */
const MAX_RECORD_BYTES = 256 * 1024 * 1024;

export interface RecordsFound {
  /** The chain that the records name; null where there is none. */
  readonly chain: string | null;
  readonly count: number;
  readonly first: { readonly seq: number; readonly at: string; readonly prev: string } | null;
  readonly last: { readonly seq: number; readonly at: string; readonly hash: string } | null;
  /** Seq of the record that has the noted hash; 0 where it is what stood before the first one. */
  readonly noted: number | null;
  /** Hashes of the records whose numbers were asked for, of those that are here or just before the first one. */
  readonly hashes: ReadonlyMap<number, string>;
  /** Numbers of the records in which retention says that it removed a file, by the file's SHA-256. */
  readonly removed: ReadonlyMap<string, readonly number[]>;
  /** What differs first, as a sentence. */
  readonly problem: string | null;
}

/** Proves the lines of audit.jsonl as they arrive. `noted` is a hash to look for on the way, `wanted` are numbers. */
export function recordReader(
  noted: string | null,
  wanted: ReadonlySet<number> = new Set(),
): {
  take(piece: Uint8Array): void;
  end(): RecordsFound;
} {
  let parts: Uint8Array[] = [];
  let held = 0;
  let line = 0;
  let chain: string | null = null;
  let proved: Proved | null = null;
  const removed = new Map<string, number[]>();
  const hashes = new Map<number, string>();
  let found: RecordsFound = {
    chain: null,
    count: 0,
    first: null,
    last: null,
    noted: null,
    hashes,
    removed,
    problem: null,
  };

  function fail(why: string): void {
    found = { ...found, problem: `audit.jsonl, line ${line}: ${why}` };
  }

  function record(bytes: Uint8Array): void {
    line += 1;
    const text = textOf(bytes);
    const link = text === null ? null : lineParts(text);
    const body = link === null ? null : parsed(link.body);
    if (link === null || body === null) {
      fail('this is not a record as Bylaw writes it.');
      return;
    }
    chain ??= body.chain;
    proved ??= body.seq === 1 ? BEGINNING : { seq: body.seq - 1, hash: link.prev };
    const taken = step(chain, proved, { ...link, seq: body.seq });
    if (!taken.holds) {
      fail(`record ${body.seq} ${taken.why}.`);
      return;
    }
    proved = taken.proved;
    if (found.first === null && wanted.has(body.seq - 1)) hashes.set(body.seq - 1, link.prev);
    if (wanted.has(body.seq)) hashes.set(body.seq, link.hash);
    for (const sha256 of removedIn(taken.body))
      removed.set(sha256, [...(removed.get(sha256) ?? []), body.seq]);
    found = {
      ...found,
      chain,
      count: found.count + 1,
      first: found.first ?? { seq: body.seq, at: body.at, prev: link.prev },
      last: { seq: body.seq, at: body.at, hash: link.hash },
      noted:
        found.noted ??
        (link.hash === noted ? body.seq : link.prev === noted && found.first === null ? body.seq - 1 : null),
    };
  }

  return {
    take(piece) {
      let from = 0;
      while (found.problem === null) {
        const at = piece.indexOf(10, from);
        const part = piece.subarray(from, at === -1 ? undefined : at);
        held += part.byteLength;
        if (held > MAX_RECORD_BYTES) return fail('this is far too long for a record.');
        // Copied: the piece belongs to its reader and is used again.
        parts.push(Uint8Array.from(part));
        if (at === -1) return;
        record(Buffer.concat(parts));
        parts = [];
        held = 0;
        from = at + 1;
      }
    },
    end() {
      if (found.problem === null && held > 0) {
        line += 1;
        fail('the record ends too early.');
      }
      return found;
    },
  };
}

/** Files that a record of retention names as removed. */
function removedIn({ action, actor, after }: RecordBody): readonly string[] {
  if (action !== RETENTION || actor.kind !== 'system') return [];
  return removalRecord.safeParse(after).data?.removed.map(({ sha256 }) => sha256) ?? [];
}

const RETENTION = 'retention.remove';
const removalRecord = z.looseObject({ removed: z.array(z.looseObject({ sha256: z.string() })) });

/** Text of bytes that are UTF-8; null where they are not, since then several bytes would give one text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
