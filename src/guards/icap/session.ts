import { once } from 'node:events';
import type { Socket } from 'node:net';
import { HeldBody, IcapBody } from './body.ts';
import type { AskedRequest, HttpAnswer, IcapGuard, IcapService } from './guard.ts';
import {
  allows204,
  encapsulated,
  type Headers,
  httpHead,
  type IcapHead,
  icapHead,
  previewOf,
} from './messages.ts';
import { IcapProblem, type IcapRefusal, statusOf } from './problem.ts';
import { IcapReader } from './reader.ts';

const MAX_HEAD = 16 * 1024;
/** Milliseconds in which a client may read an answer sent before the end of its request. */
const LINGER_MS = 5_000;

/** Body bytes buffered by all connections. */
export interface Held {
  bytes: number;
}

/** A connection: handles its requests one after the other, even if they are pipelined. */
export class IcapSession {
  readonly #socket: Socket;
  readonly #guard: IcapGuard;
  readonly #held: Held;
  readonly #reader: IcapReader;
  readonly #address: string;
  #service: IcapService | null = null;
  #mine = 0;
  /** false: idle between two requests. */
  isBusy = false;
  /**
   * Since when, on the clock of `performance`, no whole head of a request has come, or the last answer has not been
   * read; null: a request is being handled. Such a connection may be closed in favor of another.
   */
  waitsSince: number | null = performance.now();

  constructor(socket: Socket, guard: IcapGuard, held: Held) {
    this.#socket = socket;
    this.#guard = guard;
    this.#held = held;
    this.#reader = new IcapReader(socket);
    this.#address = socket.remoteAddress ?? '';
  }

  /** Resolves when the connection ends. */
  async run(): Promise<void> {
    try {
      for (let more = true; more; ) {
        this.#reader.until = performance.now() + this.#guard.bounds.idleMs;
        if (!(await this.#waits())) break;
        this.isBusy = true;
        more = await this.#request();
        this.isBusy = false;
        this.waitsSince = performance.now();
      }
      await this.#leave();
    } catch (error) {
      await this.#refuse(error);
    } finally {
      this.#release();
      this.#socket.destroy();
    }
  }

  /** Waits for the next request; false: there is none. */
  async #waits(): Promise<boolean> {
    try {
      return await this.#reader.begins();
    } catch (error) {
      // A client that only keeps a connection open has done nothing wrong.
      if (error instanceof IcapProblem && error.refusal === 'too_slow') return false;
      throw error;
    }
  }

  async #request(): Promise<boolean> {
    const { bounds } = this.#guard;
    this.#service = null;
    this.#reader.until = performance.now() + bounds.headMs;
    const head = icapHead(await this.#reader.head(MAX_HEAD));
    this.#reader.until = performance.now() + bounds.requestMs;
    const service = await this.#guard.service(head.service, this.#address);
    if (service === null) throw new IcapProblem('no_service', 'nothing is there');
    this.#service = service;
    this.waitsSince = null;
    if (head.method === 'OPTIONS') await this.#options(head, service);
    else if (head.method === 'REQMOD') {
      if (!(await this.#modify(head, service))) return false;
    } else throw new IcapProblem('bad_method', `${head.method.slice(0, 20)} is not answered`);
    return head.headers.get('connection')?.toLowerCase() !== 'close';
  }

  async #options({ headers }: IcapHead, { tag }: IcapService): Promise<void> {
    const held = headers.get('encapsulated');
    if (held !== undefined && !/^null-body=0$/iu.test(held))
      throw new IcapProblem('bad_request', 'a question for options holds nothing');
    const { connections, previewBytes } = this.#guard.bounds;
    await this.#write([
      headOf(200, 'OK', tag, [
        ['Methods', 'REQMOD'],
        ['Service', 'Bylaw content check'],
        ['Max-Connections', String(connections)],
        ['Options-TTL', '60'],
        ['Allow', '204'],
        ['Preview', String(previewBytes)],
        ['Transfer-Preview', '*'],
        ['X-Include', 'X-Client-IP, X-Authenticated-User, X-Client-Username'],
        ['Encapsulated', 'null-body=0'],
      ]),
    ]);
  }

  /** Handles one HTTP request. false: the connection has to end, because not all of it was read. */
  async #modify({ headers }: IcapHead, service: IcapService): Promise<boolean> {
    const { headBytes, hasBody } = encapsulated(headers.get('encapsulated'));
    const preview = previewOf(headers);
    // It is sent together with the ICAP head, so the same time limit applies; only a body may take longer.
    this.#reader.until = performance.now() + this.#guard.bounds.headMs;
    const bytes = await this.#reader.headOf(headBytes);
    this.#reader.until = performance.now() + this.#guard.bounds.requestMs;
    const head = httpHead(bytes);
    const looks = service.looksAt(head, hasBody);
    const may204 = allows204(headers);
    if (!hasBody) {
      const judged = looks
        ? await service.judge({ head, from: fromOf(headers), body: [], isWhole: true })
        : ({ pass: true } as const);
      if (!judged.pass) await this.#block(judged.answer, service, true);
      else if (may204 || preview !== null) await this.#unchanged(service);
      else await this.#write([headOf(200, 'OK', service.tag, echoes(bytes, 'null-body')), bytes]);
      return true;
    }
    const body = new IcapBody(this.#reader);
    const held = new HeldBody();
    await this.#hold(body, held, preview, looks);
    // During a preview a client waits for the answer, so 204 is always allowed.
    if (!looks && preview !== null) {
      await this.#unchanged(service);
      return true;
    }
    if (preview !== null && !body.isWhole) {
      await this.#write([Buffer.from('ICAP/1.0 100 Continue\r\n\r\n')]);
      body.goOn();
      await this.#hold(body, held, null, looks);
    }
    const parts = held.parts();
    const judged = looks
      ? await this.#judged(service, { head, from: fromOf(headers), body: parts, isWhole: body.ended })
      : ({ pass: true } as const);
    if (!judged.pass) {
      await this.#block(judged.answer, service, body.ended);
      this.#release();
      return body.ended;
    }
    if (may204 || (preview !== null && body.isWhole)) {
      this.#release();
      while ((await body.next()) !== null);
      await this.#unchanged(service);
      return true;
    }
    await this.#echo(service, bytes, parts, body);
    return true;
  }

