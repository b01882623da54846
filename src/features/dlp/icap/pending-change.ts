import { CHECK_MODES } from '#domain/dlp/decision.ts';
import type { WatchProposal } from '#store/detections/watch-proposals.ts';
import { findIcapService, putIcapService, removeIcapService } from '#store/dlp/icap.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { pendingGuard } from '../pending-change.ts';

/** What the audit log records of a pending change. */
export function notedIcap({ value }: Pick<WatchProposal, 'value'>) {
  const { remove, mode } = pendingGuard.parse(value);
  return { remove, mode };
}

/** Applies an approved change; null: the service has changed since. */
export async function applyPendingIcap(tx: Tx, { client, now }: HandlerContext, row: WatchProposal) {
  const before = await findIcapService(tx, client.id);
  if (before === null || before.version !== row.version) return null;
  const pending = pendingGuard.parse(row.value);
  const noted = { mode: before.mode };
  if (pending.remove)
    return (await removeIcapService(tx, client.id, before.version)) ? { before: noted, after: null } : null;
  const mode = pending.mode ?? CHECK_MODES.find((one) => one === before.mode) ?? 'watch';
  const next = {
    client_id: client.id,
    path: before.path,
    mode,
    help_url: before.help_url,
    changed_at: now,
    changed_by: row.proposed_by,
    changed_by_name: row.proposed_by_name,
  };
  return (await putIcapService(tx, next, before.version)) ? { before: noted, after: { mode } } : null;
}
// Guide: G7.2-16
