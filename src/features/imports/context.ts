import { profileSchema } from '#domain/model/profile.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, RecordEntry, Recorder, Services } from '../context.ts';
import { notFound } from '../problems.ts';

/** What importing needs from a request; `programmatic` creates one outside of a request. */
export type ImportContext = Pick<HandlerContext, 'services' | 'client' | 'now' | 'read' | 'change'> & {
  /** `system`: Bylaw itself. */
  readonly actor: Pick<HandlerContext['actor'], 'userId' | 'name'> & {
    readonly kind: HandlerContext['actor']['kind'] | 'system';
  };
};

class Unchanged extends Error {}

/** For imports without a request: the sandbox association's files, and tests. Records like a request. */
export async function programmatic(
  services: Services,
  { clientId, actor }: { clientId: string; actor: ImportContext['actor'] },
): Promise<ImportContext> {
  const { store } = services;
  const client = await store.read([clientId], (tx) =>
    tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name', 'profile', 'sandbox'])
      .where('id', '=', clientId)
      .executeTakeFirst(),
  );
  if (client === undefined) throw notFound();
  const now = services.clock();
  return {
    services,
    actor,
    now,
    client: {
      id: client.id,
      slug: client.slug,
      name: client.name,
      timezone: profileSchema.parse(client.profile).timezone,
      sandbox: client.sandbox,
    },
    read: (work) => store.read([clientId], work),
    change: (work) => change(services, clientId, actor, now, work),
  };
}

async function change<T>(
  services: Services,
  clientId: string,
  actor: ImportContext['actor'],
  now: Date,
  work: (tx: Tx, recorder: Recorder) => Promise<T>,
): Promise<T> {
  let facts = false;
  let answer: { readonly value: T } | null = null;
  try {
    answer = await services.store.write([clientId], async (tx) => {
      let unchanged = false;
      facts = false;
      const value = await work(tx, {
        record: async ({ action, chain, actor: recorded, ...entry }: RecordEntry) => {
          if (action === undefined) throw new Error('a change outside a request names its action');
          await appendAudit(tx, {
            ...entry,
            action,
            chain: chain ?? clientId,
            actor: recorded ?? {
              kind: actor.kind,
              id: actor.kind === 'system' ? null : actor.userId,
              name: actor.name,
            },
            at: now,
          });
        },
        facts: async () => {
          facts = true;
          await tx
            .updateTable('clients')
            .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
            .where('id', '=', clientId)
            .execute();
        },
        unchanged: () => {
          unchanged = true;
        },
      });
      answer = { value };
      if (unchanged) throw new Unchanged();
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Unchanged) || answer === null) throw error;
    return (answer as { readonly value: T }).value;
  }
  if (facts) await services.verdicts.refresh(clientId);
  return answer.value;
}
