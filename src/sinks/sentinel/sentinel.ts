import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import { type Answer, askOnce, byStatus, messageIn } from '../answers.ts';
import { urlSetting } from '../fields.ts';
import { type Outcome, type Outgoing, type Sink, type SinkKind, type SinkMeans, Unfit } from '../sink.ts';
import { rowOf } from './row.ts';
import { deploymentTemplate } from './template.ts';
import { EntraToken } from './token.ts';

const guid = z
  .string()
  .trim()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'Write the id as Entra shows it, five groups with - between.',
  );

const settings = z.strictObject({
  endpoint: urlSetting,
  rule: z
    .string()
    .trim()
    .regex(
      /^dcr-[0-9a-f]{32}$/,
      'Write the immutable id of the data collection rule: dcr- and 32 letters and digits.',
    ),
  stream: z
    .string()
    .trim()
    .max(120)
    .regex(/^(Custom-[A-Za-z0-9_]+)?$/, 'The stream name has to start with Custom-.')
    .default(''),
  tenant: guid,
  application: guid,
  secret: z.string().trim().min(1, 'Enter the secret of the application.').max(500),
  cloud: z.enum(['global', 'usgov', 'china']).default('global'),
  login: z
    .string()
    .trim()
    .max(500)
    .refine(
      (text) => text === '' || urlSetting.safeParse(text).success,
      'Write an address that starts with https.',
    )
    .default(''),
});
export type SentinelSettings = z.infer<typeof settings>;

/** Microsoft Sentinel through the Logs Ingestion API, into the table used by the published Claude solution. */
export const sentinel: SinkKind<typeof settings> = {
  id: 'sentinel',
  title: 'Microsoft Sentinel',
  about:
    'Sends to a Log Analytics workspace, into the table whose parser and rules for Claude are published.',
  promise:
    'Events count as delivered when Azure Monitor answers 204. It stores them some minutes later and says nothing more, so check the table once.',
  documented: {
    accepted: 'HTTP 204',
    bad: 'the batch is halved until the bad event is found',
    notes:
      'table `BV_ClaudeCompliance_ComplianceActivities_CL` with the columns of the published solution for Claude, so that its parser works; fields without a column are in `updates.bylaw`',
  },
  siem: true,
  leadsToDefender: true,
  steps: [
    'In Entra, register an application with a client secret; note tenant id, application (client) id and secret, and from Enterprise applications the object id of the application of the same name',
    'Download the template below. In the Azure portal open Deploy a custom template > Build your own template in the editor > Load file, choose it and save',
    'Choose the resource group of the Sentinel workspace, enter the name of the workspace and, under Principal, that object id; Review + create. It makes the table BV_ClaudeCompliance_ComplianceActivities_CL with the columns of the published solution for Claude, a data collection rule of the kind Direct, analytic rules (under Analytics, choose whether for Bylaw’s alerts or for the events themselves), and the role Monitoring Metrics Publisher on it (for that you have to be Owner or User Access Administrator there; without, leave Principal empty and let someone give the role on the rule)',
    'Copy endpoint and immutableId from Outputs of the deployment into this form. The role can take 30 minutes to count',
    'Send a test event, and look for it in the workspace under Logs after some minutes: BV_ClaudeCompliance_ComplianceActivities_CL | where type_CF == "bylaw_test". Custom logs are billed by volume',
  ],
  template: {
    label: 'Download the template for Azure (table, rules and role)',
    file: 'bylaw-sentinel-template.json',
    make: ({ sentinel: vendor }, detections) => deploymentTemplate(vendor, detections),
  },
  settings,
  fields: {
    endpoint: { label: 'Logs ingestion endpoint', placeholder: 'https://….ingest.monitor.azure.com' },
    rule: { label: 'Immutable id of the data collection rule', placeholder: 'dcr-…' },
    stream: { label: 'Stream', help: 'Empty: Custom-BV_ClaudeCompliance_ComplianceActivities_CL.' },
    tenant: { label: 'Tenant id' },
    application: { label: 'Application (client) ID' },
    secret: { label: 'Client secret', secret: true },
    cloud: {
      label: 'Cloud',
      choices: {
        global: 'Global and GCC',
        usgov: 'US Government (GCC High, DoD)',
        china: 'China (21Vianet)',
      },
    },
    login: { label: 'Sign-in address', help: 'If empty: the cloud’s default.' },
  },
  hosts: (given) => [new URL(given.endpoint).host, new URL(loginOf(given)).host],
  place: ({ endpoint, rule }) => `${new URL(endpoint).host}, ${rule}`,
  destination: ['endpoint', 'rule', 'stream'],
  open: (given, means) => new LogsIngestion(given, means),
};

