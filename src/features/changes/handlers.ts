import { OPEN_STATES } from '#domain/changes/states.ts';
import { allChanges, stepsOf } from '#store/changes/changes.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { accountsOf } from '../shared/second-person.ts';
import { carryOut } from './carry-out.ts';
import type { changesContract } from './contract.ts';
import { approveChange, withdrawChange } from './decide.ts';
import { planChange, undoChange } from './plan.ts';
import { verifyChange } from './verify.ts';
import { showChange, viewOf, writesFor } from './view.ts';

export const changesHandlers: HandlersOf<typeof changesContract> = {
  list: async (context, { subject, target, open }) => {
    const { client, read, services } = context;
    const accounts = await accountsOf(services);
    const writes = new Set<string>();
    for (const { id } of services.changeTargets) if (await writesFor(context, id)) writes.add(id);
    return read(async (tx) => {
      const all = await allChanges(tx, client.id);
      const undone = new Set(
        all.flatMap(({ undoes, state }) => (undoes !== null && state === 'verified' ? [undoes] : [])),
      );
      const rows = all.filter(
        (row) =>
          (subject === undefined || row.subject === subject) &&
          (target === undefined || row.target === target) &&
          (open !== true || OPEN_STATES.includes(row.state)),
      );
      const items = [];
      for (const row of rows)
        items.push(
          viewOf(context, row, await stepsOf(tx, client.id, row.id), accounts, {
            writes: writes.has(row.target),
            undone: undone.has(row.id),
          }),
        );
      return { items, total: items.length };
    });
  },
  get: (context, { change }) => showChange(context, change),
  plan: planChange,
  approve: approveChange,
  carryOut,
  verify: verifyChange,
  withdraw: withdrawChange,
  undo: undoChange,
};
