import type { z } from 'zod';
import type { ReminderPlan } from '#domain/policy/reminders.ts';
import { type PolicySettingsRow, policySettings, putPolicySettings } from '#store/policy/settings.ts';
import type { HandlerContext } from '../context.ts';
import { conflict } from '../problems.ts';
import type { scheduleShown } from './coverage-schemas.ts';

/** When people are reminded according to these settings; without settings, no one is. */
export function planOf(row: PolicySettingsRow | undefined): ReminderPlan {
  return {
    on: row?.remind ?? false,
    firstAfter: row?.first_after ?? 3,
    every: row?.every ?? 7,
    most: row?.most ?? 4,
    daysOff: row?.days_off ?? [],
  };
}

export function scheduleOf(row: PolicySettingsRow | undefined): z.input<typeof scheduleShown> {
  const plan = planOf(row);
  return {
    ...plan,
    daysOff: [...plan.daysOff],
    version: row?.version ?? 0,
    changed: row === undefined ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

/** Sets when people are reminded. */
export async function setSchedule(
  context: HandlerContext,
  { version, ...wanted }: ReminderPlan & { readonly version: number },
): Promise<z.input<typeof scheduleShown>> {
  const { client, actor, now, services } = context;
  const stored = await context.change(async (tx, recorder) => {
    const row = await policySettings(tx, client.id, { lock: true });
    const put = await putPolicySettings(tx, {
      client_id: client.id,
      remind: wanted.on,
      first_after: wanted.firstAfter,
      every: wanted.every,
      most: wanted.most,
      days_off: [...new Set(wanted.daysOff)].sort(),
      version,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (!put) throw editConflict(row);
    const after = await policySettings(tx, client.id);
    await recorder.record({
      subject: { kind: 'policy', id: client.id },
      before: { ...planOf(row) },
      after: { ...planOf(after) },
    });
    return after;
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return scheduleOf(stored);
}

export function editConflict(row: PolicySettingsRow | undefined) {
  return conflict('Someone else changed these settings in the meantime. Look at the current version.', {
    by: row?.changed_by_name ?? null,
    at: row?.changed_at ?? null,
    version: row?.version ?? 0,
  });
}
// Guide: G8-17
