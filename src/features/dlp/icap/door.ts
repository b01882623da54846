import { createHash } from 'node:crypto';
import type { DlpTuning } from '#domain/dlp/compile.ts';
import { CHECK_MODES, type CheckRules } from '#domain/dlp/decision.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { hasIcapServices, icapServiceBehind } from '#store/dlp/icap.ts';
import { charterOf } from '../../charter/index.ts';
import type { Services } from '../../context.ts';
import { SettingsCache } from '../checks/settings-cache.ts';
import { fingerprintKeyOf } from '../fingerprint.ts';
import { warmForProxies } from '../scanning/scanner.ts';
import { versionOf } from '../show.ts';
import { guardTuningOf } from '../tuning-of.ts';

type Needs = Pick<Services, 'store' | 'catalogue' | 'log' | 'sealer'>;

/** The ICAP service of a client. */
export interface OpenService extends CheckRules {
  readonly clientId: string;
  readonly clientName: string;
  readonly tuning: DlpTuning;
  /** Key for fingerprints of secrets; null: it was lost. */
  readonly fingerprintKey: string | null;
  /** Ids of the Claude organizations in the charter. */
  readonly organizations: readonly string[];
  readonly helpUrl: string | null;
  /** Changes with everything that affects decisions. */
  readonly tag: string;
}

const services = new SettingsCache<OpenService>('what answers a proxy');

export const forgetIcapServices = (needs: Pick<Services, 'store'>) => services.forget(needs);

/**
 * Starts scanning at server startup if any client uses the service, so that even the first request is answered in
 * time.
 */
export async function readyIcapServices({ store, catalogue }: Needs): Promise<void> {
  if (await store.read('system', hasIcapServices)) await warmForProxies(catalogue);
}

/** The service for a path; null: none. */
export const icapServiceAt = (needs: Needs, path: string) =>
  services.at(needs, path, () => read(needs, path));

async function read(needs: Needs, path: string): Promise<OpenService | null> {
  const { store, catalogue } = needs;
  const service = await store.read('system', async (tx) => {
    const row = await icapServiceBehind(tx, path);
    if (row === null) return null;
    const client = await tx
      .selectFrom('clients')
      .select('name')
      .where('id', '=', row.client_id)
      .executeTakeFirstOrThrow();
    const charter = charterOf(await newestCharter(tx, row.client_id));
    const open = {
      clientId: row.client_id,
      clientName: client.name,
      tuning: await guardTuningOf(tx, needs, row.client_id),
      mode: CHECK_MODES.find((mode) => mode === row.mode) ?? 'watch',
      blockUnchecked: charter.contentChecks?.blockUnchecked ?? null,
      organizations: [charter.claudeOrganization ?? [], charter.network?.otherOrganizations ?? []]
        .flat()
        .map((one) => one.toLowerCase()),
      helpUrl: row.help_url,
    };
    const rules = versionOf(catalogue.dlp.flatMap((file) => file.rules));
    const tag = createHash('sha256')
      .update(JSON.stringify([rules, { ...open, tuning: { ...open.tuning, exact: open.tuning.exact?.key } }]))
      .digest('hex')
      .slice(0, 20);
    return { ...open, tag };
  });
  return service === null
    ? null
    : { ...service, fingerprintKey: await fingerprintKeyOf(needs, service.clientId) };
}
