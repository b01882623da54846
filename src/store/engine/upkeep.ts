import type { Engine, Session } from './engine.ts';

const UPKEEP_INTERVAL_MS = 30_000;
/** Maximum size of the log before a checkpoint: a start after a crash has to replay it. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;

/**
 * Makes the planner sample 3,000 rows instead of 30,000: sufficient for these tables, and nobody waits a second and a
 * half for a table of 300,000 rows.
 */
const SAMPLE = 'set default_statistics_target = 10';

export interface Upkeep {
  /** Waits for a running pass and prevents others until the returned function is called. */
  pause(): Promise<() => void>;
  stop(): void;
}

/**
 * The embedded database has none of PostgreSQL's background processes, so nothing would checkpoint, analyze or vacuum.
 * This does, one table at a time so that nobody waits for long.
 */
export function startUpkeep(engine: Pick<Engine, 'session'>): Upkeep {
  let running: Promise<void> | null = null;
  let pauses = 0;
  const timer = setInterval(() => {
    if (running !== null || pauses > 0) return;
    // A database that is unavailable or full reports it to its users; upkeep simply tries again later.
    running = upkeep(engine)
      .catch(() => {})
      .finally(() => {
        running = null;
      });
  }, UPKEEP_INTERVAL_MS);
  timer.unref();
  return {
    async pause() {
      pauses += 1;
      await running;
      let over = false;
      return () => {
        if (!over) pauses -= 1;
        over = true;
      };
    },
    stop: () => clearInterval(timer),
  };
}

/** One pass: analyzes and vacuums tables that changed enough, then makes a checkpoint if due. */
export async function upkeep(engine: Pick<Engine, 'session'>): Promise<void> {
  const due = await engine.session((session) =>
    session.query<{ name: string; vacuum: boolean }>(
      `select format('%I.%I', schemaname, relname) as name, n_dead_tup > 1000 + 0.2 * n_live_tup as vacuum
         from pg_stat_user_tables
        where n_dead_tup > 1000 + 0.2 * n_live_tup or n_mod_since_analyze > 500 + 0.1 * n_live_tup`,
    ),
  );
  if (due.rows.length > 0) await engine.session((session) => session.query(SAMPLE));
  for (const { name, vacuum } of due.rows) {
    await engine.session((session) => session.query(vacuum ? `vacuum (analyze) ${name}` : `analyze ${name}`));
  }
  // Last, because the first read of recently written rows sets hint bits, which are logged as well.
  await engine.session(checkpointWhenDue);
}

async function checkpointWhenDue(session: Session): Promise<void> {
  const { rows } = await session.query<{ due: boolean }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > $1 as due from pg_control_checkpoint()',
    [CHECKPOINT_BYTES],
  );
  if (rows[0]?.due === true) await session.query('checkpoint');
}
