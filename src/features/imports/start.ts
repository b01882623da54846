import { randomUUID } from 'node:crypto';
import { insertImport } from '#store/imports/imports.ts';
import type { ImportContext } from './context.ts';
import { announce } from './find.ts';

/** Starts an import to which files can be added. It has no effect until it is stored. */
export async function startImport(context: ImportContext): Promise<string> {
  const { client, actor, now } = context;
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    await insertImport(tx, { clientId: client.id, id, by: { id: actor.userId, name: actor.name }, now });
    await recorder.record({ action: 'imports.start', subject: { kind: 'import', id } });
  });
  announce(context.services, client.id, id);
  return id;
}
