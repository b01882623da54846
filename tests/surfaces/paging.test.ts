import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '#features/operation.ts';
import { inputSchema, type JsonSchema } from '#features/operation-fields.ts';
import { pageOf } from '#features/paging.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { LISTS, READING } from './lists.ts';

/** Every list comes in pages, by one scheme, or it is named here with what bounds it. What the pages hold is in lists.ts. */
const nameOf = ({ path }: Operation) => path.join('.');

/** Answers that hold lists and do not come in pages, with the reason. */
const WHOLE: Readonly<Record<string, string>> = {
  'access.users.get': 'the roles of one person',
  'access.users.may': 'one line for each permission that exists',
  'access.client.may': 'one line for each permission that exists',
  'account.me': 'the frame of the console: the clients of the person',
  'activity.choices': 'the values of filters',
  'activity.get': 'one event, with what else told of it',
  'alerts.get': 'one alert, with its events up to the bound that it names',
  'alerts.group': 'one group, with five of its people',
  'alerts.weeks': 'thirteen weeks',
  'ams.show': 'one line for each way that exists',
  'audit.record': 'one record',
  'audit.facets': 'the values of filters',
  'audit.workspace.record': 'one record',
  'audit.workspace.facets': 'the values of filters',
  'changes.get': 'one change, with the steps of its plan',
  'charter.show': 'one document',
  'charter.diff': 'what two documents differ in',
  'charter.draft.show': 'one document',
  'charter.draft.effect': 'the controls that one document changes',
  'conditionalAccess.show': 'the policies of one tenant',
  'conditionalAccess.instructions': 'the steps of one policy',
  'conditionalAccess.whatIf': 'the policies of one tenant',
  'conditionalAccess.check': 'at most eight people and the policies of one tenant',
  'conditionalAccess.signIns': 'at most 200 sign-ins, the newest',
  'conditionalAccess.everyone': 'four outcomes, with at most 50 names each',
  'connectors.access': 'the people to choose from, or one person',
  'connectors.flows': 'the systems that are set up or were called',
  'connectors.reach': 'one page to print',
  'controls.get': 'one control',
  'incidents.types': 'the types that the catalogue has',
  'incidents.get': 'one incident, with its steps and no more than 200 calls',
  'deployment.roles': 'three roles, who has access to the client, and the tasks of the catalogue',
  'deployment.show': 'the tasks that the catalogue has',
  'deployment.quickReference': 'the sixteen lines of a sheet',
  'deployment.immediateActions': 'the lines of a sheet',
  'dlp.hook.show': 'one hook, with a count for each decision and reason',
  'dlp.icap.show': 'one check, with a count for each decision and reason',
  'dlp.prepare.show': 'the patterns of one client, 50 at most',
  'dlp.tuning.show': 'what one client changed, 50 patterns at most',
  'dlp.show': 'the rules that the catalogue has',
  'devices.show': 'the products that the catalogue has',
  'evidence.get': 'one file, with the uses up to the bound that it names',
  'exceptions.get': 'one exception',
  'network.shadowAi': 'the tools that the logs of 45 days show, and the risks that the catalogue has',
  'network.show': 'the ways that the catalogue has',
  'home.coverage': 'one line for each document, file or area',
  'home.get': 'one page',
  'journeys.show': 'one journey, with the steps that the catalogue has',
  'imports.get': 'one import',
  'imports.preview': 'one import',
  'microsoftConnector.show': 'the scopes of two applications',
  'microsoftConnector.gallery': 'what the gallery calls Claude',
  'people.get': 'one person',
  'personalAccounts.get': 'one account',
  'personalAccounts.capture': 'the domains of one client, with what a claim needs',
  'personalAccounts.messages.texts': 'one for each kind of message that exists',
  'planner.show': 'the controls and offers that the catalogue has',
  'planner.compare': 'the purchases that were asked for',
  'planner.paths': 'the goals that the catalogue has',
  'texts.list': 'the texts that the catalogue has',
  'texts.show': 'one text',
  'policy.show': 'the versions of one document',
  'policy.text': 'one document',
  'policy.draft.show': 'one document',
  'reports.get': 'one report',
  'reports.compare': 'the controls that two reports differ in',
  'requests.get': 'one request',
  'retention.preview': 'one line for each kind of file',
  'settings.get': 'the hosts that settings name',
  'settings.previewRetention': 'one line for each kind of file and client',
  'shell.search': 'the best twenty or so',
  'work.audiences': 'the audiences that the guide has',
  'charter.choices': 'what the fields of one charter offer',
  'charter.starts': 'the baselines of the catalogue',
  'signIn.providers': 'what the sign-in page draws',
  'sinks.failedEvents': 'one delivery',
  'sources.show': 'the keys that the vendor has',
  'sources.completeness': 'the sources that there are',
  'telemetry.show': 'what sent lately, up to a bound',
  'usage.show': 'the days and weeks of the range that was asked for',
  'usage.person': 'one person',
  'usage.vendor': 'the days and weeks of the range that was asked for',
  'usage.weekly.show': 'one file for each week that is kept',
  'reviews.show': 'the items of one review',
};

