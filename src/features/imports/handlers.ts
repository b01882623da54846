import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { badRequest, forbidden } from '../problems.ts';
import { secured } from '../secured.ts';
import { addFile } from './add-file.ts';
import { cancelImport } from './cancel.ts';
import { importsContract } from './contract.ts';
import { importOf } from './find.ts';
import { finishedReading, readImport } from './read.ts';
import { removeImportFile } from './remove-file.ts';
import { setFile } from './set-file.ts';
import { listOfImports, showImport, showPreview } from './show.ts';
import { importSources } from './sources.ts';
import { startImport } from './start.ts';
import { storeImport } from './store.ts';
import { WANTED } from './wanted.ts';

const on = implement(importsContract).$context<RequestContext>().use(secured);

export const importsHandlers = on.router({
  list: on.list.handler(({ context }) => listOfImports(context)),
  sources: on.sources.handler(({ context }) => importSources(context)),
  start: on.start.handler(async ({ context }) => ({ id: await startImport(context) })),
  get: on.get.handler(({ input, context }) => showImport(context, input.import)),
  addFile: on.addFile.handler(({ input, context }) => {
    const { body, signal } = context.request;
    if (body === null) throw badRequest('The request brings no file.');
    return addFile(context, input, body, signal);
  }),
  setFile: on.setFile.handler(async ({ input, context }) => {
    const kind = input.kind === null ? null : WANTED.find((one) => one === input.kind);
    await setFile(context, { ...input, kind });
    return { set: true };
  }),
  removeFile: on.removeFile.handler(async ({ input, context }) => {
    await removeImportFile(context, input);
    return { removed: true };
  }),
  read: on.read.handler(async ({ input, context }) => {
    await readImport(context, input.import);
    if (input.wait === true) await finishedReading(context.services, input.import);
    const row = await context.read((tx) => importOf(tx, context.client.id, input.import));
    return { id: row.id, state: row.state, problem: row.problem };
  }),
  preview: on.preview.handler(({ input, context }) =>
    showPreview(context, input.import, input.profile === true),
  ),
  store: on.store.handler(({ input, context }) => {
    if (input.profile === true && !context.can('client.edit'))
      throw forbidden(`Your role for ${context.client.name} does not include changing its profile.`);
    return storeImport(context, { ...input, can: context.can });
  }),
  cancel: on.cancel.handler(async ({ input, context }) => {
    await cancelImport(context, input.import);
    return { canceled: true };
  }),
});
