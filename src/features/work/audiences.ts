import type { z } from 'zod';
import { AUDIENCE_ASSIGNMENTS } from '#domain/work/facts.ts';
import { assignmentsOf } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { assignmentWords, assignTask, peopleWith, resolveOwner, shownOwner } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import type { audiencesView } from './schemas.ts';

type View = z.infer<typeof audiencesView>;

/** The audiences of the guide, and who they are at the client. */
export async function showAudiences(context: HandlerContext): Promise<View> {
  const { services, client, actor, can } = context;
  const { asOf, audiences } = services.catalogue.audiences;
  const rows = await context.read((tx) => assignmentsOf(tx, client.id, AUDIENCE_ASSIGNMENTS));
  const able = await services.store.read('system', (tx) => peopleWith(tx, client.id, 'work.read'));
  const access = new Set(able.map(({ id }) => id));
  return {
    asOf,
    audiences: audiences.map(({ id, title, sections, pages }) => {
      const row = rows.find(({ task }) => task === id);
      return {
        id,
        title,
        sections: sections.map((section) => ({ ...section, guide: [...section.guide] })),
        pages: pages
          .filter(({ permission }) => can(permission))
          .map(({ label, page }) => ({ label, href: `/c/${client.slug}${page}` })),
        holder: row === undefined ? null : shownOwner(row, access),
        mine: row?.owner_user === actor.userId,
        version: row?.version ?? 0,
      };
    }),
    people: can('work.edit') ? able.map(({ name, email }) => ({ name, email })) : [],
  };
}

/** Assigns a person to an audience, or with null nobody. */
export async function holdAudience(
  context: HandlerContext,
  input: { readonly audience: string; readonly version: number; readonly owner: string | null },
): Promise<View> {
  const { services, client, actor, now } = context;
  const audience = services.catalogue.audiences.audiences.find(({ id }) => id === input.audience);
  if (audience === undefined) throw notFound();
  const owner = await resolveOwner(services, client.id, input.owner);
  await context.change(async (tx, recorder) => {
    const { before, after } = await assignTask(tx, {
      clientId: client.id,
      journey: AUDIENCE_ASSIGNMENTS,
      task: audience.id,
      owner,
      due: null,
      by: { id: actor.userId, name: actor.name },
      now,
      version: input.version,
    });
    if (after === null) {
      recorder.unchanged();
      return;
    }
    await recorder.record({
      subject: { kind: 'audience', id: audience.id, name: audience.title },
      before: assignmentWords(before),
      after: assignmentWords(after),
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: null });
  return showAudiences(context);
}
// Guide: G0-02 G0-03 G0-04 G0-05 G0-06 G0-07 G0-08
