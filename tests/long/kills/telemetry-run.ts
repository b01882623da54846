import { detectionsOf } from '../../../src/features/detections/client-detections.ts';
import { createApp } from '../../../src/server/app.ts';
import { createServices } from '../../../src/server/services.ts';
import { openStore } from '../../../src/store/open.ts';
import { openSealer } from '../../../src/store/seal.ts';

/** The telemetry receiver on a real database, without the console. Environment variables say where. */
const dataDir = process.env.BYLAW_DATA ?? '';
const store = await openStore({ dataDir, databaseUrl: process.env.DATABASE_URL ?? null });
const origin = `http://127.0.0.1:${process.env.BYLAW_PORT}`;
const services = await createServices({
  store,
  sealer: await openSealer({ keyFile: `${dataDir}/secret.key` }),
  config: {
    origin,
    dataDir,
    privateHosts: [],
    resolvers: [],
    version: '0',
    build: 'test',
  },
});
const app = await createApp({ services, webFolder: null });
// Load this in advance: the thread that reads what detections compare with takes longer to start than the server lives.
await detectionsOf(services, 'alder');
await app.listen({ host: '127.0.0.1', port: Number(process.env.BYLAW_PORT) });
console.log('ready');
