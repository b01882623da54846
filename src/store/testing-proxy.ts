import { createConnection, createServer, type Socket } from 'node:net';

/** Proxy between a store and its PostgreSQL server, with which a test can simulate outages. */
export interface DatabaseProxy {
  /** URL of the database through the proxy. */
  readonly url: string;
  set(state: ProxyState): void;
  close(): Promise<void>;
}

/**
 * `cut`: connections are refused; `lost_commit`: writes to the activity log are committed, but the response is lost;
 * `open`: normal.
 */
type ProxyState = 'open' | 'cut' | 'lost_commit';

export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  let state: ProxyState = 'open';
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy();
    const far = createConnection({ host: target.hostname, port: Number(target.port) });
    const pair = [near, far] as const;
    pairs.add(pair);
    let adds = false;
    let mute = false;
    near.on('data', (bytes) => {
      adds ||= state === 'lost_commit' && bytes.includes('insert into "activities"');
      mute ||= adds && bytes.includes('commit\0');
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!mute) near.write(bytes);
    });
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  const breakAll = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    url: url.href,
    set(next) {
      // A held-back response will never arrive, so break the connections that wait for it.
      if (next === 'cut' || state === 'lost_commit') breakAll();
      state = next;
    },
    async close() {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
