import { fileURLToPath } from 'node:url';
import { assess } from '#features/assess/assess.ts';
import { readProfile } from '#features/assess/profile.ts';
import { version } from '#features/version.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { reportServer } from './app.ts';

/**
 * Until the console exists, `npm start` assesses the sandbox association and serves its report on the loopback
 * address. BYLAW_PORT chooses another port.
 */
const HOST = '127.0.0.1';
const port = Number(process.env.BYLAW_PORT ?? 7700);
const folder = fileURLToPath(new URL('../../sandbox/association/', import.meta.url));

const profile = await readProfile(`${folder}client.yaml`);
const { report } = await assess({
  folder,
  profile,
  catalogue: loadCatalogue(),
  version,
  clock: new Date(),
  preparedBy: 'Kestrel Lane IT (sandbox)',
});
const app = reportServer(report, 'us-letter');
try {
  await app.listen({ host: HOST, port });
  console.log(
    `${report.client.name}, an invented association: ${report.total} controls, ${report.counts.fail} fail, ${report.counts.cannot_read} could not be read.`,
  );
  console.log(`Bylaw shows its report on http://${HOST}:${port}`);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken
      ? `Port ${port} is in use. Set BYLAW_PORT to a free one, for example BYLAW_PORT=7701 npm start.`
      : `The report cannot be served: ${String(error)}`,
  );
  process.exitCode = 1;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void app.close().then(() => process.exit(0)));
}
