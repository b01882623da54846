import { randomUUID } from 'node:crypto';
import { settingsOf } from '#domain/charter/diff.ts';
import type { Charter } from '#domain/model/charter.ts';
import { addStep, changeDraft, insertDraft, openDraftFrom } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { Recorder } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { faultsOf, wantedValue } from './value.ts';

/** Where a draft came from. A baseline is named by its id; one that comes with Bylaw by that of the catalogue. */
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
  /** The whole charter as it is to be. What Bylaw sets itself (version, approval, first day) is taken out. */
  readonly value: Charter;
  readonly title: string;
  /** Why, for anyone who approves it. */
  readonly reason: string;
  readonly origin: DraftOrigin;
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
  /** Others who had a hand in what it says: who wrote the baseline. None of them approves it. */
  readonly hands?: readonly { readonly id: string; readonly name: string }[];
  /** Sends it for approval at once; else it stays a draft that people edit. */
  readonly propose?: boolean;
  /** Puts it in the place of the open draft of the same origin, where there is one; whoever edited that stays on its record. */
  readonly replace?: boolean;
}

/** The reason of a draft that someone goes on with, whole: whoever approves it reads why each part is in it. */
export function withReason(draft: { readonly reason: string } | null, more: string): string {
  return draft === null ? more : `${draft.reason}\n${more}`;
}

export interface PutDraft {
  readonly id: string;
  readonly version: number;
  /** Version in force that it was made from; null: the client has no charter yet. */
  readonly baseVersion: number | null;
  readonly replaced: boolean;
}

/**
 * Puts a draft of a client's charter down, within the caller's transaction, and records it in the client's own audit
 * log. Nothing comes into force by it: a second person approves it. For one client or, called once per client, many.
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
