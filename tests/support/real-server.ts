import { rm } from 'node:fs/promises';
import { readSettings } from '../../src/features/server-settings.ts';
import { type RunningServer, startServer } from '../../src/server/start.ts';
import { newDataDirectory } from '../../src/store/testing.ts';
import { builtConsole } from './console-browser.ts';
import { freePort } from './free-port.ts';
import { Visitor } from './server-process.ts';

/** The server as `npm start` runs it, with its own data directory; it can be stopped and restarted. */
export interface RealServer {
  readonly origin: string;
  /** URL to create the first owner; null once there is one. */
  readonly firstOwner: string | null;
  stop(): Promise<void>;
  /** Restarts on the same data and port; another folder of the console simulates another build. */
  start(webFolder?: string): Promise<void>;
  /** Stops the server and removes its data. */
  close(): Promise<void>;
}

export async function realServer(): Promise<RealServer> {
  const dataDir = await newDataDirectory();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const settings = readSettings({
    BYLAW_DATA: dataDir,
    BYLAW_PORT: String(port),
    BYLAW_ORIGIN: origin,
    BYLAW_LOG: 'silent',
  });
  const built = await builtConsole();
  let running: RunningServer | null = await startServer(settings, built);
  const { firstOwner } = running;
  const stop = async () => {
    await running?.close();
    running = null;
  };
  return {
    origin,
    firstOwner,
    stop,
    start: async (webFolder = built) => {
      running = await startServer(settings, webFolder);
    },
    close: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Creates the first owner and returns the cookie of their session. */
export async function signUp({ origin, firstOwner }: RealServer): Promise<{ cookie: string }> {
  const olive = new Visitor();
  await olive.signUp({ origin, firstOwner: new URL(firstOwner ?? '').hash.slice(1) });
  return olive;
}
