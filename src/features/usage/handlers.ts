import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { usageContract } from './contract.ts';
import { listImported } from './imported/show.ts';
import { connectorPersons, listPersons, showPerson } from './person.ts';
import { peopleHere, showUsage } from './show.ts';
import { usageTable } from './tables.ts';
import { showVendor } from './vendor/show.ts';
import { weeklyHandlers } from './weekly/handlers.ts';

const on = implement(usageContract).$context<RequestContext>().use(secured);

export const usageHandlers = on.router({
  show: on.show.handler(({ input, context }) => showUsage(context, input.range)),
  people: on.people.handler(({ input, context }) => listPersons(context, input.range)),
  person: on.person.handler(({ input, context }) => showPerson(context, input.key, input.range)),
  connector: on.connector.handler(({ input, context }) =>
    connectorPersons(context, input.connector, input.range),
  ),
  vendor: on.vendor.handler(({ input, context }) => showVendor(context, input.range)),
  imported: on.imported.handler(async ({ input, context }) =>
    listImported(context, await peopleHere(context), input.file),
  ),
  table: on.table.handler(async ({ input, context }) =>
    asDownload(await usageTable(context, input.list, input.range, input.format)),
  ),
  weekly: weeklyHandlers,
});
