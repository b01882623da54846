import type { Activity } from '#domain/activity/activity.ts';
import { toolResolver } from '#domain/activity/tools.ts';
import type { TelemetryRow } from '#domain/model/kinds.ts';
import { loadCatalogue } from '../catalogue/load.ts';
import { type Content, type FileKind, ImportProblem, type Note } from '../exports/file-kind.ts';
import { dayIn, isObject, type JsonObject, jsonValues, member } from '../exports/kinds/json-values.ts';
import type { ClientOfTelemetry } from './context.ts';
import { decodeJson } from './json.ts';
import { normalize } from './normalize.ts';
import { type Signal, UnreadableTelemetry } from './record.ts';
import { vocabularyOf } from './vocabulary.ts';

const HOLDERS = [
  ['resourceLogs', 'logs'],
  ['resourceSpans', 'traces'],
  ['resourceMetrics', 'metrics'],
] as const satisfies readonly (readonly [string, Signal])[];

interface Request {
  readonly signal: Signal;
  readonly body: JsonObject;
}

/**
 * Export requests in a file: one, an array, or one per line as written by a collector's file exporter, either bare or
 * as the `body` of a recorded request.
 */
function requestsIn(content: Content): readonly Request[] {
  return jsonValues(content)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .flatMap((value): Request[] => {
      if (!isObject(value)) return [];
      const inner = member(value, 'body');
      const body = isObject(inner) && !HOLDERS.some(([holder]) => holder in value) ? inner : value;
      return HOLDERS.flatMap(([holder, signal]) =>
        Array.isArray(member(body, holder)) ? [{ signal, body }] : [],
      );
    });
}

let known: Omit<ClientOfTelemetry, 'receivedAt'> | null = null;

/**
 * Context from the catalogue only. A file comes without a charter, so the caller decides which organization it belongs
 * to.
 */
function anyClient(): Omit<ClientOfTelemetry, 'receivedAt'> {
  if (known === null) {
    const catalogue = loadCatalogue();
    known = {
      organizations: null,
      resolve: toolResolver(catalogue, {}),
      content: null,
      vocabulary: vocabularyOf(catalogue),
    };
  }
  return known;
}

/** OTLP as JSON files written by a collector: the same events as telemetry sent to the console. */
export const telemetryFiles: FileKind<'telemetry'> = {
  kind: 'telemetry',
  recognize: (content) => (requestsIn(content).length > 0 ? 1 : 0),
  parse(content, { file, timezone, today }) {
    const requests = requestsIn(content);
    if (requests.length === 0)
      throw new ImportProblem(
        'The file holds no export of OTLP as JSON: no “resourceLogs”, “resourceSpans” or “resourceMetrics”.',
      );
    const client = { ...anyClient(), receivedAt: new Date(`${today}T23:59:59.999Z`) };
    const notes: Note[] = [];
    const rows = new Map<string, TelemetryRow>();
    let refused = 0;
    let undated = 0;
    requests.forEach(({ signal, body }, index) => {
      const row = index + 1;
      try {
        const made = normalize(decodeJson(signal, Buffer.from(JSON.stringify(body))), client);
        for (const many of made.refused.values()) refused += many;
        for (const activity of made.activities) {
          if (activity.claimedAt !== null) undated += 1;
          else if (!rows.has(activity.id)) rows.set(activity.id, rowOf(activity, file, row));
        }
      } catch (error) {
        if (!(error instanceof UnreadableTelemetry)) throw error;
        refused += 1;
        notes.push({ row, column: null, says: `This request was left out. ${error.message}` });
      }
    });
    if (refused > 0) notes.push(noteOf(`Records that could not be read were left out: ${refused}.`));
    if (undated > 0)
      notes.push(noteOf(`Records whose time is in the future or cannot be read were left out: ${undated}.`));
    if (rows.size === 0)
      throw new ImportProblem(
        'The file is an export of OTLP, and no event of Claude in it can be read. Export it with its log records.',
      );
    const days = [...rows.values()].map(({ at }) => dayIn(timezone, at)).sort();
    const [from, to] = [days[0], days.at(-1)];
    return [
      {
        kind: 'telemetry',
        rows: [...rows.values()],
        complete: true,
        ...(from === undefined || to === undefined ? {} : { covers: { from, to } }),
        observedOn: to ?? null,
        mapping: [],
        unmapped: [],
        notes,
      },
    ];
  },
};

function noteOf(says: string): Note {
  return { row: null, column: null, says };
}

function rowOf(activity: Activity, file: string, row: number): TelemetryRow {
  const { id, at, type, category, surface, person, organization, tool, effect, outcome } = activity;
  const connector = activity.connectorName ?? activity.connector;
  const { source, actor, session, prompt, ip, userAgent, connectorName, model, amounts, detail } = activity;
  return {
    file,
    row,
    id,
    at,
    type,
    category,
    surface,
    person,
    organization: organization,
    connector,
    tool,
    effect,
    outcome,
    event: { source, actor, session, prompt, ip, userAgent, connectorName, model, amounts, detail },
  };
}
