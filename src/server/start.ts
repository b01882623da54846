import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { startJobs } from '#app/jobs/runner.ts';
import { recoverImports } from '#features/imports/sweep.ts';
import { openKeys } from '#features/keys/open-keys.ts';
import { relayEvents } from '#features/live/relay.ts';
import { keepCatalogue } from '#features/revisions/keep.ts';
import { type ServerSettings, settingWarnings } from '#features/server-settings.ts';
import { firstOwnerLink } from '#features/sign-in/first-owner.ts';
import { startUptime } from '#features/telemetry/uptime.ts';
import { version } from '#features/version.ts';
import { openStore } from '#store/open.ts';
import { createApp } from './app.ts';
import { startIcap } from './icap.ts';
import { serverLog } from './log.ts';
import { createServices } from './services.ts';

export interface RunningServer {
  readonly app: FastifyInstance;
  readonly address: string;
  /** URL where the first owner is created; null once there is one. */
  readonly firstOwner: string | null;
  readonly place: string;
  /** Stops accepting requests, lets running ones finish for a while, and closes everything. */
  close(within?: { readonly graceMs?: number }): Promise<void>;
}

/** Milliseconds that running requests get to finish when the server stops. */
const GRACE_MS = 8_000;

/** Opens the database, creates the services and listens. */
export async function startServer(
  settings: ServerSettings,
  webFolder: string,
  onProgress: (message: string) => void = () => {},
): Promise<RunningServer> {
  const log = serverLog(settings.logLevel);
  const store = await openStore({ dataDir: settings.dataDir, databaseUrl: settings.databaseUrl, onProgress });
  try {
    const sealer = await openKeys(store, settings, new Date());
    const services = await createServices({
      store,
      sealer,
      log,
      config: {
        origin: settings.origin,
        dataDir: settings.dataDir,
        privateHosts: settings.privateHosts,
        forwardFolders: settings.forwardFolders,
        auditHeadsFile: settings.auditHeadsFile,
        resolvers: settings.resolvers,
        spoolBytes: settings.spoolBytes,
        metrics: settings.metrics,
        vendorUrls: settings.vendorUrls,
        icapAt:
          settings.icap === null
            ? null
            : { host: settings.icap.host, port: settings.icap.port, secure: settings.icap.tls !== null },
        warnings: settingWarnings(settings),
        version,
        build: buildOf(webFolder),
      },
    });
    await recoverImports(services);
    await keepCatalogue(services);
    const app = await createApp({ services, webFolder, trustProxy: settings.trustProxy });
    const address = await app.listen({ host: settings.host, port: settings.port });
    const icap = settings.icap === null ? null : await startIcap(services, settings.icap);
    const jobs = startJobs(services);
    const uptime = startUptime(services);
    services.telemetrySpool.start();
    const relay = relayEvents(services);
    await services.forwarding.start();
    return {
      app,
      address,
      firstOwner: await firstOwnerLink(services),
      place: store.place,
      close: async ({ graceMs = GRACE_MS } = {}) => {
        // Without this limit, a connection that hangs would be waited for as long as a request may take.
        const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
        await Promise.all([
          app.close(),
          icap?.close(graceMs),
          jobs.stop(),
          uptime.stop(),
          services.forwarding.stop(),
          relay.stop(),
        ]);
        clearTimeout(cut);
        await services.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Changes with every build of the console. */
function buildOf(webFolder: string): string {
  const index = join(webFolder, 'index.html');
  const text = existsSync(index) ? readFileSync(index) : version;
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
