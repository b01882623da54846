import { expect, it } from 'vitest';
import { isAboutClaude } from './training-topic.ts';

it.each([
  ['Using Claude', true],
  ['Working with Claude Safely', true],
  ['Claude Cowork basics', true],
  ['Writing prompts that work', true],
  ['What to do with canceled memberships, with Claude', true],
  ['Phishing and MFA prompts', false],
  ['Prompt training of new staff', false],
  ['Fire safety by Claude Martin', false],
  ['Formation incendie avec Jean-Claude Petit', false],
  ['Claude training cancelled', false],
  ['The Claude training was postponed to January', false],
  ['Formation Claude annulée', false],
  ['Security awareness, not about AI', false],
])('takes "%s" as a training on Claude that was held: %s', (topic, held) => {
  expect(isAboutClaude({ topic })).toBe(held);
});
// Guide: G4.1-07 G7.3-05
