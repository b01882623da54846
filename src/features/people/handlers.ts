import type { HandlersOf } from '../handlers-of.ts';
import type { peopleContract } from './contract.ts';
import { decidePeople } from './decide.ts';
import { showDirectory } from './directory.ts';
import { exportPeople } from './export.ts';
import { listPeople, readNow } from './list.ts';
import { personOf } from './person.ts';
import { withdraw } from './withdraw.ts';

export const peopleHandlers: HandlersOf<typeof peopleContract> = {
  list: listPeople,
  export: exportPeople,
  decisions: async (context) => {
    const { decisions } = await readNow(context);
    return { items: [...decisions], total: decisions.length };
  },
  directory: showDirectory,
  get: (context, input) => personOf(context, input.person),
  decide: async (context, input) => {
    const [decided] = await decidePeople(context, [input]);
    if (decided === undefined) throw new Error('one decision was asked for and none was answered');
    if (decided.is === 'refused') throw decided.error;
    return decided.decision;
  },
  decideMany: async (context, input) => {
    const all = await decidePeople(context, input.decisions);
    return {
      done: all.flatMap((one) => (one.is === 'done' ? [one.decision] : [])),
      refused: all.flatMap((one) =>
        one.is === 'refused' ? [{ addresses: [...one.wanted.addresses], why: one.error.message }] : [],
      ),
    };
  },
  withdraw,
};
