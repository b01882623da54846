import { partition } from '../migrations/security.ts';
import type { Store } from '../open.ts';

/** Advisory lock, so that processes creating the same month take turns. The number is arbitrary but fixed. */
const MONTHS_LOCK = 6_201_948;

/**
 * Creates missing partitions for these months (YYYY-MM) and moves their rows from the default partition, where they are
 * after a restore.
 */
export async function makeMonths(store: Store, months: readonly string[]): Promise<void> {
  await store.asOwner(async (session) => {
    for (const month of months) {
      const name = `activities_${month.replace('-', '_')}`;
      if (!/^activities_\d{4}_\d{2}$/.test(name)) throw new TypeError(`${month} is not a month.`);
      const { from, to } = bounds(month);
      await session.script('begin');
      try {
        await session.query('select pg_advisory_xact_lock($1)', [MONTHS_LOCK]);
        const { rows } = await session.query('select from pg_class where oid = to_regclass($1)', [name]);
        if (rows.length === 0) {
          await session.query(`select set_config('bylaw.scope', '*', true)`);
          // Rows in the default partition would prevent the new partition, so they are moved out first.
          await session.script(
            [
              `create temporary table moving on commit drop as select * from activities where at >= '${from}' and at < '${to}' and tableoid = 'activities_default'::regclass`,
              `delete from activities where at >= '${from}' and at < '${to}' and tableoid = 'activities_default'::regclass`,
              ...partition(name, `activities for values from ('${from}') to ('${to}')`),
              'insert into activities select * from moving',
            ].join(';\n'),
          );
        }
      } catch (error) {
        await session.script('rollback');
        throw error;
      }
      await session.script('commit');
    }
  });
}

/** Months (YYYY-MM) with rows in the default partition. */
export async function waitingMonths(store: Store): Promise<string[]> {
  return store.asOwner(async (session) => {
    await session.script('begin');
    await session.query(`select set_config('bylaw.scope', '*', true)`);
    const { rows } = await session.query<{ month: string }>(
      `select distinct to_char(at at time zone 'UTC', 'YYYY-MM') as month from activities
        where tableoid = 'activities_default'::regclass order by 1`,
    );
    await session.script('commit');
    return rows.map(({ month }) => month);
  });
}

function bounds(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: `${month}-01T00:00:00Z`, to: `${next}-01T00:00:00Z` };
}
