/// <reference path="./pg-utils.d.ts" />
import { prepareValue } from 'pg/lib/utils.js';
import { DatabaseError, serialize } from 'pg-protocol';
import {
  type BackendMessage,
  CommandCompleteMessage,
  DataRowMessage,
  RowDescriptionMessage,
} from 'pg-protocol/dist/messages.js';
import { Parser } from 'pg-protocol/dist/parser.js';
import { releaseMemory } from '../release-memory.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { type Answer, counted, parserOf, type Session } from './engine.ts';

/** Maximum number of prepared statements, and maximum length of one: a plan takes about 20 kB. */
const MAX_PREPARED = 200;
const MAX_PREPARED_LENGTH = 6_000;

/** Statements that can be prepared. All others may change tables for which prepared statements were planned. */
const PLANNED = /^\s*(select|insert into|update|delete from|with)\b/i;
/** Scripts that do not change the schema. */
const HARMLESS = /^\s*(begin|commit|rollback|savepoint|release|close|start transaction)\b/i;

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

interface Asked {
  readonly messages: readonly Buffer[];
  readonly resolve: (answers: BackendMessage[]) => void;
  readonly reject: (error: unknown) => void;
  /** Sent together with the next request. */
  readonly held: boolean;
}

interface Prepared {
  readonly name: string;
  /** Columns of its result; empty if it returns no rows. */
  readonly columns: readonly Column[];
}

/**
 * Implements PostgreSQL's protocol for the embedded server: one round trip per statement, each prepared the first
 * time, so that it is not parsed and planned again. Values are converted as with the driver for a PostgreSQL server,
 * whose functions are used. One caller at a time, who may pipeline requests.
 */
