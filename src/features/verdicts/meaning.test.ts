import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { storeFacts } from './testing.ts';

let bylaw: TestConsole;
let client: { readonly id: string };
beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Worded Guild');
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: bylaw.services.clock() });
  await bylaw.services.verdicts.refresh(client.id);
});
afterAll(() => bylaw.close());

function rows() {
  return bylaw.services.store.read([client.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select(['id', 'control_id', 'state', 'reason', 'digest', 'since', 'until'])
      .where('client_id', '=', client.id)
      .orderBy('control_id')
      .orderBy('since')
      .execute(),
  );
}

/** Makes the current verdicts say what they said in other words, as of a day on which words were all that they had. */
function worded(change: 'reason' | 'before_codes' | 'other_state') {
  return bylaw.services.store.write([client.id], (tx) =>
    tx
      .updateTable('verdicts')
      .set({
        reason: 'It was said in other words.',
        body_digest: '',
        body:
          change === 'reason'
            ? sql`jsonb_set(body, '{reason}', '"It was said in other words."')`
            : change === 'before_codes'
              ? sql`body - 'code' - 'params' - 'asks'`
              : sql`jsonb_set(body - 'code' - 'params' - 'asks', '{state}', '"policy_only"')`,
        ...(change === 'reason' ? {} : { digest: 'of a sentence' }),
      })
      .where('client_id', '=', client.id)
      .where('until', 'is', null)
      .execute(),
  );
}

it('ends no verdict because its sentence is worded better', async () => {
  const before = await rows();
  expect(before.length).toBeGreaterThan(100);
  await worded('reason');
  await bylaw.services.verdicts.refresh(client.id);
  expect(await rows()).toEqual(before);
});

it('goes on with a verdict of before there were codes while state and facts are the same', async () => {
  const before = await rows();
  await worded('before_codes');
  await bylaw.services.verdicts.refresh(client.id);
  expect(await rows()).toEqual(before);
});

it('ends such a verdict where its state is another one', async () => {
  const before = await rows();
  await worded('other_state');
  await bylaw.services.verdicts.refresh(client.id);
  const after = await rows();
  const changed = before.filter(({ state }) => state !== 'policy_only').length;
  expect(after.filter(({ until }) => until !== null)).toHaveLength(changed);
  expect(after).toHaveLength(before.length + changed);
});
