import { appendAudit } from '#store/audit.ts';
import { latestCreation } from '#store/clock.ts';
import type { Services } from '../../context.ts';
import { type BehindSecret, behindSecret } from '../../shared/behind-secret.ts';
import { logoOf } from '../client-logo.ts';
import { readReport } from '../make.ts';
import { renderInProcess } from '../render-thread.ts';

export type LinkAnswer =
  | { readonly kind: 'page'; readonly html: Uint8Array }
  | Exclude<BehindSecret<object>, { readonly kind: 'found' }>;

/**
 * The board's report behind a link, for people without an account. Expired, revoked and unknown links, and links to
 * removed reports, all get the same answer. Each opening is recorded on the client's audit log before anything is
 * shown. `signal` aborts when the reader disconnects.
 */
export async function openLink(
  services: Services,
  secret: string,
  { ip, signal }: { readonly ip: string; readonly signal: AbortSignal },
): Promise<LinkAnswer> {
  const behind = await behindSecret(services, { secret, ip }, (tx, { hash, now }) =>
    tx
      .selectFrom('report_links as l')
      .innerJoin('reports as r', (join) =>
        join.onRef('r.client_id', '=', 'l.client_id').onRef('r.id', '=', 'l.report_id'),
      )
      .select(['l.id', 'l.client_id', 'l.report_id', 'l.label'])
      .where('l.token_hash', '=', hash)
      .where('l.revoked_at', 'is', null)
      .where('l.expires_at', '>', now)
      .where('l.made_at', '<=', latestCreation(now))
      .executeTakeFirst(),
  );
  if (behind.kind !== 'found') return behind;
  const { found, now } = behind;
  const clientId = found.client_id;
  const opened = await services.store.write([clientId], async (tx) => {
    // It may have been revoked in the meantime.
    const counted = await tx
      .updateTable('report_links')
      .set((eb) => ({ opened: eb('opened', '+', 1), last_opened_at: now }))
      .where('client_id', '=', clientId)
      .where('id', '=', found.id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (Number(counted.numUpdatedRows) === 0) return null;
    const stored = await readReport(tx, clientId, found.report_id);
    await appendAudit(tx, {
      chain: clientId,
      actor: { kind: 'system', id: null, name: 'Someone with a link' },
      action: 'reports.open_link',
      subject: { kind: 'report_link', id: found.id, name: stored.title },
      after: { report: found.report_id, label: found.label },
      at: now,
    });
    return { stored, logo: await logoOf(tx, clientId) };
  });
  if (opened === null) return { kind: 'nothing' };
  const { stored, logo } = opened;
  return {
    kind: 'page',
    html: await renderInProcess(
      {
        report: stored.report,
        format: 'html',
        options: {
          paper: stored.paper === 'letter' ? 'us-letter' : 'a4',
          part: 'board',
          sha256: stored.model_sha256,
          ...(logo === null ? {} : { logo }),
        },
      },
      signal,
    ),
  };
}
