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

/** A draft with all data that decisions about it need. */
export interface ReadDraft {
  readonly row: DraftRow;
  readonly value: Charter;
  readonly steps: readonly StepRow[];
  readonly approvals: readonly ApprovalRow[];
  /** The version on which it is based; null if there was none. */
  readonly base: CharterVersion | null;
  /** The version now in force; null if there is none. */
  readonly current: CharterVersion | null;
  /** Whether another version came into force since. */
  readonly moved: boolean;
}

/** @param options `lock` keeps others from changing the draft or the charter until the transaction ends. */
export async function readDraft(
  tx: Tx,
  clientId: string,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ReadDraft> {
  // Imports lock the same row while they store, so no version can be added meanwhile.
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

/** The content of a stored version without the fields that Bylaw sets; empty if there is none. */
export function charterOf(version: CharterVersion | null): Charter {
  return version === null ? {} : draftValue(version.value);
}

/** A stored version in full, including the fields set by Bylaw or the file. */
export function wholeCharter(version: CharterVersion): Charter {
  return charterSchema.parse(version.value);
}

/** Names of the people who stored versions, by id. */
export async function storedBy(
  tx: Tx,
  clientId: string,
  versions: readonly CharterVersion[],
): Promise<ReadonlyMap<string, string>> {
  return namesIn(tx, clientId, [...new Set(versions.map((one) => one.storedBy))]);
}