/** Sign-in hosts of the clouds. The catalogue has them too; a test compares the two. */
const LOGINS: Readonly<Record<SentinelSettings['cloud'], string>> = {
  global: 'https://login.microsoftonline.com',
  usgov: 'https://login.microsoftonline.us',
  china: 'https://login.chinacloudapi.cn',
};

function loginOf({ login, cloud }: Pick<SentinelSettings, 'login' | 'cloud'>): string {
  return login === '' ? LOGINS[cloud] : login;
}

/** Bytes reserved within the vendor's limit for the list's brackets and commas. */
const MARGIN = 5_000;

class LogsIngestion implements Sink {
  readonly max: Sink['max'];
  readonly #settings: SentinelSettings;
  readonly #means: SinkMeans;
  readonly #token: EntraToken;

  constructor(given: SentinelSettings, means: SinkMeans) {
    const { sentinel: vendor } = means.vendors;
    const scope = vendor.clouds.find(({ id }) => id === given.cloud)?.scope ?? '';
    this.#settings = given;
    this.#means = means;
    this.#token = new EntraToken(means, { ...given, login: loginOf(given), scope });
    this.max = { events: 2_000, bytes: vendor.maxBytes - MARGIN };
  }

  encode(event: ForwardedEvent): Buffer {
    const { maxBytes, columns, maxField } = this.#means.vendors.sentinel;
    const body = Buffer.from(JSON.stringify(rowOf(event, columns, maxField)));
    if (body.length > maxBytes - MARGIN)
      throw new Unfit('It is larger than Azure Monitor accepts in one call (1 MB).');
    return body;
  }

  async send(batch: readonly Outgoing[], signal: AbortSignal): Promise<Outcome> {
    const { endpoint, rule, stream } = this.#settings;
    const { sentinel: vendor } = this.#means.vendors;
    const { token, failed } = await this.#token.get(signal);
    if (token === null) return failed;
    const url = new URL(endpoint);
    url.pathname = `${url.pathname.replace(/\/$/u, '')}/dataCollectionRules/${rule}/streams/${stream || vendor.stream}`;
    url.search = `?api-version=${vendor.apiVersion}`;
    // Always send a list: anything else is answered with 204 as well, and discarded.
    const body = `[${batch.map((one) => one.body.toString('utf8')).join(',')}]`;
    const { answer, failed: unanswered } = await askOnce(this.#means, url, {
      method: 'POST',
      signal,
      ca: '',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-ms-client-request-id': randomUUID(),
      },
      body: gzipSync(body, { level: 4 }),
    });
    if (answer === null) return unanswered;
    if (answer.status === 401) this.#token.forget();
    return judged(answer, url.host);
  }
}

/** The outcome of a response of Azure Monitor. */
function judged(answer: Answer, host: string): Outcome {
  const message = messageIn(answer);
  const code = answer.header('x-ms-error-code') ?? '';
  const tooLarge = answer.status === 413 || /ReadyBody_ClientConnectionAbort/u.test(`${code} ${answer.text}`);
  if (tooLarge)
    return { kind: 'too_large', says: 'Azure Monitor does not accept a batch this large.', answer: message };
  switch (answer.status) {
    case 204:
      return { kind: 'accepted', says: 'Azure Monitor accepted the events (HTTP 204).', answer: message };
    case 400:
      return {
        kind: 'refused',
        index: null,
        says: 'The data collection rule does not accept this event (HTTP 400): its columns or types differ.',
        answer: message,
      };
    case 401:
      // The token may have been revoked early; the next attempt requests a new one.
      return {
        kind: 'retry',
        says: 'Azure Monitor did not accept the token (HTTP 401).',
        answer: message,
        afterSeconds: null,
      };
    case 403:
      return {
        kind: 'stopped',
        says: 'The application may not send to this data collection rule (HTTP 403). Give it the role Monitoring Metrics Publisher there; that can take 30 minutes to take effect.',
        answer: message,
      };
    case 404:
      return {
        kind: 'stopped',
        says: 'There is no such data collection rule or stream at this endpoint (HTTP 404). Check the three.',
        answer: message,
      };
    case 200:
      return {
        kind: 'stopped',
        says: `${host} answers, but not as Azure Monitor does. Check the endpoint.`,
        answer: message,
      };
  }
  return byStatus(answer, host);
}
// Guide: G1.2-09 G5.3-01
