import { randomBytes } from 'node:crypto';
import type { CheckMode } from '#domain/dlp/decision.ts';
import { findIcapService, type IcapServiceRow, putIcapService, removeIcapService } from '#store/dlp/icap.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../last-change.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { refuseUndecided } from '../checks/undecided.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { endPending, hasSecond, proposeChange } from '../pending-change.ts';
import { warmForProxies } from '../scanning/scanner.ts';
import { forgetIcapServices } from './door.ts';

const SUBJECT = 'icap_service';

interface Wanted {
  readonly version: number;
  readonly mode: CheckMode;
  /** null: the page shows no address. */
  readonly helpUrl: string | null;
}

/**
 * Creates or changes a client's ICAP service. Turning blocking off waits for a second person if there is one; other
 * changes take effect at once.
 */
export async function setIcapService(context: HandlerContext, wanted: Wanted): Promise<void> {
  const { services, client, actor, now } = context;
  const { helpUrl, version } = wanted;
  if (client.sandbox)
    throw unprocessable('The sandbox association is fictional, so it has no requests to check.');
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findIcapService(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await editConflict(tx, context, before);
    if (wanted.mode === 'enforce') await refuseUndecided(tx, context);
    const loosened = before?.mode === 'enforce' && wanted.mode === 'watch';
    const waits = loosened && second;
    const mode = waits ? 'enforce' : wanted.mode;
    const same = before !== null && before.mode === mode && before.help_url === helpUrl;
    if (same && !waits) return recorder.unchanged();
    const row = {
      client_id: client.id,
      path: before?.path ?? randomBytes(18).toString('base64url'),
      mode,
      help_url: helpUrl,
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(same || (await putIcapService(tx, row, version))))
      throw await editConflict(tx, context, await findIcapService(tx, client.id));
    const proposed = { remove: false, mode: wanted.mode, purview: null };
    if (waits)
      await proposeChange(tx, context, {
        setting: 'icap',
        version: version + (same ? 0 : 1),
        value: proposed,
      });
    else await endPending(tx, client.id, 'icap');
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: before === null ? null : { mode: before.mode, helpUrl: before.help_url !== null },
      after: {
        mode,
        helpUrl: helpUrl !== null,
        helpUrlChanged: helpUrl !== (before?.help_url ?? null),
        ...(waits ? { proposed: { mode: wanted.mode } } : {}),
        ...(loosened && !waits ? { alone: true } : {}),
      },
    });
  });
  await fingerprintKeyOf(services, client.id);
  forgetIcapServices(services);
  await warmForProxies(services.catalogue);
}

/**
 * Removes the service: its path stops working. Decisions are kept. The removal waits for a second person if there is
 * one.
 */
export async function removeIcapServiceOf(context: HandlerContext, version: number): Promise<void> {
  const { services, client } = context;
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await findIcapService(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await editConflict(tx, context, before);
    if (before === null) return recorder.unchanged();
    const value = { remove: true, mode: null, purview: null };
    if (second) await proposeChange(tx, context, { setting: 'icap', version, value });
    else {
      if (!(await removeIcapService(tx, client.id, version))) throw await editConflict(tx, context, before);
      await endPending(tx, client.id, 'icap');
    }
    await recorder.record({
      subject: { kind: SUBJECT, id: client.id, name: client.name },
      before: { mode: before.mode, helpUrl: before.help_url !== null },
      after: second ? { proposed: { remove: true } } : { alone: true },
    });
  });
  forgetIcapServices(services);
}

async function editConflict(tx: Tx, { client }: HandlerContext, service: IcapServiceRow | null) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.icap.' });
  return conflict(
    'Someone else changed the check at the proxy after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: service?.version ?? 0 },
  );
}
