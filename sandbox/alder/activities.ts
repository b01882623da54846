import { type Activity, NO_AMOUNTS, NOTHING_REPORTED } from '#domain/activity/activity.ts';
import { SEATED } from './people.ts';

const DAY_MS = 86_400_000;
const WEEKS = 6;
/** People at the association who use Cowork, whose telemetry a Team plan can send. */
const USERS = 30;

interface Tool {
  readonly connector: string | null;
  readonly connectorName: string | null;
  readonly tool: string;
  readonly effect: 'read' | 'write' | 'unknown';
}

/** Tools called every day, most frequent first; all are within the charter. */
const TOOLS: readonly Tool[] = [
  sharepoint('sharepoint_search', 'read'),
  outlook('outlook_email_search', 'read'),
  outlook('read_resource', 'read'),
  sharepoint('read_resource', 'read'),
  { connector: 'asana', connectorName: 'Asana', tool: 'get_tasks', effect: 'read' },
  { connector: null, connectorName: null, tool: 'Read', effect: 'read' },
  sharepoint('sharepoint_folder_search', 'read'),
  { connector: 'asana', connectorName: 'Asana', tool: 'create_task', effect: 'write' },
  sharepoint('sharepoint_upload_file', 'write'),
  { connector: null, connectorName: null, tool: 'Glob', effect: 'read' },
];

/**
 * Calls outside the charter: one team tries Taskline, two people query iMIS, one opens a calendar. `back` counts
 * working days before today; `people` are indexes among the seat holders.
 */
const ODD: readonly {
  readonly tool: Tool;
  readonly people: readonly number[];
  readonly calls: readonly (readonly [back: number, times: number])[];
}[] = [
  {
    tool: { connector: 'taskline', connectorName: 'Taskline', tool: 'sync_board', effect: 'unknown' },
    people: [4, 11],
    calls: [
      [5, 3],
      [2, 4],
    ],
  },
  {
    tool: { connector: 'imis', connectorName: 'iMIS', tool: 'find_contact', effect: 'read' },
    people: [0, 6],
    calls: [[3, 2]],
  },
  { tool: outlook('outlook_calendar_search', 'read'), people: [9], calls: [[4, 2]] },
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
 * Six weeks of Cowork telemetry up to `now`; deterministic. Usage grows from week to week and differs widely between
 * people; there is none on weekends and holidays. Fewer than 3,000 events.
 *
 * @param day The association's day at `now`, YYYY-MM-DD.
 * @param holidays Days on which the association does not work.
 */
export function associationActivities(now: Date, day: string, holidays: readonly string[]): Activity[] {
  const chance = chances(20_261_124);
  const activities: Activity[] = [];
  const today = Date.parse(`${day}T00:00:00Z`);
  for (let back = WEEKS * 7; back >= 0; back -= 1) {
    const date = today - back * DAY_MS;
    if (isFree(date, holidays)) continue;
    const growth = 0.6 + (0.4 * (WEEKS * 7 - back)) / (WEEKS * 7);
    for (const [index, person] of SEATED.slice(0, USERS).entries()) {
      // A few people use it all day, most occasionally.
      const turns = Math.round((1.1 / (1 + index / 9) + 0.25) * growth * chance() * 3.6);
      for (let turn = 0; turn < turns; turn += 1) {
        const at = date + (14 + Math.floor(chance() * 8)) * 3_600_000 + Math.floor(chance() * 3_600_000);
        activities.push(...turnOf(`${date / DAY_MS}-${index}-${turn}`, at, person, index, chance));
      }
    }
  }
  return [...activities, ...oddOnes(today, holidays)].filter(({ at }) => at <= now.toISOString());
}

function isFree(day: number, holidays: readonly string[]): boolean {
  const date = new Date(day);
  return [0, 6].includes(date.getUTCDay()) || holidays.includes(date.toISOString().slice(0, 10));
}

/** The calls of {@link ODD}, in the middle of their days. */
function oddOnes(today: number, holidays: readonly string[]): Activity[] {
  const days = Array.from({ length: 14 }, (_, at) => today - (at + 1) * DAY_MS).filter(
    (day) => !isFree(day, holidays),
  );
  return ODD.flatMap(({ tool, people, calls }) =>
    people.flatMap((index) =>
      calls.flatMap(([back, times]) =>
        Array.from({ length: times }, (_, call): Activity[] => {
          const person = SEATED[index];
          const day = days[back - 1];
          if (person === undefined || day === undefined) return [];
          const name = `odd-${tool.connector}-${day / DAY_MS}-${index}`;
          const at = new Date(day + 16 * 3_600_000 + index * 420_000 + call * 95_000).toISOString();
          return [
            {
              ...eventOf(name, at, person, index),
              id: `sandbox-${name}-${call}`,
              type: 'tool_result',
              category: 'tool_call',
              ...tool,
              outcome: 'success',
              amounts: { ...NO_AMOUNTS, durationMs: 640 },
            },
          ];
        }).flat(),
      ),
    ),
  );
}

/** Fields that all events of a turn share. */
function eventOf(name: string, at: string, person: (typeof SEATED)[number], index: number) {
  return {
    ...NOTHING_REPORTED,
    at,
    source: 'otlp',
    surface: 'cowork',
    actor: { type: 'user', id: `acct-${1000 + index}`, email: person.mail, name: null },
    person: person.mail.toLowerCase(),
    organization: 'a1d3e5f7-0000-4000-8000-00000000a1de',
    session: `sandbox-session-${name}`,
    prompt: `sandbox-turn-${name}`,
    detail: { 'service.name': 'cowork' },
  } as const satisfies Partial<Activity>;
}

/** Events that one message causes: the model's work and, often, one or two tool calls. */
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
    ...eventOf(name, new Date(at + step * 2_500).toISOString(), person, index),
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
        // Squaring favors the start of the list.
        ...(TOOLS[Math.floor(chance() ** 2 * TOOLS.length)] ?? TOOLS[0]),
        outcome: chance() < 0.06 ? 'failure' : 'success',
        amounts: { ...NO_AMOUNTS, durationMs: 120 + Math.floor(chance() * 2_000) },
      }),
    ),
  ];
}

/** Pseudorandom numbers in [0, 1), deterministic for a seed (linear congruential generator). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
