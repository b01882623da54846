import { type Answer, type Asked, type Fault, type Receiver, startReceiver, type Trial } from './receiver.ts';

export type ColumnType = 'string' | 'bool' | 'int' | 'long' | 'datetime' | 'dynamic';

export interface LogsIngestionOptions {
  /** Columns of the stream. An event with an unknown column or a wrong type fails the call. */
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly tenant?: string;
  readonly application?: string;
  readonly secret?: string;
  readonly scope?: string;
  readonly rule?: string;
  readonly stream?: string;
  readonly maxBytes?: number;
  /** Lifetime of a token, in seconds. */
  readonly tokenSeconds?: number;
  /** Whether the application has its role on the data collection rule. */
  readonly hasRole?: () => boolean;
  readonly fault?: (asked: Asked) => Fault | null;
  readonly port?: number;
}

export interface LogsIngestion extends Receiver {
  /** Stored rows, in order. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Number of bodies that got 204 and were discarded because they are not arrays. */
  readonly thrownAway: number;
  /** Number of issued tokens. */
  readonly tokens: number;
  /** Number of calls with events, including failed ones. */
  readonly requests: number;
}

/** Default credentials. */
export const SIMULATED = {
  tenant: '00000000-0000-4000-8000-00000000aaaa',
  application: '00000000-0000-4000-8000-00000000bbbb',
  secret: 'a-secret-of-the-simulator',
  rule: `dcr-${'0123456789abcdef'.repeat(2)}`,
  stream: 'Custom-BV_ClaudeCompliance_ComplianceActivities_CL',
  scope: 'https://monitor.azure.com/.default',
} as const;

/**
 * Simulates Entra's token endpoint and Azure Monitor's Logs Ingestion API in one server, as documented: client
 * credentials, the rule's columns and types, arrays only, and at most 1 MB before and after compression.
 */
export async function startLogsIngestion(options: LogsIngestionOptions): Promise<LogsIngestion> {
  const known = { ...SIMULATED, ...options };
  const types = new Map(options.columns.map(({ name, type }) => [name, type]));
  const rows: Readonly<Record<string, unknown>>[] = [];
  const living = new Set<string>();
  let thrownAway = 0;
  let tokens = 0;
  let requests = 0;

  function giveToken(asked: Asked): Answer {
    const form = new URLSearchParams(asked.body.toString('utf8'));
    if (asked.path !== `/${known.tenant}/oauth2/v2.0/token`)
      return entra(400, 'invalid_request', 'AADSTS90002');
    if (form.get('grant_type') !== 'client_credentials')
      return entra(400, 'unsupported_grant_type', 'AADSTS70003');
    if (form.get('client_id') !== known.application) return entra(400, 'unauthorized_client', 'AADSTS700016');
    if (form.get('client_secret') !== known.secret) return entra(401, 'invalid_client', 'AADSTS7000215');
    if (form.get('scope') !== known.scope) return entra(400, 'invalid_scope', 'AADSTS1002012');
    tokens += 1;
    const token = `token-${tokens}`;
    living.add(token);
    const seconds = known.tokenSeconds ?? 3599;
    return {
      status: 200,
      body: JSON.stringify({
        token_type: 'Bearer',
        expires_in: seconds,
        ext_expires_in: seconds,
        access_token: token,
      }),
    };
  }

  function take(asked: Asked): Answer {
    requests += 1;
    const token = /^Bearer (\S+)$/.exec(asked.headers.authorization ?? '')?.[1];
    if (token === undefined || !living.has(token))
      return azure(401, 'Unauthorized', 'The token is missing or invalid.');
    const [, rule, stream] = /^\/dataCollectionRules\/([^/]+)\/streams\/([^/]+)$/.exec(asked.path) ?? [];
    if (asked.query.get('api-version') !== '2023-01-01')
      return azure(400, 'InvalidApiVersion', 'Unknown api-version.');
    if (rule !== known.rule || stream !== known.stream)
      return azure(404, 'NotFound', 'Data collection rule or stream not found.');
    if (known.hasRole?.() === false)
      return azure(403, 'OperationFailed', 'The authentication token has no access.');
    const max = known.maxBytes ?? 1_000_000;
    if (asked.raw.length > max || asked.body.length > max)
      return azure(413, 'ContentLengthLimitExceeded', 'Maximum allowed content length exceeded.');
    let body: unknown;
    try {
      body = JSON.parse(asked.body.toString('utf8'));
    } catch {
      return azure(400, 'InvalidPayload', 'The body is no JSON.');
    }
    if (!Array.isArray(body)) {
      thrownAway += 1;
      return { status: 204 };
    }
    for (const row of body) {
      const wrong = wrongIn(row);
      if (wrong !== null) return azure(400, 'InvalidStream', `Column ${wrong} does not fit the stream.`);
    }
    rows.push(...body);
    return { status: 204 };
  }

  function wrongIn(row: unknown): string | null {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return '(row)';
    for (const [name, value] of Object.entries(row)) {
      const type = types.get(name);
      if (type === undefined || !isOf(type, value)) return name;
    }
    return null;
  }

  const receiver = await startReceiver(
    (asked) => {
      if (asked.method !== 'POST') return azure(405, 'MethodNotAllowed', 'Only POST.');
      return asked.path.endsWith('/token') ? giveToken(asked) : take(asked);
    },
    options.fault,
    options.port,
  );
  return {
    ...receiver,
    rows,
    get thrownAway() {
      return thrownAway;
    },
    get tokens() {
      return tokens;
    },
    get requests() {
      return requests;
    },
  };
}

function isOf(type: ColumnType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
    case 'long':
      return Number.isInteger(value);
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'dynamic':
      return true;
  }
}

function entra(status: number, error: string, code: string): Answer {
  return { status, body: JSON.stringify({ error, error_description: `${code}: refused by the simulator.` }) };
}

function azure(status: number, code: string, message: string): Answer {
  return { status, headers: { 'x-ms-error-code': code }, body: JSON.stringify({ error: { code, message } }) };
}

export const TRIALS: readonly Trial[] = [
  {
    name: 'Microsoft Sentinel',
    start: async (options) => {
      const { loadCatalogue } = await import('../../src/sources/catalogue/load.ts');
      return startLogsIngestion({ ...options, columns: loadCatalogue().siem.sentinel.columns });
    },
    enter: (url) => [
      `sign-in address ${url}`,
      `tenant ${SIMULATED.tenant}, application ${SIMULATED.application}`,
      `secret ${SIMULATED.secret}, rule ${SIMULATED.rule}`,
    ],
  },
];
