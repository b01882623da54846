import { describe, expect, it } from 'vitest';
import { runRule } from '../../testing/build.ts';
import { inferenceHooks } from './inference-hooks.ts';
import { event, feed } from './testing.ts';

describe('inference-hooks', () => {
  const at = (type: string, day: string) => event(`inference_hooks_${type}`, `${day}T10:00:00Z`);
  const decide = (...rows: object[]) => runRule(inferenceHooks, {}, { readings: feed(...rows) });
  it('passes when set up and nothing slipped through since', () => {
    expect(
      decide(
        at('request_failed_open', '2026-10-01'),
        event('inference_hooks_config_updated', '2026-10-05T10:00:00Z', { fail_mode: 'fail_closed' }),
        at('request_denied', '2026-11-01'),
      ),
    ).toMatchObject({ state: 'pass', reason: expect.stringContaining('1 prompt was refused') });
  });
  it('does not pass while no event states what happens to prompts that are not answered', () => {
    const set = (detail: object) =>
      decide(event('inference_hooks_config_updated', '2026-10-05T10:00:00Z', { enabled: true, ...detail }));
    for (const detail of [{}, { enforcement_mode: 'enforce' }, { fail_mode: '' }])
      expect(set(detail)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('no event states what happens when the checker does not answer'),
      });
    expect(set({ fail_mode: 'block' }).state).toBe('pass');
  });
  it('fails when prompts passed unchecked', () => {
    expect(decide(at('config_updated', '2026-10-05'), at('request_failed_open', '2026-11-01')).state).toBe(
      'fail',
    );
  });
  it('cannot tell without an event that shows it', () => {
    expect(decide(at('config_updated', '2026-10-05'), at('config_deleted', '2026-11-01')).state).toBe(
      'cannot_read',
    );
    expect(decide(event('x', '2026-11-01T10:00:00Z')).state).toBe('cannot_read');
    expect(runRule(inferenceHooks, {}, {}).state).toBe('cannot_read');
  });
  it('counts Bylaw as the hook only if prompts reach it and it refuses', () => {
    const leadsHere = event('inference_hooks_config_updated', '2026-10-05T10:00:00Z', {
      enabled: true,
      fail_mode: 'fail_closed',
      webhook_url: 'https://bylaw.example.org/hooks/inference/abc',
    });
    const own = (mode: 'watch' | 'enforce', ...decided: { verdict: 'allowed' | 'unchecked'; on: string }[]) =>
      runRule(
        inferenceHooks,
        {},
        { readings: feed(leadsHere), journal: { inferenceHook: { mode, decided } } },
      );
    const came = { verdict: 'allowed', on: '2026-11-20' } as const;
    expect(own('enforce', came)).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Bylaw decided on prompts, the last on Nov 20, 2026'),
    });
    expect(own('enforce').state).toBe('cannot_read');
    expect(own('enforce', { ...came, on: '2026-10-01' }).state).toBe('cannot_read');
    expect(own('watch', came).state).toBe('fail');
    expect(own('enforce', came, { verdict: 'unchecked', on: '2026-11-19' }).state).toBe('fail');
    const noChange = event('x', '2026-11-01T10:00:00Z');
    expect(
      runRule(
        inferenceHooks,
        {},
        {
          readings: feed(noChange),
          journal: { inferenceHook: { mode: 'enforce', decided: [came] } },
        },
      ),
    ).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('asked Bylaw’s inference hook'),
    });
  });
});
// Guide: G7.2-16
