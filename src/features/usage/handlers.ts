import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { usageContract } from './contract.ts';
import { listImported } from './imported/show.ts';
import { connectorPersons, listPersons, showPerson } from './person.ts';
import { peopleHere, showUsage } from './show.ts';
import { usageTable } from './tables.ts';
import { showVendor } from './vendor/show.ts';
import { weeklyHandlers } from './weekly/handlers.ts';

export const usageHandlers: HandlersOf<typeof usageContract> = {
  show: (context, input) => showUsage(context, input.range),
  people: (context, input) => listPersons(context, input.range),
  person: (context, input) => showPerson(context, input.key, input.range),
  connector: (context, input) => connectorPersons(context, input.connector, input.range),
  vendor: (context, input) => showVendor(context, input.range),
  imported: async (context, input) => listImported(context, await peopleHere(context), input.file),
  table: async (context, input) =>
    asDownload(await usageTable(context, input.list, input.range, input.format)),
  weekly: weeklyHandlers,
};
