import { describe, expect, it } from 'vitest';
import { policy } from '../rules/microsoft/testing-ca.ts';
import { movedParts } from './difference.ts';

describe('a policy compared with its earlier form', () => {
  it('differs if a condition that was already there has another value', () => {
    const by = (flows: readonly string[]) => policy({ flows, otherConditions: ['authenticationFlows'] });
    const both = ['deviceCodeFlow', 'authenticationTransfer'];
    expect(movedParts(by(['deviceCodeFlow']), by(both))).toEqual(['otherConditions']);
    expect(movedParts(by(['deviceCodeFlow']), by(['authenticationTransfer']))).toEqual(['otherConditions']);
    expect(movedParts(by(both), by(both.toReversed()))).toEqual([]);
    const at = (...insiderRisk: string[]) => policy({ insiderRisk, otherConditions: ['insiderRiskLevels'] });
    expect(movedParts(at('elevated'), at('minor'))).toEqual(['otherConditions']);
    expect(movedParts(at('elevated'), at('elevated'))).toEqual([]);
  });
});
