import type { AiToolFinder } from '#domain/ai-tools/match.ts';
import { daysBetween } from '#domain/model/day.ts';
import type { AiTrafficRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { dayIn } from '../exports/kinds/json-values.ts';
import { type Hit, hostOf, type OtherEvent, organizationOf, textOrNull } from './hit.ts';

/** Maximum rows, far more than people × tools × days of the largest client. More than that is not use by people. */
const MAX_ROWS = 200_000;
/** Kinds of other events that are named, and that are told apart at all. */
const NAMED_KINDS = 4;
const MAX_KINDS = 1000;
/** Maximum rows with a detailed reason; others are counted. */
const MAX_NAMED = 20;

type Draft = { -readonly [F in keyof AiTrafficRow]: AiTrafficRow[F] };

export interface Gathered {
  readonly rows: readonly AiTrafficRow[];
  readonly covers: { readonly from: string; readonly to: string } | null;
  /** Number of lines read, whatever they are about. */
  readonly lines: number;
  readonly ofTools: number;
  /** Whether every line is about something that was refused, so that the log is a list of refusals. */
  readonly onlyRefusals: boolean;
  /** Row numbers of the first unreadable lines, and the total number. */
  readonly unread: { readonly rows: readonly number[]; readonly count: number };
  /** Number of lines dated after today, which are skipped. */
  readonly ahead: number;
  readonly undated: number;
  /** Events about something else than a use: their number, the number of their kinds, and names of the first kinds. */
  readonly others: {
    readonly count: number;
    /** Number of connections without a host among them. */
    readonly connections: number;
    readonly kinds: number;
    readonly names: readonly string[];
  };
}

/** Aggregates lines by person, device, tool and day. Lines about anything but AI tools are only counted. */
export class Gather {
  readonly #finder: AiToolFinder;
  readonly #timezone: string;
  readonly #today: string;
  readonly #file: string;
  readonly #rows = new Map<string, Draft>();
  /** Last row per host, so that a later line can mark it as refused. */
  readonly #last = new Map<string, Draft>();
  readonly #unread: number[] = [];
  #counts = { lines: 0, ofTools: 0, refusals: 0, unread: 0, ahead: 0, undated: 0, others: 0, connections: 0 };
  readonly #days = new Set<string>();
  readonly #kinds = new Set<string>();

  constructor(
    finder: AiToolFinder,
    { timezone, today, file }: { readonly timezone: string; readonly today: string; readonly file: string },
  ) {
    this.#finder = finder;
    this.#timezone = timezone;
    this.#today = today;
    this.#file = file;
  }

  unread(row: number): void {
    this.#counts.unread += 1;
    if (this.#unread.length < MAX_NAMED) this.#unread.push(row);
  }

  /** An event about something else than a use. */
  other({ aside, isConnection }: OtherEvent): void {
    this.#counts.others += 1;
    if (isConnection) this.#counts.connections += 1;
    if (this.#kinds.size < MAX_KINDS) this.#kinds.add(aside.slice(0, 80));
  }

  add(hit: Hit): void {
    const { on, time } = this.#dayOf(hit.at);
    if (on !== null && on > this.#today) {
      this.#counts.ahead += 1;
      return;
    }
    this.#counts.lines += 1;
    if (hit.refused === true) this.#counts.refusals += 1;
    if (on === null) this.#counts.undated += 1;
    else this.#days.add(on);
    const tool = this.#toolOf(hit);
    if (tool === null) return;
    if (hit.refusesEarlier) {
      const row = this.#last.get(tool.host);
      if (row !== undefined) row.refused = Math.min((row.refused ?? 0) + 1, row.times ?? 1);
      return;
    }
    this.#counts.ofTools += 1;
    this.#addTo(this.#row(hit, tool, on), hit, time);
  }

  #addTo(row: Draft, hit: Hit, time: string | null): void {
    row.times = sum(row.times, hit.times === undefined ? 1 : hit.times);
    if (hit.refused !== undefined && hit.refused !== null)
      row.refused = (row.refused ?? 0) + (hit.refused ? (hit.times ?? 1) : 0);
    row.sent = sum(row.sent, hit.sent ?? null);
    row.received = sum(row.received, hit.received ?? null);
    row.people = sum(row.people, hit.people ?? null);
    if (time !== null && (row.first === null || time < row.first)) row.first = time;
    if (time !== null && (row.last === null || time > row.last)) row.last = time;
  }

  #row(hit: Hit, { tool, host }: { tool: string | null; host: string }, on: string | null): Draft {
    const person = textOrNull(hit.person)?.toLowerCase() ?? null;
    const device = textOrNull(hit.device, 100);
    const place = textOrNull(hit.place, 100);
    const organization = tool === 'claude' ? organizationOf(hit.target) : null;
    const key = JSON.stringify([on, tool, host, person, device, place, organization]);
    const known = this.#rows.get(key);
    if (known !== undefined) {
      this.#last.set(host, known);
      return known;
    }
    if (this.#rows.size >= MAX_ROWS)
      throw new ImportProblem(
        `The log holds more than ${MAX_ROWS.toLocaleString('en-US')} combinations of person, device, tool and day. Export fewer days.`,
      );
    const row: Draft = {
      file: this.#file,
      row: this.#rows.size + FIRST_ROW,
      on,
      tool,
      host,
      person,
      device,
      place,
      organization,
      times: null,
      refused: null,
      sent: null,
      received: null,
      first: null,
      last: null,
      people: null,
    };
    this.#rows.set(key, row);
    this.#last.set(host, row);
    return row;
  }

  #toolOf({ target, app, category }: Hit): { tool: string | null; host: string } | null {
    const host = hostOf(target);
    const byHost = host === null ? null : this.#finder.ofHost(host);
    if (byHost !== null) return { tool: byHost.tool.id, host: byHost.host };
    const name = textOrNull(app, 80);
    const byName = name === null ? null : this.#finder.ofName(name);
    if (byName !== null) return { tool: byName.id, host: byName.hosts[0] ?? byName.id };
    if (!category || !this.#finder.isCategory(category)) return null;
    const shown = host === null ? name : shortHost(host);
    return shown === null ? null : { tool: null, host: shown };
  }

  #dayOf(at: string | null): { on: string | null; time: string | null } {
    if (at === null) return { on: null, time: null };
    if (!at.endsWith('Z')) return { on: at.slice(0, 10), time: at.length > 10 ? at.slice(11, 16) : null };
    const on = dayIn(this.#timezone, at);
    return { on, time: timeIn(this.#timezone, at) };
  }

  done(): Gathered {
    const { lines, ofTools, refusals, unread, ahead, undated, others, connections } = this.#counts;
    return {
      rows: [...this.#rows.values()],
      covers: coveredBy(this.#days),
      lines,
      ofTools,
      onlyRefusals: lines > 0 && refusals === lines,
      unread: { rows: this.#unread, count: unread },
      ahead,
      undated,
      others: {
        count: others,
        connections,
        kinds: this.#kinds.size,
        names: [...this.#kinds].slice(0, NAMED_KINDS),
      },
    };
  }
}

/** Maximum gap in days that may be a quiet time, such as holidays. */
const QUIET_DAYS = 7;

/** Days that a log covers: from its last line back to the first longer gap. */
function coveredBy(days: ReadonlySet<string>): Gathered['covers'] {
  const newest = [...days].toSorted().reverse();
  const [to] = newest;
  if (to === undefined) return null;
  const from = newest.reduce((first, day) => (daysBetween(day, first) > QUIET_DAYS + 1 ? first : day), to);
  return { from, to };
}

/** In the stored text, rows start below the heading. */
const FIRST_ROW = 2;

function sum(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

/** The part of a host name that identifies the service, without subdomains, which may identify a person. */
function shortHost(host: string): string {
  const parts = host.split('.');
  const last = parts.at(-1) ?? '';
  const second = parts.at(-2) ?? '';
  return parts.slice(last.length === 2 && second.length <= 3 ? -3 : -2).join('.');
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const times = new Map<string, string>();

function timeIn(timezone: string, at: string): string {
  const key = `${timezone} ${at.slice(0, 16)}`;
  const known = times.get(key);
  if (known !== undefined) return known;
  let clock = clocks.get(timezone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(timezone, clock);
  }
  const time = clock.format(new Date(at));
  if (times.size > 50_000) times.clear();
  times.set(key, time);
  return time;
}
