import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { lastChange } from '../last-change.ts';
import { badRequest, conflict, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { readWorkspace } from '../shared/settings.ts';
import { activityRetentionHandlers } from './activity/handlers.ts';
import type { retentionContract } from './contract.ts';
import { lastRemoval } from './last.ts';
import { holdNow, keepingOf, readRetained, writeRetained } from './model.ts';
import { previewOf } from './preview.ts';
import { staffRetentionHandlers } from './staff/handlers.ts';

export const retentionHandlers: HandlersOf<typeof retentionContract> = {
  activity: activityRetentionHandlers,
  staff: staffRetentionHandlers,

  show,

  preview: async (context, input) => {
    const { client, services } = context;
    const { settings } = await context.read((tx) => readRetained(tx, client.id));
    const own = settings.retention;
    const asked = { readings: input.readings ?? own.readings, reports: input.reports ?? own.reports };
    const { removal, stays } = await previewOf(
      services,
      client.id,
      keepingOf(asked, await workspaceOf(context)),
    );
    return { ...removal, stays, held: holdNow(own, todayOf(context)) !== null };
  },

  change: async (context, input) => {
    await context.change(async (tx, recorder) => {
      const client = await readRetained(tx, context.client.id, { lock: true });
      const before = client.settings.retention;
      if (before.version !== input.version)
        throw conflict(
          'Someone else changed how long things are kept after you opened it. Nothing of yours is stored; look at the current version.',
          {
            ...(await lastChange(tx, { chain: client.id, actions: 'retention.change' })),
            version: before.version,
          },
        );
      const { readings, reports } = input;
      if (before.readings === readings && before.reports === reports) return recorder.unchanged();
      await writeRetained(tx, client, { ...before, readings, reports, version: before.version + 1 });
      await recorder.record({
        subject: { kind: 'client', id: client.id, name: client.name },
        before: { readings: before.readings, reports: before.reports },
        after: { readings, reports },
      });
    });
    return changed(context);
  },

  hold: async (context, input) => {
    await context.change(async (tx, recorder) => {
      const client = await readRetained(tx, context.client.id, { lock: true });
      const before = client.settings.retention;
      if (
        before.hold?.reason === input.reason &&
        before.hold.owner === input.owner &&
        before.hold.until === input.until
      )
        return recorder.unchanged();
      const { reason, owner, until } = input;
      if (until !== null && until < todayOf(context))
        throw badRequest('The last day of the hold has already passed. Choose a later one, or none.');
      // Someone who may only place a hold must not end one by replacing it with a shorter one.
      const on = holdNow(before, todayOf(context));
      if (on !== null && until !== null && (on.until === null || until < on.until))
        throw unprocessable(
          `The client is on legal hold until ${on.until === null ? 'someone ends it' : dayWords(on.until)}. To shorten the hold, end it first.`,
        );
      const hold = { reason, owner, until, by: context.actor.name, at: context.now.toISOString() };
      await writeRetained(tx, client, { ...before, hold });
      await recorder.record({
        subject: { kind: 'client', id: client.id, name: client.name },
        reason: input.reason,
        before: { hold: before.hold },
        after: { hold },
      });
    });
    return changed(context);
  },

  release: async (context, input) => {
    await context.change(async (tx, recorder) => {
      const client = await readRetained(tx, context.client.id, { lock: true });
      const before = client.settings.retention;
      if (before.hold === null) return recorder.unchanged();
      await writeRetained(tx, client, { ...before, hold: null });
      await recorder.record({
        subject: { kind: 'client', id: client.id, name: client.name },
        reason: input.reason,
        before: { hold: before.hold },
        after: { hold: null },
      });
    });
    return changed(context);
  },
};

async function changed(context: HandlerContext) {
  context.services.events.publish({ client: context.client.id, topic: 'client', id: null });
  return show(context);
}

function todayOf({ now, client }: HandlerContext): string {
  return present(now, client.timezone).today;
}

async function workspaceOf({ services }: HandlerContext) {
  return (await services.store.read('system', readWorkspace)).settings.retention;
}

async function show(context: HandlerContext) {
  const workspace = await workspaceOf(context);
  const { retention, last } = await context.read(async (tx) => ({
    retention: (await readRetained(tx, context.client.id)).settings.retention,
    last: await lastRemoval(tx, context.client.id),
  }));
  const { readings, reports, version } = retention;
  return {
    own: { readings, reports },
    workspace,
    holds: keepingOf(retention, workspace),
    hold: holdNow(retention, todayOf(context)),
    last,
    version,
    can: { change: context.can('client.remove'), hold: context.can('client.edit') },
  };
}
