import type { HandlersOf } from '../handlers-of.ts';
import type { catalogueContract } from './contract.ts';
import { listEntries } from './entries.ts';
import { listFacts, renewFact } from './facts.ts';
import { showEntry } from './show.ts';

export const catalogueHandlers: HandlersOf<typeof catalogueContract> = {
  list: async (context, input) => listEntries(context.services.catalogue, input),
  facts: listFacts,
  renew: renewFact,
  get: async (context, input) => showEntry(context.services.catalogue, input.kind, input.id),
};
