import { type AnthropicAdmin, anthropicAdmin } from '#sources/anthropic/admin.ts';
import type { TargetContext } from '../shared/services/change-targets.ts';
import { type AskFailed, askWriter } from '../sources/index.ts';

/** The key that a primary owner made for changing members. */
export const CLAUDE_WRITER = { vendor: 'anthropic', kind: 'members' };

/** Asks Anthropic for a step of a change, and says of what it does not do whether it may be tried again. */
export function askAnthropic<T>(
  of: TargetContext,
  ask: (admin: AnthropicAdmin) => Promise<T>,
): Promise<T | AskFailed> {
  return askWriter(of, {
    writer: CLAUDE_WRITER,
    gone: 'The key that changes members is no longer connected or lacks a scope. Connect it again under Connections > Sources, or withdraw the change and follow its steps.',
    late: 'Anthropic did not answer in time.',
    open: ({ key = '' }, reach) => anthropicAdmin(key, reach),
    ask,
  });
}
// Guide: G2.2-09 G6.6-03
