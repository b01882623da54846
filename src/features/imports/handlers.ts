import type { HandlersOf } from '../handlers-of.ts';
import { badRequest, forbidden } from '../problems.ts';
import { addFile } from './add-file.ts';
import { cancelImport } from './cancel.ts';
import type { importsContract } from './contract.ts';
import { downloadExample } from './examples.ts';
import { importOf } from './find.ts';
import { finishedReading, readImport } from './read.ts';
import { listReadings } from './readings/list.ts';
import { putBack, setAside } from './readings/set-aside.ts';
import { removeImportFile } from './remove-file.ts';
import { setFile } from './set-file.ts';
import { listOfImports, showImport, showPreview } from './show.ts';
import { importSources } from './sources.ts';
import { startImport } from './start.ts';
import { storeImport } from './store.ts';
import { addUploadLink, listUploadLinks, revokeUploadLink } from './upload-links/manage.ts';
import { WANTED } from './wanted.ts';

export const importsHandlers: HandlersOf<typeof importsContract> = {
  list: listOfImports,
  sources: importSources,
  example: downloadExample,
  readings: listReadings,
  setAside,
  putBack,
  links: listUploadLinks,
  addLink: addUploadLink,
  revokeLink: revokeUploadLink,
  start: async (context) => ({ id: await startImport(context) }),
  get: (context, input) => showImport(context, input.import),
  addFile: (context, input) => {
    const { body, signal } = context.request;
    if (body === null) throw badRequest('The request contains no file.');
    return addFile(context, input, body, { signal });
  },
  setFile: async (context, input) => {
    const kind = input.kind === null ? null : WANTED.find((one) => one === input.kind);
    await setFile(context, { ...input, kind });
    return { set: true };
  },
  removeFile: async (context, input) => {
    await removeImportFile(context, input);
    return { removed: true };
  },
  read: async (context, input) => {
    await readImport(context, input.import);
    if (input.wait === true) await finishedReading(context.services, input.import);
    const row = await context.read((tx) => importOf(tx, context.client.id, input.import));
    return { id: row.id, state: row.state, problem: row.problem };
  },
  preview: (context, input) => showPreview(context, input.import, input.profile === true),
  store: (context, input) => {
    if (input.profile === true && !context.can('client.edit'))
      throw forbidden(`Your role for ${context.client.name} does not include changing its profile.`);
    return storeImport(context, { ...input, can: context.can });
  },
  cancel: async (context, input) => {
    await cancelImport(context, input.import);
    return { canceled: true };
  },
};
