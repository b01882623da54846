import { type Charter, charterSchema } from '#domain/model/charter.ts';
import {
  type ApprovalRow,
  approvalsOfDraft,
  type DraftRow,
  findDraft,
  type StepRow,
  stepsOf,
} from '#store/charter/drafts.ts';
import { type CharterVersion, charterVersion, newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { namesIn } from '#store/verdicts/facts.ts';
import { notFound } from '../problems.ts';
import { draftValue } from './value.ts';

/** A draft with everything that decides about it. */
export interface ReadDraft {
  readonly row: DraftRow;
  readonly value: Charter;
  readonly steps: readonly StepRow[];
  readonly approvals: readonly ApprovalRow[];
  /** The version that it was made from; null: there was none. */
  readonly base: CharterVersion | null;
  /** The version in force now; null: there is none. */
  readonly current: CharterVersion | null;
  /** Another version came into force since. */
  readonly moved: boolean;
}

/** `lock`: nobody else changes the draft or the charter before the transaction ends. */
export async function readDraft(
  tx: Tx,
  clientId: string,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ReadDraft> {
  // Imports hold the same row while they store, so no version comes in between.
  if (lock) await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
  const row = await findDraft(tx, clientId, id);
  if (row === undefined) throw notFound();
  const current = await newestCharter(tx, clientId);
  const base = row.base_version === null ? null : await charterVersion(tx, clientId, row.base_version);
  return {
    row,
    value: draftValue(row.value),
    steps: await stepsOf(tx, clientId, id),
    approvals: await approvalsOfDraft(tx, clientId, id),
    base,
    current,
    moved: (current?.version ?? null) !== row.base_version,
  };
}

/** What a stored version says, without what Bylaw sets; nothing where there is none. */
export function charterOf(version: CharterVersion | null): Charter {
  return version === null ? {} : draftValue(version.value);
}

/** A stored version as it counts, with what Bylaw or the file set. */
export function wholeCharter(version: CharterVersion): Charter {
  return charterSchema.parse(version.value);
}

/** Names of those who stored versions, by id; null where nobody knows anymore. */
export async function storedBy(
  tx: Tx,
  clientId: string,
  versions: readonly CharterVersion[],
): Promise<ReadonlyMap<string, string>> {
  return namesIn(tx, clientId, [...new Set(versions.map((one) => one.storedBy))]);
}
