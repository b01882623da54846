import { randomUUID } from 'node:crypto';
import { settingsOf } from '#domain/charter/diff.ts';
import type { Charter } from '#domain/model/charter.ts';
import { addStep, changeDraft, insertDraft, openDraftFrom } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { Recorder } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { faultsOf, wantedValue } from './value.ts';

/** Where a draft came from. A baseline is identified by its id, a shipped one by that in the catalogue. */
export type DraftOrigin =
  | 'console'
  | 'yaml'
  | 'import'
  | 'sandbox'
  | 'policy'
  | `baseline:${string}`
  | `catalogue:${string}`;

export interface WantedDraft {
  readonly clientId: string;
  /** The complete new charter. Fields that Bylaw sets itself (version, approval, first day) are removed. */
  readonly value: Charter;
  readonly title: string;
  /** The reason, for the approver. */
  readonly reason: string;
  readonly origin: DraftOrigin;
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
  /** Further authors, such as the writers of the baseline. None of them can approve it. */
  readonly hands?: readonly { readonly id: string; readonly name: string }[];
  /** Sends it for approval at once; otherwise it stays an editable draft. */
  readonly propose?: boolean;
  /** Replaces the open draft of the same origin, if there is one; its editors stay on record. */
  readonly replace?: boolean;
}

/** Appends to the reason of a draft that is edited further, so that the approver can read the reason for each part. */
export function withReason(draft: { readonly reason: string } | null, more: string): string {
  return draft === null ? more : `${draft.reason}\n${more}`;
}

export interface PutDraft {
  readonly id: string;
  readonly version: number;
  /** The version in force on which it is based; null if the client has no charter yet. */
  readonly baseVersion: number | null;
  readonly replaced: boolean;
}

/**
 * Stores a draft of a client's charter within the caller's transaction, and records it in the client's audit log. It
 * takes effect only when a second person approves it. For many clients, call it once per client.
 */
export async function putDraft(
  tx: Tx,
  recorder: Pick<Recorder, 'record'>,
  wanted: WantedDraft,
): Promise<PutDraft> {
  const { clientId, origin, by, now, title, reason } = wanted;
  const value = wantedValue(wanted.value);
  const [fault] = wanted.propose === true ? faultsOf(value) : [];
  if (fault !== undefined) throw unprocessable(fault);
  const base = await newestCharter(tx, clientId);
  const baseVersion = base?.version ?? null;
  const there = wanted.replace === true ? await openDraftFrom(tx, clientId, origin) : undefined;
  const state = wanted.propose === true ? 'proposed' : 'draft';
  const content = {
    title,
    reason,
    value: JSON.stringify(value),
    base_version: baseVersion,
    state,
    round: (there?.round ?? 0) + (wanted.propose === true ? 1 : 0),
    changed_by: by.id,
    changed_by_name: by.name,
    changed_at: now,
    ...(wanted.propose === true
      ? { proposed_by: by.id, proposed_by_name: by.name, proposed_at: now }
      : { proposed_by: null, proposed_by_name: null, proposed_at: null }),
  };
  const id = there?.id ?? randomUUID();
  if (there === undefined)
    await insertDraft(tx, {
      ...content,
      id,
      client_id: clientId,
      origin,
      created_by: by.id,
      created_by_name: by.name,
      created_at: now,
    });
  else await changeDraft(tx, clientId, id, there.version, content);
  const step = {
    client_id: clientId,
    charter_draft_id: id,
    done_by: by.id,
    done_by_name: by.name,
    done_at: now,
  };
  await addStep(tx, { ...step, act: there === undefined ? 'made' : 'edited', note: reason });
  const others = new Map((wanted.hands ?? []).map((one) => [one.id, one.name]));
  others.delete(by.id);
  for (const [done_by, done_by_name] of others)
    await addStep(tx, { ...step, done_by, done_by_name, act: 'contributed', note: null });
  if (wanted.propose === true) await addStep(tx, { ...step, act: 'proposed', note: null });
  await recorder.record({
    chain: clientId,
    action: there === undefined ? 'charter.draft.make' : 'charter.draft.edit',
    subject: { kind: 'charter_draft', id, name: title },
    reason,
    ...(there === undefined ? {} : { before: { state: there.state, charter: there.value } }),
    after: { state, origin, baseVersion, settings: settingsOf(value), charter: value },
  });
  return { id, version: (there?.version ?? 0) + 1, baseVersion, replaced: there !== undefined };
}
