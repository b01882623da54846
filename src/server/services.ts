import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { CHANGE_TARGETS } from '#app/change-targets.ts';
import { ownThread } from '#app/deciding/own-thread.ts';
import { actionTitles } from '#app/operations.ts';
import { STAGES } from '#app/stages.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { announceActivities } from '#features/activity/announce.ts';
import { createActivityLog } from '#features/activity/log.ts';
import type { ServerConfig, Services } from '#features/context.ts';
import { writeAllowed } from '#features/dlp/checks/allowed.ts';
import { writeCheckRefusals } from '#features/dlp/checks/refusals.ts';
import { stopReadings } from '#features/imports/read.ts';
import { workspaceMail } from '#features/mail/workspace-mail.ts';
import { createEvents } from '#features/shared/events.ts';
import type { ChangeTarget } from '#features/shared/services/change-targets.ts';
import type { Mail } from '#features/shared/services/mail.ts';
import { createForwarding } from '#features/sinks/forwarding.ts';
import { createTally } from '#features/tally.ts';
import { storeSpooled } from '#features/telemetry/receive.ts';
import { recordRefusal, writeRefusals } from '#features/telemetry/refusals.ts';
import { createTelemetrySpool } from '#features/telemetry/spool.ts';
import { createVerdicts } from '#features/verdicts/service.ts';
import type { ThreadSource } from '#features/verdicts/thread.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { SOURCES } from '#sources/registry.ts';
import type { Source } from '#sources/source.ts';
import { openBlobs } from '#store/blobs.ts';
import type { Store } from '#store/open.ts';
import type { Sealer } from '#store/seal.ts';
import { openSpool } from '#store/spool.ts';

export interface ServicesOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly config: ServerConfig;
  readonly clock?: () => Date;
  /** Left out: real time. Tests whose clock stands still or jumps pass their own. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** As in `Services`; default 200. */
  readonly guardMs?: number;
  readonly catalogue?: Catalogue;
  /** Left out: all vendors. */
  readonly sources?: readonly Source[];
  /** Left out: all change targets. */
  readonly changeTargets?: readonly ChangeTarget[];
  readonly log?: Logger;
  /** Left out: mail through the server in the settings. */
  readonly mail?: Mail;
  /** Left out: verdicts are decided in a thread of this console. */
  readonly thread?: ThreadSource;
  /** Milliseconds without storing telemetry after which the database counts as unavailable; left out: the default. */
  readonly databaseTimeoutMs?: number;
  /** How events are sent to sinks; left out: over the network. */
  readonly forwarding?: Parameters<typeof createForwarding>[1];
}

const DEFAULT_SPOOL_BYTES = 256 * 1024 * 1024;

/** Creates everything that handlers use. The only place where services are created. */
export async function createServices(
  options: ServicesOptions,
): Promise<Services & { close(): Promise<void> }> {
  const { store, sealer, config } = options;
  const clock = options.clock ?? (() => new Date());
  const catalogue = options.catalogue ?? loadCatalogue();
  const events = createEvents();
  const tally = createTally();
  const thread = options.thread ?? ownThread(() => catalogue);
  const log = options.log ?? pino({ level: 'silent' });
  const verdicts = createVerdicts({ store, catalogue, clock, events, thread, log });
  const services: Services & { close(): Promise<void> } = {
    store,
    blobs: await openBlobs(join(config.dataDir, 'evidence')),
    sealer,
    catalogue,
    sources: options.sources ?? SOURCES,
    changeTargets: options.changeTargets ?? CHANGE_TARGETS,
    actionTitles: actionTitles(),
    clock,
    sleep: options.sleep ?? ((milliseconds) => new Promise((done) => setTimeout(done, milliseconds))),
    guardMs: options.guardMs ?? 200,
    events,
    verdicts,
    mail: options.mail ?? workspaceMail(store, sealer, { config, clock }),
    activityLog: createActivityLog(() => services, STAGES),
    tally,
    telemetrySpool: createTelemetrySpool({
      tally,
      log: () => services.log,
      spool: openSpool({
        directory: join(config.dataDir, 'telemetry-spool'),
        maxBytes: config.spoolBytes ?? DEFAULT_SPOOL_BYTES,
      }),
      handOn: (clientId, request) => storeSpooled(services, clientId, request),
      lost: (clientId) => recordRefusal(services, clientId, 'logs', 'unreadable_request', 1),
      databaseTimeoutMs: options.databaseTimeoutMs,
    }),
    forwarding: createForwarding(() => services, options.forwarding),
    log,
    config,
    close: async () => {
      stopAnnouncing();
      await services.forwarding.stop();
      await services.telemetrySpool.stop();
      await stopReadings(services);
      await writeRefusals(services);
      await writeAllowed(services);
      await writeCheckRefusals(services);
      await verdicts.close();
      await store.close();
    },
  };
  const stopAnnouncing = announceActivities(services);
  return services;
}
