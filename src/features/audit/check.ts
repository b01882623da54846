import { count } from '#domain/text/words.ts';
import { lastSeq, linksAfter } from '#store/audit/read.ts';
import { columnsOf, type Head, headOf } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { BEGINNING, type Proved, step } from './chain.ts';

export interface ChainCheck {
  readonly whole: boolean;
  readonly says: string;
  /** Records that hold, from the first on. */
  readonly records: number;
  readonly since: string | null;
  readonly head: Head;
  readonly brokenAt: number | null;
}

type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Texts may be long, so few are held at once. */
const PAGE = 200;

/**
 * Proves a chain from its first record to the one that was the last when the check began. Each page is read in a
 * transaction of its own: records are only ever added, so what is read stays true, and nobody waits for the check.
 */
export async function checkChain(read: Read, chain: string): Promise<ChainCheck> {
  const { head, last } = await read(async (tx) => ({
    head: await headOf(tx, chain),
    last: await lastSeq(tx, chain),
  }));
  let proved: Proved = BEGINNING;
  let since: string | null = null;
  const broken = (seq: number, why: string): ChainCheck => ({
    whole: false,
    says: `The chain holds up to record ${proved.seq} and breaks at record ${seq}, which ${why}.`,
    records: proved.seq,
    since,
    head,
    brokenAt: seq,
  });
  while (proved.seq < last) {
    const links = await read((tx) => linksAfter(tx, chain, { after: proved.seq, last, limit: PAGE }));
    if (links.length === 0) return broken(proved.seq + 1, 'is missing');
    for (const link of links) {
      const taken = step(chain, proved, link);
      if (!taken.holds) return broken(link.seq, taken.why);
      const column = differing(link, columnsOf(taken.body));
      if (column !== null)
        return broken(
          link.seq,
          `is filed under another ${column} than its text says, so that filters would miss it`,
        );
      since ??= taken.body.at;
      proved = taken.proved;
    }
  }
  if (head.seq > proved.seq)
    return broken(
      proved.seq + 1,
      head.seq === proved.seq + 1
        ? 'is missing: it was the last one'
        : `is missing: records ${proved.seq + 1} to ${head.seq} were the last ones`,
    );
  if (head.seq < proved.seq) return broken(head.seq + 1, 'was added past the end of the chain');
  if (head.hash !== proved.hash) return broken(head.seq, 'is not the one that the chain was closed with');
  return {
    whole: true,
    says:
      head.seq === 0
        ? 'Nothing has been recorded yet.'
        : `The chain is whole: ${count(head.seq, 'record')}, each following the one before.`,
    records: head.seq,
    since,
    head,
    brokenAt: null,
  };
}

const COLUMN_WORDS = {
  at: 'time',
  actor_kind: 'kind of person',
  actor_id: 'person',
  actor_name: 'name',
  action: 'action',
  subject_kind: 'kind of subject',
  subject_id: 'subject',
} as const satisfies Record<keyof ReturnType<typeof columnsOf>, string>;

type Columns = { readonly [Column in keyof typeof COLUMN_WORDS]: Date | string | null };

/** The first column that says something else than the record's text, in words. */
function differing(stored: Columns, due: Columns): string | null {
  for (const [column, words] of Object.entries(COLUMN_WORDS) as [keyof Columns, string][]) {
    if (plain(stored[column]) !== plain(due[column])) return words;
  }
  return null;
}

function plain(value: Date | string | null): string | null {
  return value instanceof Date ? value.toISOString() : value;
}
