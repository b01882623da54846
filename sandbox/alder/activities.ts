import { type Activity, NO_AMOUNTS, NOTHING_TOLD } from '#domain/activity/activity.ts';
import { SEATED } from './people.ts';

const DAY_MS = 86_400_000;
const WEEKS = 6;
/** People of the association who work with Cowork, whose telemetry a Team plan can send. */
const USERS = 30;

interface Tool {
  readonly connector: string | null;
  readonly connectorName: string | null;
  readonly tool: string;
  readonly effect: 'read' | 'write' | 'unknown';
}

/** What is called, the frequent first. Taskline is in no charter. */
const TOOLS: readonly Tool[] = [
  sharepoint('sharepoint_search', 'read'),
  outlook('outlook_email_search', 'read'),
  { connector: 'imis', connectorName: 'iMIS', tool: 'find_contact', effect: 'read' },
  sharepoint('read_resource', 'read'),
  { connector: 'asana', connectorName: 'Asana', tool: 'get_tasks', effect: 'read' },
  { connector: null, connectorName: null, tool: 'Read', effect: 'read' },
  outlook('outlook_calendar_search', 'read'),
  { connector: 'asana', connectorName: 'Asana', tool: 'create_task', effect: 'write' },
  sharepoint('sharepoint_upload_file', 'write'),
  { connector: 'taskline', connectorName: 'Taskline', tool: 'sync_board', effect: 'unknown' },
];

function sharepoint(tool: string, effect: 'read' | 'write'): Tool {
  return {
    connector: 'microsoft365_sharepoint',
    connectorName: 'Microsoft 365 SharePoint / OneDrive',
    tool,
    effect,
  };
}

function outlook(tool: string, effect: 'read' | 'write'): Tool {
  return { connector: 'microsoft365_outlook', connectorName: 'Microsoft 365 Outlook', tool, effect };
}

/**
 * Six weeks of Cowork telemetry up to `now`, the same each time: more from week to week, a few people far more than
 * others, no weekends. Less than 3,000 events.
 */
export function associationActivities(now: Date): Activity[] {
  const chance = chances(20_261_124);
  const activities: Activity[] = [];
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  for (let back = WEEKS * 7; back >= 0; back -= 1) {
    const day = today - back * DAY_MS;
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const growth = 0.6 + (0.4 * (WEEKS * 7 - back)) / (WEEKS * 7);
    for (const [index, person] of SEATED.slice(0, USERS).entries()) {
      // A few use it all day, most now and then.
      const turns = Math.round((1.1 / (1 + index / 9) + 0.25) * growth * chance() * 3.6);
      for (let turn = 0; turn < turns; turn += 1) {
        const at = day + (14 + Math.floor(chance() * 8)) * 3_600_000 + Math.floor(chance() * 3_600_000);
        activities.push(...turnOf(`${day / DAY_MS}-${index}-${turn}`, at, person, index, chance));
      }
    }
  }
  return activities.filter(({ at }) => at <= now.toISOString());
}

/** What one message sets off: the model at work and, often, a tool or two. */
function turnOf(
  name: string,
  at: number,
  person: (typeof SEATED)[number],
  index: number,
  chance: () => number,
): Activity[] {
  const model = chance() < 0.12 ? 'claude-opus-5' : chance() < 0.2 ? 'claude-haiku-4-5' : 'claude-sonnet-5';
  const input = 600 + Math.floor(chance() * 9_000);
  const output = 80 + Math.floor(chance() * 1_500);
  const price = model === 'claude-opus-5' ? [5, 25] : model === 'claude-haiku-4-5' ? [1, 5] : [3, 15];
  const event = (step: number, more: Partial<Activity> & Pick<Activity, 'type' | 'category'>): Activity => ({
    id: `sandbox-${name}-${step}`,
    ...NOTHING_TOLD,
    at: new Date(at + step * 2_500).toISOString(),
    source: 'otlp',
    surface: 'cowork',
    actor: { type: 'user', id: `acct-${1000 + index}`, email: person.mail, name: null },
    person: person.mail.toLowerCase(),
    organization: 'a1d3e5f7-0000-4000-8000-00000000a1de',
    session: `sandbox-session-${name}`,
    prompt: `sandbox-turn-${name}`,
    detail: { 'service.name': 'cowork' },
    ...more,
  });
  const calls = chance() < 0.45 ? 1 : chance() < 0.25 ? 2 : 0;
  return [
    event(0, {
      type: 'user_prompt',
      category: 'message',
      amounts: { ...NO_AMOUNTS, size: 20 + Math.floor(chance() * 400) },
    }),
    event(1, {
      type: 'api_request',
      category: 'model_request',
      model,
      outcome: 'success',
      amounts: {
        ...NO_AMOUNTS,
        inputTokens: input,
        outputTokens: output,
        cacheReadTokens: Math.floor(input / 3),
        costMicros: Math.round(input * (price[0] ?? 0) + output * (price[1] ?? 0)),
        durationMs: 900 + Math.floor(chance() * 6_000),
      },
    }),
    ...Array.from({ length: calls }, (_, call) =>
      event(2 + call, {
        type: 'tool_result',
        category: 'tool_call',
        // The square makes the first of the list the most frequent.
        ...(TOOLS[Math.floor(chance() ** 2 * TOOLS.length)] ?? TOOLS[0]),
        outcome: chance() < 0.06 ? 'failure' : 'success',
        amounts: { ...NO_AMOUNTS, durationMs: 120 + Math.floor(chance() * 2_000) },
      }),
    ),
  ];
}

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