function outputSchema({ procedure }: Operation): JsonSchema {
  const output: unknown = procedure['~orpc'].outputSchema;
  return output instanceof z.ZodType
    ? (z.toJSONSchema(output, { unrepresentable: 'any', io: 'output', reused: 'inline' }) as JsonSchema)
    : {};
}

/** Names of the lists of things in an answer; a list of plain words is no list of things. */
function listsIn(operation: Operation): readonly string[] {
  return Object.entries(outputSchema(operation).properties ?? {})
    .filter(([, schema]) =>
      [schema, ...(schema.anyOf ?? [])].some(
        ({ type, items }) => type === 'array' && items?.type !== 'string',
      ),
    )
    .map(([name]) => name);
}

describe('every list', () => {
  it('comes in pages, or says what bounds it', () => {
    const unsaid = READING.filter(
      (one) => one.meta.list === undefined && listsIn(one).length > 0 && WHOLE[nameOf(one)] === undefined,
    );
    expect(unsaid.map(nameOf), 'give it `list` in its contract, or name it in WHOLE').toEqual([]);
    const stale = Object.keys(WHOLE).filter(
      (name) =>
        !READING.some(
          (one) => nameOf(one) === name && one.meta.list === undefined && listsIn(one).length > 0,
        ),
    );
    expect(stale).toEqual([]);
  });

  it('takes limit and cursor, with a largest limit, and answers with nextCursor', () => {
    for (const operation of LISTS) {
      const { limit, cursor } = inputSchema(operation).properties ?? {};
      const name = nameOf(operation);
      expect([name, limit]).toEqual([
        name,
        expect.objectContaining({
          type: 'integer',
          minimum: 1,
          maximum: expect.any(Number),
          description: expect.stringMatching(/at most/),
        }),
      ]);
      expect([name, cursor?.type]).toEqual([name, 'string']);
      expect([name, Object.keys(outputSchema(operation).properties ?? {})]).toEqual([
        name,
        expect.arrayContaining([operation.meta.list?.in ?? 'items', 'nextCursor']),
      ]);
    }
  });
});

describe('a list that changes between two pages', () => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole();
    for (const name of ['Birch', 'Elm', 'Fir', 'Oak']) await bylaw.client(name);
  });
  afterAll(async () => bylaw?.close());
  const page = async (query: string) => (await bylaw.owner.call('GET', `/fleet?sort=name${query}`)).body;
  const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

  it('goes on after the entry that was last, whatever came in before it', async () => {
    const first = await page('&limit=2');
    expect(names(first)).toEqual(['Birch', 'Elm']);
    await bylaw.client('Alder');
    expect(names(await page(`&limit=2&cursor=${first.nextCursor}`))).toEqual(['Fir', 'Oak']);
  });

  it('says that it has to be begun again where the end of the page before is gone', async () => {
    const gone = Buffer.from(JSON.stringify(['gone'])).toString('base64url');
    const lost = await bylaw.owner.call('GET', `/fleet?cursor=${gone}`);
    expect([lost.status, lost.body.detail]).toEqual([
      422,
      expect.stringMatching(/Start again at the first page/),
    ]);
    const odd = await bylaw.owner.call('GET', '/fleet?cursor=yesterday');
    expect([odd.status, odd.body.detail]).toEqual([400, expect.stringMatching(/"cursor"/)]);
  });

  it('goes on where the last entry of the page before is gone, but not the one before it', () => {
    const of = (items: readonly string[], cursor?: string) =>
      pageOf(items, (item) => item, { limit: 2, cursor });
    const first = of(['a', 'b', 'c', 'd']);
    expect(of(['a', 'new', 'c', 'd'], first.nextCursor ?? '').items).toEqual(['new', 'c']);
    expect(() => of(['c', 'd'], first.nextCursor ?? '')).toThrow(/Start again/);
  });

  it('refuses more than the largest page', async () => {
    const { status, body } = await bylaw.owner.call('GET', '/fleet?limit=5001');
    expect([status, body.detail]).toEqual([400, expect.stringMatching(/"Limit"/)]);
  });
});
