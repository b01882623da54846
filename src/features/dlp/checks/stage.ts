import { CHECK_VERDICTS, checkType } from '#domain/dlp/decision.ts';
import { insertChecks } from '#store/dlp/checks.ts';
import type { Stage } from '../../shared/services/activity-log.ts';

const VERDICT_OF = new Map<string, string>(CHECK_VERDICTS.map((verdict) => [checkType(verdict), verdict]));

/** Stores the guards' decisions by reference, in step with their activities. */
export const checkStage: Stage = {
  name: 'decisions of guards',
  prepare: ({ clientId, activities }) => {
    const checks = activities.flatMap(({ source, type, at, id, detail }) => {
      const verdict = source === 'guard' ? VERDICT_OF.get(type) : undefined;
      if (verdict === undefined) return [];
      return [
        {
          client_id: clientId,
          reference: String(detail.reference),
          guard: String(detail.guard),
          at,
          id,
          verdict,
        },
      ];
    });
    return ({ tx, atEnd }) => {
      if (checks.length > 0) atEnd(insertChecks(tx, checks));
    };
  },
};
