import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckRules } from '#domain/dlp/decision.ts';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { findWatchProposal } from '#store/detections/watch-proposals.ts';
import { hasHooks, hookBehind, hookSecretPlace } from '#store/dlp/hooks.ts';
import { charterOf } from '../../charter/index.ts';
import type { Services } from '../../context.ts';
import { Remembered } from '../checks/remembered.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { heldSecret } from '../held.ts';
import { warmScanner } from '../scanning/scanner.ts';
import { guardTuningOf } from '../tuning-of.ts';
import { type PurviewAsker, purviewAskerOf } from './purview.ts';

/** A hook that calls are taken for. */
export interface OpenHook extends CheckRules {
  readonly clientId: string;
  /**
   * What signs its calls: also the one that waits for a second person, so that Claude’s calls are taken while its secret
   * is replaced. None: no call counts.
   */
  readonly secrets: readonly string[];
  readonly tuning: DlpTuning;
  /** Key that secrets are told apart by; null: it was lost. */
  readonly fingerprintKey: string | null;
  /** Whether Purview is asked about what it lets pass. */
  readonly asksPurview: boolean;
  /** Who asks it; null: nobody should, or no application may. */
  readonly purview: PurviewAsker | null;
}

const hooks = new Remembered<OpenHook>('an inference hook');

/** Called after a hook was changed, so that the next call is taken by what it is now. */
export const forgetHooks = (services: Pick<Services, 'store'>) => hooks.forget(services);

/** Has the thread ready that looks through calls, where a client has a hook: the first call after a start is in time, too. */
export async function readyHooks({ store, catalogue }: Pick<Services, 'store' | 'catalogue'>): Promise<void> {
  if (await store.read('system', hasHooks)) await warmScanner(catalogue);
}

/** The hook behind an address; null: there is none. */
export const hookAt = (services: Services, endpoint: string) =>
  hooks.at(services, endpoint, () => read(services, endpoint));

async function read(services: Services, endpoint: string): Promise<OpenHook | null> {
  const { store, sealer } = services;
  const hook = await store.read('system', async (tx) => {
    const row = await hookBehind(tx, endpoint);
    if (row === null) return null;
    const proposal = await findWatchProposal(tx, row.client_id, 'hook');
    const charter = charterOf(await newestCharter(tx, row.client_id));
    return {
      clientId: row.client_id,
      secrets: [
        row.secret_sealed === null ? null : sealer.open(row.secret_sealed, hookSecretPlace(row.client_id)),
        proposal === undefined ? null : heldSecret(services, proposal),
      ].filter((secret) => secret !== null),
      tuning: await guardTuningOf(tx, services, row.client_id),
      mode: CHECK_MODES.find((mode) => mode === row.mode) ?? 'watch',
      blockUnchecked: charter.contentChecks?.blockUnchecked ?? null,
      asksPurview: row.purview,
    };
  });
  if (hook === null) return null;
  return {
    ...hook,
    fingerprintKey: await fingerprintKeyOf(services, hook.clientId),
    purview: hook.asksPurview ? await askerOf(services, hook.clientId) : null,
  };
}

/** Who asks Purview. Whatever keeps it from being asked keeps the hook from nothing. */
async function askerOf(services: Services, clientId: string): Promise<PurviewAsker | null> {
  try {
    return await purviewAskerOf(services, clientId);
  } catch (error) {
    services.log.warn({ err: error, client: clientId }, 'Purview cannot be asked about prompts');
    return null;
  }
}
