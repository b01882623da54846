import type { HandlerContext } from '../../context.ts';
import type { HandlersOf } from '../../handlers-of.ts';
import { lastChange } from '../../last-change.ts';
import { peopleOf } from '../../people/index.ts';
import { conflict } from '../../problems.ts';
import { present } from '../../shared/moment.ts';
import { heldPeople } from '../activity/model.ts';
import { holdNow, readRetained } from '../model.ts';
import type { staffRetentionContract } from './contract.ts';
import {
  type OwnStaffRetention,
  pastStaff,
  readStaffRetention,
  staffKeepingOf,
  writeStaffRetention,
} from './model.ts';

export const staffRetentionHandlers: HandlersOf<typeof staffRetentionContract> = {
  show: (context, { reports, training }) =>
    show(context, {
      ...(reports === undefined ? {} : { reports }),
      ...(training === undefined ? {} : { training }),
    }),

  change: async (context, { version, reports, training }) => {
    const { client } = context;
    await context.change(async (tx, recorder) => {
      const before = await readStaffRetention(tx, client.id, { lock: true });
      if (before.version !== version)
        throw conflict(
          'Someone else changed how long records of staff are kept after you opened it. Nothing of yours is stored; look at the current version.',
          {
            ...(await lastChange(tx, { chain: client.id, actions: 'retention.change_staff' })),
            version: before.version,
          },
        );
      if (before.reports === reports && before.training === training) return recorder.unchanged();
      await writeStaffRetention(tx, client.id, { reports, training, version: version + 1 });
      await recorder.record({
        subject: { kind: 'client', id: client.id, name: client.name },
        before: { reports: before.reports, training: before.training },
        after: { reports, training },
      });
    });
    return show(context, {});
  },
};

async function show(
  context: HandlerContext,
  asked: Partial<Pick<OwnStaffRetention, 'reports' | 'training'>>,
) {
  const { client, services, now, can } = context;
  const { staffRetention } = services.catalogue;
  const zone = client.timezone;
  const { today } = present(now, zone);
  const people = await peopleOf(context, client, { masked: false });
  return context.read(async (tx) => {
    const own = { ...(await readStaffRetention(tx, client.id)), ...asked };
    const { settings } = await readRetained(tx, client.id);
    const held = await heldPeople(tx, client.id, people, today);
    const past = await pastStaff(tx, client.id, staffKeepingOf(own, staffRetention), { today, zone, held });
    const { asOf, reports, training, sources } = staffRetention;
    return {
      ...own,
      byDefault: { asOf, reports, training, sources: sources.map(({ title, url }) => ({ title, url })) },
      past: { reports: past.reports.length, quizzes: past.passes.length },
      held: holdNow(settings.retention, today) !== null,
      can: { change: can('client.remove') },
    };
  });
}
