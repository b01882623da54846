import { compareAnswers, type Sampled, type TheirAnswer } from '#domain/conditional-access/second-opinion.ts';
import type { Circumstances } from '#domain/conditional-access/what-if.ts';
import { isObject, type Json } from '#sources/json-client.ts';
import { body } from '#sources/microsoft/graph/body.ts';
import type { GraphClient } from '#sources/microsoft/graph/client.ts';
import type { HandlerContext } from '../context.ts';
import { askGraph } from '../microsoft-connector/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { type Given, questionOf } from './what-if.ts';

/** The application with consent for reading. */
const READER = { vendor: 'microsoft', kind: 'reading' };
const EVALUATE = '/identity/conditionalAccess/evaluate';
/** An address reserved for documentation (RFC 5737), which is in no tenant's named locations. */
const OTHER_ADDRESS = '203.0.113.10';

/** Microsoft's analysis reasons that mean no result was computed. */
const LACKS = new Set(['notEnoughInformation', 'invalidCondition', 'invalidPolicy']);

/**
 * Runs Microsoft's own What If for a few people of each outcome, and compares it with the local one policy by policy.
 */
export async function checkWhatIf(context: HandlerContext, given: Given) {
  const { services, client, now } = context;
  const run = await services.verdicts.run(client.id, 'conditionalAccessSample', questionOf(given, null));
  if (!run) throw notFound();
  const found = run.result;
  const nothing = { at: now.toISOString(), compared: 0, agree: 0, open: 0, differences: [], sample: [] };
  if ('howToGet' in found) return { ...nothing, app: null, why: found.why, howToGet: found.howToGet };
  const { app, sample, address } = found;
  if (app === null || sample.length === 0) return { ...nothing, app, why: null, howToGet: null };
  const answers = await askGraph(
    { services, client: { id: client.id, timezone: client.timezone }, now },
    READER,
    async (graph) => {
      const asked = new Map<string, readonly TheirAnswer[]>();
      const at = given.place === 'elsewhere' ? OTHER_ADDRESS : address;
      for (const person of sample) asked.set(person.id, await ask(graph, person, app, given, at));
      return asked;
    },
  );
  if (!(answers instanceof Map))
    throw unprocessable(
      answers.is === 'refused'
        ? 'Microsoft is asked by the application that reads the tenant. Connect it under Connections > Sources, with Policy.Read.All.'
        : answers.why,
    );
  const { differences, ...counts } = compareAnswers(sample, answers);
  return {
    at: now.toISOString(),
    app,
    why: null,
    howToGet: null,
    sample: sample.map(({ name, outcome }) => ({ person: name, outcome })),
    ...counts,
    differences: [...differences],
  };
}

async function ask(
  graph: GraphClient,
  { id }: Sampled,
  app: string,
  { platform, clientApp, device, signInRisk, userRisk, flow, insiderRisk }: Given,
  address: string | null,
): Promise<readonly TheirAnswer[]> {
  const answer = await graph.post(
    EVALUATE,
    body('whatIf', {
      signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: id },
      signInContext: { '@odata.type': '#microsoft.graph.applicationContext', includeApplications: [app] },
      signInConditions: {
        clientAppType: clientApp,
        ...known('devicePlatform', platform),
        ...known('signInRiskLevel', signInRisk),
        ...known('userRiskLevel', userRisk),
        ...known('insiderRiskLevel', insiderRisk),
        ...(flow === 'unknown' ? {} : { authenticationFlow: { transferMethod: flow } }),
        ...(address === null ? {} : { ipAddress: address }),
        ...(device === 'unknown' ? {} : { deviceInfo: { isCompliant: device === 'compliant' } }),
      },
      appliedPoliciesOnly: false,
    }),
  );
  const list = Array.isArray(answer?.value) ? answer.value.filter(isObject) : [];
  return list.map(theirAnswer);
}

const known = (name: string, value: Circumstances['platform' | 'signInRisk' | 'insiderRisk']) =>
  value === 'unknown' ? {} : { [name]: value };

/**
 * If Microsoft lacks information about the sign-in, it answers that a policy does not apply and gives that as the
 * reason; this is mapped to unknown.
 */
function theirAnswer({ id, displayName, policyApplies, analysisReasons }: Json): TheirAnswer {
  const reason = typeof analysisReasons === 'string' ? analysisReasons : null;
  const lacks = (reason ?? '').split(',').some((flag) => LACKS.has(flag.trim()));
  return {
    id: String(id),
    name: String(displayName ?? id),
    applies: typeof policyApplies !== 'boolean' || lacks ? 'unknown' : policyApplies ? 'yes' : 'no',
    reason: reason === 'notSet' ? null : reason,
  };
}
// Guide: G6.2-04
