import type { PolicyState } from '#domain/conditional-access/body.ts';
import type { ForTenant } from '#domain/conditional-access/scripts.ts';
import type { Chosen } from '#domain/conditional-access/values.ts';
import type { AccessTemplateId } from '#domain/model/conditional-access.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import { settingsOf } from '../sources/index.ts';
import { recordedTemplates } from './recorded.ts';

/** Maximum excluded people and other applications listed by name. */
const NAMED = 50;

/**
 * Cloud names in Microsoft Graph PowerShell (learn.microsoft.com/powershell/microsoftgraph/authentication-commands).
 */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  gcc_high: 'USGov',
  dod: 'USGovDoD',
  china: 'China',
};

/** The client's tenant, if an application that reads or changes it is connected. */
async function tenantNamed({
  services,
  client,
}: Pick<HandlerContext, 'services' | 'client'>): Promise<ForTenant> {
  const settings = await settingsOf(services, client.id, 'microsoft');
  return {
    tenant: settings?.tenant ?? null,
    environment: ownValue(ENVIRONMENTS, settings?.cloud ?? '') ?? null,
  };
}

/** The steps that bring one policy of the guide to a state, in all forms. */
export async function instructions(
  { services, client, read, can }: HandlerContext,
  {
    template,
    state,
    group,
    resources,
    without,
  }: {
    readonly template: AccessTemplateId;
    readonly state: PolicyState;
    readonly group?: string | undefined;
    readonly resources?: Chosen['resources'];
    readonly without?: string | undefined;
  },
) {
  const run = await services.verdicts.run(client.id, 'conditionalAccessSteps', {
    template,
    state,
    asked: {
      name: null,
      group: group ?? null,
      resources: resources ?? null,
      without: without?.split(/\s+/u).filter(Boolean) ?? null,
      grace: null,
    },
    recorded: await read((tx) => recordedTemplates(tx, client.id)),
    where: await tenantNamed({ services, client }),
  });
  const found = run?.result ?? null;
  if (found === null) throw notFound();
  if ('howToGet' in found) throw unprocessable(`${found.why} ${found.howToGet}`.trim());
  return {
    name: found.name,
    policy: found.policy,
    steps: found.steps.map((step) =>
      step.do === 'change_policy'
        ? { do: step.do, name: step.name, id: step.id, parts: [...step.parts] }
        : { do: step.do, name: step.body.displayName, id: null, parts: [] },
    ),
    blocked: found.blocked,
    reach:
      found.reach === null
        ? null
        : {
            ...found.reach,
            leftOut: found.reach.leftOut.length,
            names: can('people.read') ? found.reach.leftOut.slice(0, NAMED) : [],
          },
    others: found.others === null ? null : { total: found.others.length, apps: found.others.slice(0, NAMED) },
    graph: found.graph.map(({ method, path, body }) => ({ method, path, body })),
    powershell: found.powershell,
    terraform: found.terraform,
    portal: found.portal.map(({ where, choose }) => ({ where, choose: [...choose] })),
  };
}
