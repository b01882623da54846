import { expect, it } from 'vitest';
import type { MakerInput } from '../network/makers/maker.ts';
import { toolsBlock } from '../network/makers/tools.ts';
import { forbiddenTools } from './forbidden.ts';

const CATALOGUE = { asOf: '2026-11-30', sources: [], categories: [], tools: [] } as never;

it('an unknown tool is named once, however often the charter lists it', () => {
  const aiTools = ['Old Bot', 'OLD BOT ', 'botof.example', 'BotOf.example'].map((tool) => ({
    tool,
    decision: 'forbidden' as const,
    reason: 'Unknown',
  }));
  expect(forbiddenTools({ aiTools } as never, CATALOGUE, '2026-11-30')).toEqual({
    tools: [{ title: 'botof.example', hosts: ['botof.example'] }],
    withoutHosts: ['Old Bot'],
  });
});

it('a list to import contains nothing that a spreadsheet would run as a formula', () => {
  const forbidden = { tools: [{ title: '=1+1', hosts: ['a.example'] }], withoutHosts: [] };
  const file = toolsBlock.defender?.({ forbidden, about: ['@SUM(A1)'] } as unknown as MakerInput);
  expect(file?.split('\r\n')[1]).toBe(
    "DomainName,a.example,Block,'=1+1: forbidden by the charter,'@SUM(A1),Informational,True",
  );
});
// Guide: G4-00 G4.4-07
