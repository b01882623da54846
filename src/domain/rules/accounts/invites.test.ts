import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { dana, keys, kim, members } from './fixtures.ts';
import { inviteDomains } from './invite-domains.ts';
import { inviteLinks } from './invite-links.ts';

const setting = (name: string, value: unknown) =>
  reading('settings', [{ name, value }], { observedOn: '2026-11-20' });
const enterprise = { claudePlan: 'enterprise' as const };

describe('invite domains', () => {
  const run = (value: unknown, parts: Given = {}) =>
    runRule(
      inviteDomains,
      {},
      { profile: enterprise, ...parts, readings: { settings: [setting('allowed_invite_domains', value)] } },
    );
  it('passes when the list holds ours or those that the charter adds', () => {
    expect(run(['alder.example.org']).state).toBe('pass');
    expect(
      run(['@Alder.Example.ORG', 'elm.example'], { charter: { inviteDomains: ['elm.example'] } }).state,
    ).toBe('pass');
  });
  it.each([['gmail.com'], ['chapter.alder.example.org'], ['*.alder.example.org'], ['alder-example.org']])(
    'fails for %s',
    (domain) => {
      const o = run(['alder.example.org', domain]);
      expect(o.state).toBe('fail');
      expect(keys(o)).toEqual([domain]);
    },
  );
  it('does not take an empty list for a restriction', () => {
    const o = run([]);
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('empty');
  });
  it('cannot read a missing row, no value, or a value of another kind', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(run('alder.example.org').state).toBe('cannot_read');
    const o = runRule(
      inviteDomains,
      {},
      { profile: enterprise, readings: { settings: [setting('chat_enabled', true)] } },
    );
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('not that it is off');
  });
  it('does not send a Team client to an Enterprise export', () => {
    const o = runRule(inviteDomains, {}, {});
    expect(o.state).toBe('cannot_read');
    expect(o.ask).toBeUndefined();
  });
});

describe('invite links', () => {
  const link = (what: string, at: string) => ({ type: `org_invite_link_${what}`, at: `${at}T08:00:00Z` });
  const run = (rows: readonly object[], more: Given = {}, to = '2026-11-23') =>
    runRule(
      inviteLinks,
      { logDays: 14 },
      {
        profile: enterprise,
        ...more,
        readings: {
          activities: [
            reading('activities', rows, { observedOn: '2026-11-23', covers: { from: '2026-05-01', to } }),
          ],
          ...more.readings,
        },
      },
    );
  it('passes after the link was switched off', () => {
    expect(run([link('generated', '2026-11-01'), link('disabled', '2026-11-05')]).state).toBe('pass');
  });
  it('gives days in the client’s time zone', () => {
    const evening = (what: string) => ({ ...link(what, '2026-11-05'), at: '2026-11-06T02:00:00Z' });
    expect(run([evening('generated')]).reason).toContain('created on Nov 5, 2026');
    expect(run([evening('disabled')]).reason).toContain('switched off on Nov 5, 2026');
  });
  it('fails while a link is valid, and the newest event wins', () => {
    expect(run([link('disabled', '2026-11-01'), link('regenerated', '2026-11-05')]).state).toBe('fail');
    expect(run([link('generated', '2026-08-26')]).state).toBe('fail');
  });
  it('passes when the last link has expired', () => {
    const o = run([link('generated', '2026-08-25')]);
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('expired');
  });
  it('does not trust a log that ends long ago', () => {
    expect(run([link('disabled', '2026-10-01')], {}, '2026-11-01').state).toBe('cannot_read');
  });
  it('does not treat a silent log as off', () => {
    expect(run([{ type: 'user_logged_out', at: '2026-11-01T00:00:00Z' }]).state).toBe('cannot_read');
    expect(runRule(inviteLinks, { logDays: 14 }, {}).reason).toContain('on from the start');
  });
  it('does not apply with single sign-on', () => {
    expect(run([], { readings: { settings: [setting('sso_enabled', true)] } }).state).toBe('not_applicable');
    expect(run([], { readings: { settings: [setting('sso_enabled', false)] } }).state).toBe('cannot_read');
    expect(
      run([link('generated', '2026-11-20')], { readings: { settings: [setting('sso_enabled', true)] } })
        .state,
    ).toBe('fail');
  });
  it('treats a later join by link as proof that links were on', () => {
    const joined = { members: members([dana, { ...kim, joinedBy: 'Invite link', addedOn: '2026-11-18' }]) };
    const seen = (day: string) => [{ control: 'CLA-ACC-01', holds: true, seen: day }];
    const o = runRule(inviteLinks, { logDays: 14 }, { readings: joined, attestations: seen('2026-11-10') });
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual([kim.email]);
    expect(
      runRule(inviteLinks, { logDays: 14 }, { readings: joined, attestations: seen('2026-11-19') }).state,
    ).toBe('cannot_read');
    expect(runRule(inviteLinks, { logDays: 14 }, { readings: joined }).reason).toContain('Kim Osei');
  });
  it('ignores joins by other ways', () => {
    const joined = { members: members([{ ...kim, joinedBy: 'invite', addedOn: '2026-11-18' }]) };
    expect(
      runRule(
        inviteLinks,
        { logDays: 14 },
        { readings: joined, attestations: [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-10' }] },
      ).state,
    ).toBe('cannot_read');
  });
});
// Guide: G2.1-02 G2.2-09