export function wireTo(server: Pick<EmbeddedServer, 'exchange'>): Session {
  const prepared = new Map<string, Prepared>();
  /** Obsolete prepared statements of the server, to be closed with the next message. */
  let closing: string[] = [];
  let names = 0;

  let waiting: Asked[] = [];
  let sending = false;

  /**
   * Sends messages that end in a sync. Requests made before a response arrived are sent together. `later`: wait for
   * the next request and send both together.
   */
  function ask(messages: readonly Buffer[], later = false): Promise<BackendMessage[]> {
    return new Promise((resolve, reject) => {
      waiting.push({ messages, resolve, reject, held: later });
      if (later || sending) return;
      sending = true;
      queueMicrotask(() => void send());
    });
  }

  async function send(): Promise<void> {
    while (waiting.some(({ held }) => !held)) {
      const asked = waiting;
      waiting = [];
      const closes = closing.map((name) => serialize.close({ type: 'S', name }));
      closing = [];
      try {
        const reply = await server.exchange(
          joined([...closes, ...asked.flatMap(({ messages }) => messages)]),
        );
        // Each request ends in a sync, so each response ends in "ready for query".
        let answers: BackendMessage[] = [];
        let next = 0;
        new Parser().parse(reply, (message) => {
          answers.push(message);
          if (message.name !== 'readyForQuery') return;
          asked[next++]?.resolve(answers);
          answers = [];
        });
        // The values have been copied to strings by now.
        releaseMemory(reply);
        for (; next < asked.length; next += 1)
          asked[next]?.reject(new Error('The embedded database did not answer.'));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    sending = false;
  }

  function forget(sql: string, { name }: Prepared): void {
    prepared.delete(sql);
    closing.push(name);
  }

  async function prepare<R>(sql: string, values: readonly unknown[]): Promise<Answer<R>> {
    const [oldest] = prepared;
    if (oldest !== undefined && prepared.size >= MAX_PREPARED) forget(...oldest);
    names += 1;
    const name = `s${names}`;
    const answers = await ask([
      serialize.parse({ name, text: sql }),
      serialize.bind({ statement: name, values: [...values] }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    // Even if execution failed, the statement stays prepared.
    const columns = columnsOf(answers);
    if (columns !== null) {
      const twice = prepared.get(sql);
      if (twice !== undefined) forget(sql, twice);
      prepared.set(sql, { name, columns });
    } else if (answers.some((answer) => answer.name === 'parseComplete')) closing.push(name);
    return resultOf(answers, columns ?? []);
  }

  /** Statements without tables, which stay prepared forever. */
  const lasting = new Map<string, string>();
  function run(sql: string, values: readonly string[]): Buffer[] {
    const known = lasting.get(sql);
    names += 1;
    const name = known ?? `s${names}`;
    return [
      ...(known === undefined ? [serialize.parse({ name, text: sql })] : []),
      serialize.bind({ statement: name, values: [...values] }),
      serialize.execute(),
    ];
  }

  return {
    async begin({ mode, role, scope }) {
      const begin = `begin ${mode}`;
      const settings: readonly [string, string][] =
        role === null
          ? [['bylaw.scope', scope]]
          : [
              ['role', role],
              ['bylaw.scope', scope],
            ];
      const set = `select ${settings.map((_, n) => `set_config($${2 * n + 1}, $${2 * n + 2}, true)`).join(', ')}`;
      const before = names;
      const answers = await ask([...run(begin, []), ...run(set, settings.flat()), serialize.sync()], true);
      resultOf(answers, []);
      if (!lasting.has(begin)) lasting.set(begin, `s${before + 1}`);
      if (!lasting.has(set)) lasting.set(set, `s${before + 2}`);
    },
    async query<R>(sql: string, parameters: readonly unknown[] = []): Promise<Answer<R>> {
      const values = parameters.map((value) => prepareValue(value));
      const known = prepared.get(sql);
      if (known !== undefined) {
        // Move to the end: the map is in order of use, and its first entry is evicted.
        prepared.delete(sql);
        prepared.set(sql, known);
        const bind = serialize.bind({ statement: known.name, values });
        return resultOf(await ask([bind, serialize.execute(), serialize.sync()]), known.columns);
      }
      if (PLANNED.test(sql) && sql.length <= MAX_PREPARED_LENGTH) return prepare(sql, values);
      if (!PLANNED.test(sql)) for (const one of prepared) forget(...one);
      const answers = await ask([
        serialize.parse({ text: sql }),
        serialize.bind({ values }),
        serialize.describe({ type: 'P' }),
        serialize.execute(),
        serialize.sync(),
      ]);
      return resultOf(answers, columnsOf(answers) ?? []);
    },
    async script(sql) {
      if (!HARMLESS.test(sql)) for (const one of prepared) forget(...one);
      const answers = await ask([serialize.query(sql)]);
      return resultOf(answers, []);
    },
  };
}

/** In memory of its own, so that it can be transferred to another thread. */
function joined(pieces: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The columns described by the server; empty for a statement without rows, null if it failed before. */
function columnsOf(answers: readonly BackendMessage[]): readonly Column[] | null {
  for (const answer of answers) {
    if (answer.name === 'noData') return [];
    if (answer instanceof RowDescriptionMessage) return described(answer);
  }
  return null;
}

function described({ fields }: RowDescriptionMessage): readonly Column[] {
  return fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
}

/** The rows of the last statement; throws the server's error. */
function resultOf<R>(answers: readonly BackendMessage[], columns: readonly Column[]): Answer<R> {
  let current = columns;
  let rows: R[] = [];
  let result: Answer<R> = { rows: [], command: '', changed: null };
  for (const answer of answers) {
    if (answer instanceof DatabaseError) throw answer;
    if (answer instanceof RowDescriptionMessage) current = described(answer);
    else if (answer instanceof DataRowMessage) rows.push(rowOf<R>(answer.fields, current));
    else if (answer instanceof CommandCompleteMessage) {
      // Command tags: INSERT 0 3, UPDATE 3, COMMIT, CREATE TABLE.
      const command = answer.text.replace(/[ \d]+$/, '');
      result = { rows, command, changed: counted(command, Number(/\d+$/.exec(answer.text)?.[0] ?? 0)) };
      rows = [];
    }
  }
  return result;
}

function rowOf<R>(fields: readonly (string | null)[], columns: readonly Column[]): R {
  const row: Record<string, unknown> = {};
  for (const [index, { name, parse }] of columns.entries()) {
    const text = fields[index] ?? null;
    row[name] = text === null ? null : parse(text);
  }
  return row as R;
}
