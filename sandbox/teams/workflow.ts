import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** Microsoft's own parser of Adaptive Cards, in the only build that runs without a browser. */
const cards: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/** Result of one card, as in the workflow's run history. */
export interface Run {
  readonly state: 'Succeeded' | 'Failed';
  /** Reason for the failure; null: it succeeded. */
  readonly why: string | null;
  /** The parsed card, if parsing succeeded. */
  readonly card: unknown;
  readonly bytes: number;
}

/** A response that replaces the regular one. */
export interface Answer {
  /** `silent`: no response; `broken`: the connection closes without a response. */
  readonly status: number | 'silent' | 'broken';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A simulated Teams workflow. */
export interface Workflow {
  /** The secret URL, with its signature. */
  readonly address: string;
  /** Every accepted card, in order. An accepted card was not necessarily posted. */
  readonly runs: readonly Run[];
  /** Number of requests, accepted or not. */
  readonly requests: number;
  /** Responses to the next requests, in order. */
  answerNext(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

/** Maximum size in bytes of a message that Teams shows. */
const MAX_BYTES = 28 * 1024;
const ACCEPTED = { status: 202, headers: { 'x-ms-workflow-run-id': '08584' } } as const;

/**
 * Simulates a workflow with the trigger "When a Teams webhook request is received" and the action that posts a card. It
 * responds 202 when a run starts and reads the card only afterward. The errors follow the vendor's documentation and
 * reports by users (catalogue/delivery/teams_workflow.yaml).
 */
export async function startWorkflow(): Promise<Workflow> {
  const signature = randomBytes(24).toString('base64url');
  const path = `/workflows/${randomBytes(8).toString('hex')}/triggers/manual/paths/invoke`;
  const runs: Run[] = [];
  const answers: Answer[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    void bodyOf(request).then((body) => {
      const next = answers.shift() ?? refusal(request, path, signature) ?? ACCEPTED;
      if (next === ACCEPTED) runs.push(runOf(body));
      answer(request, response, next);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}${path}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`,
    runs,
    get requests() {
      return requests;
    },
    answerNext: (...next) => void answers.push(...next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function answer(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  if (status === 'silent') return;
  if (status === 'broken') {
    request.socket.destroy();
    return;
  }
  response.writeHead(status, headers).end(body ?? '');
}

/** Error with which the trigger refuses a request before a run starts; null: accepted. */
function refusal(request: IncomingMessage, path: string, signature: string): Answer | null {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const problem = (status: number, code: string, message: string): Answer => ({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error: { code, message } }),
  });
  if (url.pathname !== path) return problem(404, 'WorkflowNotFound', 'The workflow could not be found.');
  if (request.method !== 'POST')
    return problem(405, 'MethodNotAllowed', 'The trigger takes the method POST only.');
  if (url.searchParams.get('sig') !== signature)
    return problem(
      401,
      'DirectApiAuthorizationRequired',
      'The request must be authenticated only by Shared Access scheme.',
    );
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return problem(
      400,
      'InvalidRequestContent',
      'The request content is not valid and could not be processed.',
    );
  return null;
}

/** Result of posting the first attachment, as the action does. */
function runOf(body: string): Run {
  const bytes = Buffer.byteLength(body);
  const failed = (why: string, card: unknown = null): Run => ({ state: 'Failed', why, card, bytes });
  if (bytes > MAX_BYTES) return failed('RequestEntityTooLarge');
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return failed('The body is no JSON.');
  }
  const attachment = first(message);
  if (attachment?.contentType !== 'application/vnd.microsoft.card.adaptive')
    return failed('There is no attachment that is an adaptive card.');
  const card = attachment.content;
  if (typeof card !== 'object' || card === null || !('type' in card) || card.type !== 'AdaptiveCard')
    return failed("Property 'type' must be 'AdaptiveCard'", card);
  const faults = faultsOf(card);
  return faults.length > 0 ? failed(faults.join(' '), card) : { state: 'Succeeded', why: null, card, bytes };
}

function first(message: unknown): { readonly contentType?: unknown; readonly content?: unknown } | null {
  if (typeof message !== 'object' || message === null) return null;
  if (!('type' in message) || message.type !== 'message' || !('attachments' in message)) return null;
  const found: unknown = Array.isArray(message.attachments) ? message.attachments[0] : null;
  return typeof found === 'object' ? found : null;
}

/** Warnings of Microsoft's parser, at the version that every tenant supports. */
function faultsOf(card: object): string[] {
  const context = new cards.SerializationContext(cards.Versions.v1_4);
  new cards.AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
}
