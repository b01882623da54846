import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readSettings, settingWarnings } from '#features/server-settings.ts';
import { SettingProblem } from '#features/setting-problem.ts';
import { collectOnce, collectWhenIdle } from '#store/collect.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { type RunningServer, startServer } from './start.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the console if needed, opens the database and listens until stopped. */
export async function run(): Promise<void> {
  try {
    await serve();
  } catch (error) {
    console.error(explained(error));
    process.exitCode = 1;
  }
}

async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  // So that child processes and diagnostic reports cannot leak the keys.
  delete process.env.BYLAW_KEY;
  delete process.env.BYLAW_METRICS_TOKEN;
  for (const warning of settingWarnings(settings)) console.error(`Warning: ${warning}`);
  const built = spawnSync(process.execPath, [`${root}scripts/build-web.ts`, '--if-needed'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0)
    throw new SettingProblem('The console could not be built; the lines above say why.');
  const server = await startServer(settings, `${root}web/dist`, (message) => console.log(message));
  const lines = [`Bylaw is ready on ${settings.origin}`, `Data: ${server.place}`];
  if (server.firstOwner !== null)
    lines.push(
      '',
      'No one can sign in yet. Open this address once to become the first owner (it is valid for 24 hours):',
      `  ${server.firstOwner}`,
    );
  // In one write, so that a program reading the output gets the link together with the line that the server is ready.
  console.log(lines.join('\n'));
  stopOnSignal(server);
  collectOnce();
  collectWhenIdle();
}

/** Milliseconds from the signal to stop until the process exits at the latest. */
const MAX_STOP_MS = 20_000;

function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      // A job or database that does not finish. Everything that was acknowledged is already on disk.
      setTimeout(() => {
        console.error(`Bylaw was stopped: it did not finish within ${MAX_STOP_MS / 1_000} seconds.`);
        process.exit(1);
      }, MAX_STOP_MS).unref();
      void server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function explained(error: unknown): string {
  if (error instanceof SettingProblem || error instanceof StoreProblem) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Port ${process.env.BYLAW_PORT ?? 7700} is in use. Set BYLAW_PORT to a free one, for example BYLAW_PORT=7701 npm start.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
