import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckRules } from '#domain/dlp/decision.ts';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { findWatchProposal } from '#store/detections/watch-proposals.ts';
import { hasHooks, hookBehind, hookSecretPlace } from '#store/dlp/hooks.ts';
import { charterOf } from '../../charter/index.ts';
import type { Services } from '../../context.ts';
import { SettingsCache } from '../checks/settings-cache.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { pendingSecret } from '../pending-change.ts';
import { warmScanner } from '../scanning/scanner.ts';
import { guardTuningOf } from '../tuning-of.ts';
import { type PurviewAsker, purviewAskerOf } from './purview.ts';

/** A hook for which calls are accepted. */
export interface OpenHook extends CheckRules {
  readonly clientId: string;
  /**
   * Valid signing secrets: includes one that waits for a second person, so that Claude’s calls are accepted while the
   * secret is replaced. Empty: no call is valid.
   */
  readonly secrets: readonly string[];
  readonly tuning: DlpTuning;
  /** Key for fingerprints of secrets; null: it was lost. */
  readonly fingerprintKey: string | null;
  /** Whether to ask Purview about prompts that would pass. */
  readonly asksPurview: boolean;
  /** Client for Purview; null: not wanted, or no application has access. */
  readonly purview: PurviewAsker | null;
}

const hooks = new SettingsCache<OpenHook>('an inference hook');

/** Call after a change of a hook, so that it takes effect with the next call. */
export const forgetHooks = (services: Pick<Services, 'store'>) => hooks.forget(services);

/**
 * Starts the scanning thread at server startup if any client has a hook, so that even the first call is answered in
 * time.
 */
export async function readyHooks({ store, catalogue }: Pick<Services, 'store' | 'catalogue'>): Promise<void> {
  if (await store.read('system', hasHooks)) await warmScanner(catalogue);
}

/** The hook for a URL; null: none. */
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
        proposal === undefined ? null : pendingSecret(services, proposal),
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

/** The client for Purview. Problems with Purview must never affect the hook. */
async function askerOf(services: Services, clientId: string): Promise<PurviewAsker | null> {
  try {
    return await purviewAskerOf(services, clientId);
  } catch (error) {
    services.log.warn({ err: error, client: clientId }, 'Purview cannot be asked about prompts');
    return null;
  }
}
