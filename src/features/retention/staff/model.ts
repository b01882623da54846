import { DateTime } from 'luxon';
import { z } from 'zod';
import type { StaffRetention } from '#domain/model/staff-retention.ts';
import type { Tx } from '#store/open.ts';
import { expiredPasses, expiredReports, type OldReport } from '#store/staff/expired.ts';
import { KEEP, type Keep } from '../../shared/retention-months.ts';
import { settingsPart } from '../settings-part.ts';

/** Months, `forever`, or `catalogue`: the catalogue's default. */
export const staffKeep = z.enum([...KEEP, 'catalogue']);

/** A client's settings for records about individual staff. */
const ownStaff = z.object({
  reports: staffKeep.default('catalogue'),
  training: staffKeep.default('catalogue'),
  version: z.number().int().default(1),
});
export type OwnStaffRetention = z.infer<typeof ownStaff>;

export const { read: readStaffRetention, write: writeStaffRetention } = settingsPart<OwnStaffRetention>(
  'staffRetention',
  ownStaff,
);

/** Retention of records about staff. */
export interface StaffKeeping {
  readonly reports: Keep;
  readonly training: Keep;
}

export function staffKeepingOf(
  { reports, training }: Pick<OwnStaffRetention, 'reports' | 'training'>,
  catalogue: StaffRetention,
): StaffKeeping {
  return {
    reports: reports === 'catalogue' ? catalogue.reports.months : reports,
    training: training === 'catalogue' ? catalogue.training.months : training,
  };
}

export interface PastStaff {
  readonly reports: readonly OldReport[];
  /** Ids of passed quizzes. */
  readonly passes: readonly string[];
}

/**
 * Records whose retention has ended on a day of the client's time zone. The only place that determines it: its result
 * is counted and removed.
 */
export async function pastStaff(
  tx: Tx,
  clientId: string,
  { reports, training }: StaffKeeping,
  { today, zone, held }: { readonly today: string; readonly zone: string; readonly held: readonly string[] },
): Promise<PastStaff> {
  const removal = (keep: Keep) =>
    keep === 'forever'
      ? null
      : {
          before: DateTime.fromISO(today, { zone })
            .minus({ months: Number(keep) })
            .startOf('day')
            .toJSDate(),
          held,
        };
  const [report, pass] = [removal(reports), removal(training)];
  return {
    reports: report === null ? [] : await expiredReports(tx, clientId, report),
    passes: pass === null ? [] : await expiredPasses(tx, clientId, pass),
  };
}
