import { type Activity, NO_AMOUNTS } from './activity.ts';

/** An activity for tests: a read of a connector in chat, with what a test changes of it. */
export function anActivity(change: Partial<Activity> = {}): Activity {
  return {
    id: 'activity_1',
    at: '2026-11-20T09:00:00.000Z',
    claimedAt: null,
    source: 'otlp',
    surface: 'cowork',
    type: 'tool_result',
    category: 'tool_call',
    actor: { type: null, id: 'user_1', email: 'Jane@example.org', name: null },
    person: 'jane@example.org',
    organization: null,
    session: 'session-1',
    prompt: null,
    ip: null,
    userAgent: null,
    connector: 'microsoft365_outlook',
    connectorName: 'Microsoft 365',
    tool: 'outlook_search',
    effect: 'read',
    outcome: 'success',
    model: null,
    amounts: NO_AMOUNTS,
    detail: {},
    ...change,
  };
}
