import { expect, it } from 'vitest';
import { type Listed, leadWords, type System } from './exposure-words.ts';

const NONE = { allow: 0, ask: 0 };
const person = (id: string, more: Partial<Listed>): Listed => ({
  id,
  name: id,
  address: null,
  place: null,
  reaches: [],
  may: [],
  unknown: [],
  changes: NONE,
  mayChange: NONE,
  ...more,
});
const system = (id: string, people: System['people'], changes: System['changes']): System => ({
  id,
  name: id,
  charter: null,
  people,
  lets: changes,
  changes,
  howTo: null,
});
const of = (reaches: number, may: number, cannot: number) => ({ reaches, may, unknown: 0, cannot });

it('names the systems that those can reach of whom it speaks, and the most in one that someone can reach', () => {
  const people = [
    person('Dana', { reaches: ['Slack'], may: ['Asana'], changes: { allow: 0, ask: 1 } }),
    person('Kim', { may: ['Slack'], mayChange: { allow: 0, ask: 1 } }),
  ];
  const systems = [
    system('Slack', of(1, 1, 0), { allow: 0, ask: 1 }),
    system('Asana', of(0, 1, 1), NONE),
    system('Jira', of(0, 0, 2), { allow: 9, ask: 0 }),
  ];
  expect(leadWords(people, systems)).toBe(
    'Claude reaches 1 system for 1 person; every listed action that changes something needs approval. 1 more person can reach Slack as soon as they sign in, and no file shows who has. Claude can change the most in Slack: 1 action, after approval.',
  );
});
// Guide: G3.1-01
