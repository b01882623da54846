import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { peopleContract } from './contract.ts';
import { decidePeople } from './decide.ts';
import { exportPeople } from './export.ts';
import { listPeople, readNow } from './list.ts';
import { personOf } from './person.ts';
import { withdraw } from './withdraw.ts';

const on = implement(peopleContract).$context<RequestContext>().use(secured);

export const peopleHandlers = on.router({
  list: on.list.handler(({ input, context }) => listPeople(context, input)),
  export: on.export.handler(({ input, context }) => exportPeople(context, input)),
  decisions: on.decisions.handler(async ({ context }) => {
    const { decisions } = await readNow(context);
    return { items: [...decisions], total: decisions.length };
  }),
  get: on.get.handler(({ input, context }) => personOf(context, input.person)),
  decide: on.decide.handler(async ({ input, context }) => {
    const [decided] = await decidePeople(context, [input]);
    if (decided === undefined) throw new Error('one decision was asked for and none was answered');
    if (decided.is === 'refused') throw decided.error;
    return decided.decision;
  }),
  decideMany: on.decideMany.handler(async ({ input, context }) => {
    const all = await decidePeople(context, input.decisions);
    return {
      done: all.flatMap((one) => (one.is === 'done' ? [one.decision] : [])),
      refused: all.flatMap((one) =>
        one.is === 'refused' ? [{ addresses: [...one.wanted.addresses], why: one.error.message }] : [],
      ),
    };
  }),
  withdraw: on.withdraw.handler(({ input, context }) => withdraw(context, input)),
});
