import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../app.ts';
import { testConsole } from './console.ts';

export interface RunningApp {
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** A console that listens on a port of its own, for what cannot be seen without a connection. */
export async function runningApp(options: { readonly slowBodyMs: number }): Promise<RunningApp> {
  const bylaw = await testConsole();
  const app = await createApp({ services: bylaw.services, webFolder: null, ...options });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: (app.server.address() as AddressInfo).port,
    server: app.server,
    close: async () => {
      await app.close();
      await bylaw.close();
    },
  };
}
