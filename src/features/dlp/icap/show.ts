import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { squidLines } from '#domain/dlp/squid-lines.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { findIcapService } from '#store/dlp/icap.ts';
import { charterOf } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { countsOf } from '../checks/counts.ts';
import { showPendingGuard } from '../pending-change.ts';
import { ICAP } from './activity.ts';

/** A client's ICAP service, how to configure proxies for it, and recent results. */
export async function showIcap(context: HandlerContext) {
  const { client, now, services } = context;
  const server = services.config.icapAt ?? null;
  const { service, blockUnchecked, counts } = await context.read(async (tx) => ({
    service: await findIcapService(tx, client.id),
    blockUnchecked: charterOf(await newestCharter(tx, client.id)).contentChecks?.blockUnchecked ?? null,
    counts: await countsOf(tx, client.id, ICAP, now),
  }));
  const mode = CHECK_MODES.find((one) => one === service?.mode) ?? 'watch';
  const address =
    service === null || server === null
      ? null
      : `${server.secure ? 'icaps' : 'icap'}://${server.host}:${server.port}/${service.path}`;
  return {
    server,
    service:
      service === null
        ? null
        : {
            address,
            mode,
            helpUrl: service.help_url,
            changedAt: service.changed_at.toISOString(),
            changedBy: service.changed_by_name,
          },
    proposed: await showPendingGuard(context, 'icap'),
    version: service?.version ?? 0,
    blockUnchecked,
    squid:
      address === null
        ? null
        : squidLines({
            address,
            hosts: services.catalogue.network.restriction.hosts,
            passesWhenDown: mode === 'watch' || blockUnchecked !== true,
          }),
    ...counts,
    // Only the vendor of the inference hook sends tests.
    checks: counts.checks.filter(({ verdict }) => verdict !== 'tested'),
  };
}
