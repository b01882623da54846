import { randomBytes } from 'node:crypto';
import type { CheckMode } from '#domain/dlp/decision.ts';
import { findIcapService, type IcapServiceRow, putIcapService, removeIcapService } from '#store/dlp/icap.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../meanwhile.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { refuseUndecided } from '../checks/undecided.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { warmForProxies } from '../scanning/scanner.ts';
import { forgetIcapServices } from './door.ts';

const SUBJECT = 'icap_service';

interface Wanted {
  readonly version: number;
  readonly mode: CheckMode;
  /** null: the page names no address. */
  readonly helpUrl: string | null;
}

/** Sets up what answers a client's proxies, or changes it. */
export async function setIcapService(context: HandlerContext, wanted: Wanted): Promise<void> {
  const { services, client, actor, now } = context;
  const { mode, helpUrl, version } = wanted;
  if (client.sandbox)
    throw unprocessable('The sandbox association is invented, so no request of it can be checked.');
  await context.change(async (tx, recorder) => {
    const before = await findIcapService(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await changedMeanwhile(tx, context, before);
    if (mode === 'enforce') await refuseUndecided(tx, context);
    if (before !== null && before.mode === mode && before.help_url === helpUrl) return recorder.unchanged();
    const row = {
      client_id: client.id,
      path: before?.path ?? randomBytes(18).toString('base64url'),
      mode,
      help_url: helpUrl,
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(await putIcapService(tx, row, version)))
      throw await changedMeanwhile(tx, context, await findIcapService(tx, client.id));
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: before === null ? null : { mode: before.mode, helpUrl: before.help_url !== null },
      after: { mode, helpUrl: helpUrl !== null, helpUrlChanged: helpUrl !== (before?.help_url ?? null) },
    });
  });
  await fingerprintKeyOf(services, client.id);
  forgetIcapServices(services);
  await warmForProxies(services.catalogue);
}

/** Removes it: nothing answers at its path anymore. Decisions stay. */
export async function removeIcapServiceOf(context: HandlerContext, version: number): Promise<void> {
  const { services, client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findIcapService(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await changedMeanwhile(tx, context, before);
    if (before === null) return recorder.unchanged();
    if (!(await removeIcapService(tx, client.id, version))) throw await changedMeanwhile(tx, context, before);
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: { mode: before.mode, helpUrl: before.help_url !== null },
    });
  });
  forgetIcapServices(services);
}

async function changedMeanwhile(tx: Tx, { client }: HandlerContext, service: IcapServiceRow | null) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.icap.' });
  return conflict(
    'Someone else changed the check at the proxy after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: service?.version ?? 0 },
  );
}
