import { CHECK_MODES, type CheckMode } from '#domain/dlp/decision.ts';
import type { WatchProposal } from '#store/detections/watch-proposals.ts';
import { findHook, type HookRow, putHook, removeHook } from '#store/dlp/hooks.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { pendingGuard, pendingSecret } from '../pending-change.ts';
import { sealHookSecret } from './seal.ts';

/** The settings of a hook that can be loosened. */
export interface HookSet {
  readonly mode: CheckMode;
  readonly purview: boolean;
  /** Left out: the stored one is kept. */
  readonly secret?: string | undefined;
}

/**
 * The changes in the next settings that would let through prompts that are blocked now: it no longer blocks, Purview
 * is no longer asked, or another secret is accepted, so that all of Claude's calls could be rejected unread. null:
 * none.
 */
export function loosenedHook(before: HookRow | null, next: HookSet) {
  if (before === null) return null;
  const mode = before.mode === 'enforce' && next.mode === 'watch' ? next.mode : null;
  const purview = before.purview && !next.purview ? false : null;
  const secret = before.secret_sealed === null ? undefined : next.secret;
  return mode === null && purview === null && secret === undefined
    ? null
    : { value: { remove: false, mode, purview }, secret };
}

/** What the audit log records of a pending change: never the secret. */
export const notedHook = ({ value, secret_sealed }: Pick<WatchProposal, 'value' | 'secret_sealed'>) => ({
  ...pendingGuard.parse(value),
  secretChanged: secret_sealed !== null,
});

/** Applies an approved change; null: the hook has changed since. */
export async function applyPendingHook(
  tx: Tx,
  { services, client, now }: HandlerContext,
  row: WatchProposal,
) {
  const before = await findHook(tx, client.id);
  if (before === null || before.version !== row.version) return null;
  const pending = pendingGuard.parse(row.value);
  const noted = { mode: before.mode, purview: before.purview };
  if (pending.remove)
    return (await removeHook(tx, client.id, before.version)) ? { before: noted, after: null } : null;
  const secret = pendingSecret(services, row);
  const mode = pending.mode ?? CHECK_MODES.find((one) => one === before.mode) ?? 'watch';
  const purview = pending.purview ?? before.purview;
  const next = {
    client_id: client.id,
    endpoint: before.endpoint,
    mode,
    secret_sealed: secret === null ? before.secret_sealed : sealHookSecret(services, client.id, secret),
    purview,
    changed_at: now,
    changed_by: row.proposed_by,
    changed_by_name: row.proposed_by_name,
  };
  if (!(await putHook(tx, next, before.version))) return null;
  return { before: noted, after: { mode, purview, secretChanged: secret !== null } };
}
// Guide: G7.2-16
