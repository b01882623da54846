import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { oldTexts } from '#store/activity/texts.ts';
import { type HoldRow, holdsOf, liftHold, placeHold } from '#store/usage/holds.ts';
import { logSpan } from '#store/usage/read.ts';
import { oldActivities, oldCounts } from '#store/usage/remove.ts';
import { textWords } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import type { HandlersOf } from '../../handlers-of.ts';
import { lastChange } from '../../last-change.ts';
import { peopleOf } from '../../people/index.ts';
import { badRequest, conflict, notFound, unprocessable } from '../../problems.ts';
import { present } from '../../shared/moment.ts';
import { holdNow, readRetained } from '../model.ts';
import type { activityRetentionContract } from './contract.ts';
import {
  heldPeople,
  isOn,
  outlives,
  pastTexts,
  pastTime,
  readActivityRetention,
  writeActivityRetention,
} from './model.ts';

export const activityRetentionHandlers: HandlersOf<typeof activityRetentionContract> = {
  show,

  preview: async (context, input) => {
    const { client } = context;
    const zone = client.timezone;
    const today = todayOf(context);
    const people = await peopleOf(context, client, { masked: false });
    return context.read(async (tx) => {
      const own = await readActivityRetention(tx, client.id);
      const held = await heldPeople(tx, client.id, people, today);
      const keep = { events: input.events ?? own.events, counts: input.counts ?? own.counts };
      const past = pastTime(keep, { today, zone, held });
      const { settings } = await readRetained(tx, client.id);
      return {
        activities: past.events === null ? 0 : await oldActivities(tx, client.id, past.events),
        activitiesBefore:
          past.events === null
            ? null
            : DateTime.fromJSDate(past.events.before, { zone }).toFormat('yyyy-MM-dd'),
        counts: past.counts === null ? 0 : await oldCounts(tx, client.id, past.counts),
        countsBefore: past.counts?.before ?? null,
        texts: await oldTexts(
          tx,
          client.id,
          pastTexts({ texts: input.texts ?? own.texts }, { now: context.now, held }),
        ),
        heldPeople: new Set(held.map((person) => people.of(person).key)).size,
        held: holdNow(settings.retention, today) !== null,
      };
    });
  },

  change: async (context, input) => {
    const { events, counts, version } = input;
    if (!outlives({ events, counts }))
      throw unprocessable(
        'Counts cannot go before the events that they are made of. Keep counts as long as events, or longer.',
      );
    await context.change(async (tx, recorder) => {
      const before = await readActivityRetention(tx, context.client.id, { lock: true });
      if (before.version !== version)
        throw conflict(
          'Someone else changed how long activities are kept after you opened it. Nothing of yours is stored; look at the current version.',
          {
            ...(await lastChange(tx, { chain: context.client.id, actions: 'retention.change_activity' })),
            version: before.version,
          },
        );
      const texts = input.texts ?? before.texts;
      if (before.events === events && before.counts === counts && before.texts === texts)
        return recorder.unchanged();
      await writeActivityRetention(tx, context.client.id, { events, counts, texts, version: version + 1 });
      await recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
        before: { events: before.events, counts: before.counts, texts: before.texts },
        after: { events, counts, texts },
      });
    });
    return show(context);
  },

  holds: async (context) => {
    const rows = await context.read((tx) => holdsOf(tx, context.client.id));
    return { items: rows.map((row) => shown(row, todayOf(context))), total: rows.length };
  },

  holdPerson: async (context, input) => {
    const { person, reason, owner, until } = input;
    const today = todayOf(context);
    if (until !== null && until < today)
      throw badRequest('The last day of the hold has already passed. Choose a later one, or none.');
    const row: HoldRow = {
      client_id: context.client.id,
      id: randomUUID(),
      person,
      reason,
      owner,
      until_day: until,
      placed_at: context.now,
      placed_by: context.actor.name,
      lifted_at: null,
      lifted_by: null,
      lift_reason: null,
    };
    await context.change(async (tx, recorder) => {
      // The daily run locks the same row while it determines what to remove.
      await readRetained(tx, context.client.id, { lock: true });
      await placeHold(tx, row);
      await recorder.record({
        subject: { kind: 'legal_hold', id: row.id, name: person },
        reason,
        after: { person, owner, until },
      });
    });
    return shown(row, today);
  },

  liftHold: async (context, input) => {
    const row = await context.change(async (tx, recorder) => {
      const lifted = await liftHold(tx, context.client.id, input.hold, {
        at: context.now,
        by: context.actor.name,
        reason: input.reason,
      });
      if (lifted === null) throw notFound();
      await recorder.record({
        subject: { kind: 'legal_hold', id: lifted.id, name: lifted.person ?? lifted.id },
        reason: input.reason,
        before: { person: lifted.person, owner: lifted.owner, until: lifted.until_day },
        after: { lifted: true },
      });
      return lifted;
    });
    return shown(row, todayOf(context));
  },
};

function todayOf({ now, client }: HandlerContext): string {
  return present(now, client.timezone).today;
}

async function show(context: HandlerContext) {
  const { own, log, content } = await context.read(async (tx) => ({
    own: await readActivityRetention(tx, context.client.id),
    content: await textWords(tx, context),
    log: await logSpan(tx, context.client.id),
  }));
  return {
    ...own,
    content,
    log,
    can: { change: context.can('client.remove'), hold: context.can('client.edit') },
  };
}

function shown(row: HoldRow, today: string) {
  const { lifted_at: at, lifted_by: by, lift_reason: reason } = row;
  return {
    id: row.id,
    person: row.person ?? '',
    reason: row.reason,
    owner: row.owner,
    until: row.until_day,
    on: isOn(row, today),
    placedBy: row.placed_by,
    placedAt: row.placed_at.toISOString(),
    lifted: at === null ? null : { at: at.toISOString(), by: by ?? '', reason: reason ?? '' },
  };
}