  async #judged(service: IcapService, request: AskedRequest) {
    // Nothing is read from the client meanwhile, so its time limit is suspended.
    const judged = await service.judge(request);
    this.#reader.until = performance.now() + this.#guard.bounds.requestMs;
    return judged;
  }

  /** Reads a body, or its preview, up to the amount to be checked. */
  async #hold(body: IcapBody, held: HeldBody, preview: number | null, looks: boolean): Promise<void> {
    const { bodyBytes, heldBytes } = this.#guard.bounds;
    // Content that is not checked and comes without a preview is streamed back as it arrives.
    while (preview !== null || (looks && this.#mine < bodyBytes)) {
      const part = await body.next();
      if (part === null) break;
      this.#mine += part.length;
      this.#held.bytes += part.length;
      if (preview !== null && this.#mine > preview)
        throw new IcapProblem('bad_request', 'its preview is longer than it says');
      if (this.#held.bytes > heldBytes) throw new IcapProblem('busy', 'too much is held at once');
      held.add(part);
    }
  }

  /** Sends a request back unchanged; the part not read yet is streamed. */
  async #echo(service: IcapService, head: Buffer, parts: readonly Buffer[], body: IcapBody): Promise<void> {
    await this.#write([headOf(200, 'OK', service.tag, echoes(head, 'req-body')), head]);
    for (const part of parts) await this.#chunk(part);
    this.#release();
    for (let part = await body.next(); part !== null; part = await body.next()) await this.#chunk(part);
    await this.#write([Buffer.from('0\r\n\r\n')]);
  }

  #chunk(part: Buffer): Promise<void> {
    return this.#write([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  }

  #unchanged({ tag }: IcapService): Promise<void> {
    this.#release();
    return this.#write([headOf(204, 'No modifications needed', tag, [['Encapsulated', 'null-body=0']])]);
  }

  /** Sends the response that replaces the host's. */
  #block({ status, headers, body }: HttpAnswer, { tag }: IcapService, isRead: boolean): Promise<void> {
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const head = Buffer.from(
      `HTTP/1.1 ${status}\r\n${lines}Content-Length: ${body.length}\r\n\r\n`,
      'latin1',
    );
    return this.#write([
      headOf(200, 'OK', tag, [
        ...(isRead ? [] : ([['Connection', 'close']] as const)),
        ['Encapsulated', `res-hdr=0, res-body=${head.length}`],
      ]),
      head,
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);
  }

  /** Writes with backpressure. */
  async #write(parts: readonly Buffer[]): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed) throw new IcapProblem('bad_request', 'it is gone');
    socket.cork();
    let flows = true;
    for (const part of parts) flows = socket.write(part);
    socket.uncork();
    if (flows) return;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), this.#guard.bounds.requestMs);
    try {
      await Promise.race([once(socket, 'drain', stop), once(socket, 'close', stop)]);
    } catch {
      throw new IcapProblem('too_slow', 'it does not read its answer');
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }

  async #refuse(error: unknown): Promise<void> {
    const refusal: IcapRefusal = error instanceof IcapProblem ? error.refusal : 'failed';
    if (refusal === 'failed') this.#guard.failed(error);
    this.#service?.refused(refusal);
    if (this.#socket.destroyed) return;
    const [status, words] = statusOf(refusal);
    this.#socket.write(
      headOf(status, words, this.#service?.tag ?? 'none', [
        ['Connection', 'close'],
        ['Encapsulated', 'null-body=0'],
      ]),
    );
    await this.#leave();
  }

  /** Lets the other side read the answer: closing a connection with unread data would discard it. */
  async #leave(): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed) return;
    this.waitsSince ??= performance.now();
    socket.end();
    socket.removeAllListeners('data');
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    await once(socket, 'close').catch(() => undefined);
    clearTimeout(timer);
  }

  #release(): void {
    this.#held.bytes -= this.#mine;
    this.#mine = 0;
  }
}

function headOf(
  status: number,
  words: string,
  tag: string,
  headers: readonly (readonly [name: string, value: string])[],
): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`ICAP/1.0 ${status} ${words}\r\nISTag: "${tag}"\r\n${lines}\r\n`, 'latin1');
}

const echoes = (head: Buffer, body: 'req-body' | 'null-body') =>
  [['Encapsulated', `req-hdr=0, ${body}=${head.length}`]] as const;

/** The sender according to the proxy: the name in plain text, or in base64 as `scheme://name`. */
function fromOf(headers: Headers): AskedRequest['from'] {
  const encoded = headers.get('x-authenticated-user') ?? '';
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const [, named] =
    /^[a-z]{2,10}:\/\/(.+)$/iu.exec(decoded) ?? /^[a-z]{2,10}:\/\/(.+)$/iu.exec(encoded) ?? [];
  const user = named ?? headers.get('x-client-username') ?? encoded;
  const ip = headers.get('x-client-ip') ?? '';
  return {
    ip: ip === '' ? null : ip.slice(0, 60),
    user: user === '' || user === '-' ? null : user.slice(0, 200),
  };
}
