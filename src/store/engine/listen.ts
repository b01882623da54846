import pg from 'pg';

/** Receives the notifications of other processes on the same database. */
export interface Heard {
  notice(text: string): void;
  /** The connection was reestablished after a break; notifications in between are lost. */
  back(): void;
}

export interface Listening {
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 10_000;
/** How often an idle connection is probed: one that a firewall dropped silently does not report it. */
const PROBE_INTERVAL_MS = 30_000;
const TIMEOUT_MS = 10_000;

/** Listens on a separate connection, which is reopened whenever it breaks, until stopped. */
export function listenOn(connectionString: string, channel: string, heard: Heard): Listening {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;
  let stopped = false;
  let broken = false;

  async function open(): Promise<void> {
    const mine = new pg.Client({
      connectionString,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
      application_name: 'bylaw notices',
    });
    client = mine;
    const lost = () => {
      if (client !== mine) return;
      client = null;
      clearInterval(timer);
      broken = true;
      void mine.end().catch(() => {});
      if (stopped) return;
      timer = setTimeout(() => void open(), wait).unref();
      wait = Math.min(2 * wait, MAX_WAIT_MS);
    };
    mine.on('error', lost);
    mine.on('end', lost);
    mine.on('notification', ({ payload }) => heard.notice(payload ?? ''));
    try {
      await mine.connect();
      await mine.query(`listen ${mine.escapeIdentifier(channel)}`);
    } catch {
      return lost();
    }
    if (client !== mine) return;
    wait = FIRST_WAIT_MS;
    timer = setInterval(() => void mine.query('select 1').catch(lost), PROBE_INTERVAL_MS).unref();
    if (broken) heard.back();
    broken = false;
  }

  const opening = open();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await opening;
      clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => {});
    },
  };
}
