import { expect, it } from 'vitest';
import type { Facts } from '#features/shared/services/facts.ts';
import type { TaskInput } from '#features/shared/services/tasks.ts';
import { lastInput } from './last-input.ts';

const facts = (version: number) => ({ client: { id: 'a' }, version, observations: [] }) as unknown as Facts;
const at = (minute: number) => ({ today: '2026-11-24', now: `2026-11-24T15:0${minute}:00Z` });

it('prepares once for the same facts and minute, and again for any other', () => {
  let many = 0;
  const inputs = lastInput((given, moment) => {
    many += 1;
    return { facts: given, moment } as TaskInput;
  });
  const ask = (version: number, minute: number) => {
    // What comes by message is never the same object.
    const asked = { facts: facts(version), moment: at(minute) };
    inputs.expect(asked);
    return inputs.of(asked);
  };
  expect(ask(1, 0)).toBe(ask(1, 0));
  expect(many).toBe(1);
  expect(ask(2, 0).facts.version).toBe(2);
  expect(ask(2, 1).moment.now).toBe('2026-11-24T15:01:00Z');
  expect(ask(1, 0).facts.version).toBe(1);
  expect(many).toBe(4);
});
