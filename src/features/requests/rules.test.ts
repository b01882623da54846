import { describe, expect, it } from 'vitest';
import type { ReviewAnswer } from '#domain/model/request-review.ts';
import { approversFor, mayDecideRequest, reachOf } from '#domain/requests/decide.ts';
import { assessReview, reviewKinds } from '#domain/requests/review.ts';
import { addressFault, endsSoon, requestStateOn } from '#domain/requests/status.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

const catalogue = sharedCatalogue();
const entry = (id: string) => catalogue.connectors.find((one) => one.id === id) ?? null;
const TODAY = '2026-11-24';

describe('the state of a request on a day', () => {
  it.each([
    ['asked', null, 'asked', false],
    ['in_review', null, 'in_review', false],
    ['approved', '2026-11-23', 'lapsed', false],
    ['approved', '2026-11-24', 'approved', true],
    ['approved', '2026-12-24', 'approved', true],
    ['approved', '2026-12-25', 'approved', false],
    ['refused', null, 'refused', false],
    ['withdrawn', null, 'withdrawn', false],
  ] as const)('%s until %s is %s, ends soon: %s', (state, until, is, soon) => {
    expect(requestStateOn(TODAY, { state, until })).toBe(is);
    expect(endsSoon(TODAY, { state, until })).toBe(soon);
  });
});

describe('what a connector would open, and who has to approve', () => {
  it.each([
    // memberData, writes, ams, approvers
    [true, true, false, 2],
    [true, false, false, 1],
    [true, null, false, 2],
    [null, true, false, 2],
    [null, null, false, 2],
    [null, false, false, 1],
    [false, true, false, 1],
    [false, null, false, 1],
    [false, false, false, 1],
    [true, true, true, 2],
    [null, null, true, 2],
    [true, false, true, 1],
  ] as const)('member data %s, writes %s, membership system %s: %i', (memberData, writes, ams, needed) => {
    const { needed: is, why } = approversFor({ memberData, writes, ams });
    expect(is).toBe(needed);
    expect(why === null).toBe(needed === 1);
  });

  it('uses the catalogue’s word beside the requester’s, and treats what neither knows as not known', () => {
    expect(reachOf(entry('imis'), { data: ['files'], writes: 'no' })).toEqual({
      memberData: true,
      writes: false,
      ams: true,
    });
    // The baseline of a membership system permits reading only; more has to be requested.
    expect(reachOf(entry('imis'), { data: [], writes: 'yes' }).writes).toBe(true);
    // What the baseline permits counts, whatever was requested.
    expect(reachOf(entry('asana'), { data: ['tasks'], writes: 'no' }).writes).toBe(true);
    expect(reachOf(null, { data: ['not_known'], writes: 'not_known' })).toEqual({
      memberData: null,
      writes: null,
      ams: true,
    });
    expect(reachOf(null, { data: ['code'], writes: 'no' })).toEqual({
      memberData: false,
      writes: false,
      ams: false,
    });
  });

  it('lets no one decide on their own request or approve twice', () => {
    const request = { askedBy: 'a', approvedBy: ['b'] };
    expect(['a', 'b', 'c'].map((id) => mayDecideRequest(request, id).ok)).toEqual([false, false, true]);
  });
});

describe('the review', () => {
  const all = (kinds: Parameters<typeof assessReview>[1], answer: ReviewAnswer) =>
    Object.fromEntries(
      assessReview(catalogue.requestReview, kinds, {}).lines.map(({ question }) => [
        question.id,
        { answer, note: null },
      ]),
    );

  it('asks by kind', () => {
    expect(reviewKinds(entry('asana'), false)).toEqual(['directory']);
    expect(reviewKinds(entry('imis'), true)).toEqual(['custom', 'ams']);
    expect(reviewKinds(null, null)).toEqual(['custom', 'ams']);
    expect(reviewKinds(null, false)).toEqual(['custom']);
  });

  it.each([['directory'], ['custom'], ['ams']] as const)('of %s is done when all fits', (kind) => {
    const done = assessReview(catalogue.requestReview, [kind], all([kind], 'yes'));
    expect([done.blocked, done.concerns]).toEqual([null, []]);
    expect(assessReview(catalogue.requestReview, [kind], {}).blocked).toMatch(
      /while it is not known whether/,
    );
  });

  it('never lets a custom server through with anything not known, and says what is missing', () => {
    const answers = all(['custom'], 'yes');
    for (const id of Object.keys(answers)) {
      const { blocked } = assessReview(catalogue.requestReview, ['custom'], {
        ...answers,
        [id]: { answer: 'not_known', note: null },
      });
      const { unknown } = catalogue.requestReview.questions.find((one) => one.id === id) ?? { unknown: '?' };
      expect(blocked).toBe(`It cannot be approved while it is not known ${unknown}.`);
    }
  });

  it('shows what is not known of a directory connector as a concern', () => {
    const { blocked, concerns } = assessReview(
      catalogue.requestReview,
      ['directory'],
      all(['directory'], 'not_known'),
    );
    expect(blocked).toBeNull();
    expect(concerns).toHaveLength(3);
  });

  it('names a fault before what is missing', () => {
    const { blocked } = assessReview(catalogue.requestReview, ['custom'], {
      code: { answer: 'no', note: null },
    });
    expect(blocked).toBe('It cannot be approved as it is: the code and its dependencies were not reviewed.');
  });
});

describe('the address of a server', () => {
  it.each([
    ['https://mcp.example.org/sse', null],
    ['http://mcp.example.org/', /https/],
    ['mcp.example.org', /cannot be read/],
    ['https://key:secret@mcp.example.org/', /secret/],
    ['https://mcp.example.org/?token=abc', /secret/],
    ['https://mcp.example.org/#abc', /secret/],
  ] as const)('%s', (address, says) => {
    if (says === null) expect(addressFault(address)).toBeNull();
    else expect(addressFault(address)).toMatch(says);
  });
});
// Guide: G3.3-06 G3.4-03
