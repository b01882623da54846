import type { PolicyState } from '#domain/conditional-access/body.ts';
import type { AccessTemplateId } from '#domain/model/conditional-access.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import { recordedTemplates } from './recorded.ts';

/** The steps that bring one policy of the guide to a state, in every form. */
export async function instructions(
  { services, client, read }: HandlerContext,
  { template, state }: { readonly template: AccessTemplateId; readonly state: PolicyState },
) {
  const run = await services.verdicts.run(client.id, 'conditionalAccessSteps', {
    template,
    state,
    recorded: await read((tx) => recordedTemplates(tx, client.id)),
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
    graph: found.graph.map(({ method, path, body }) => ({ method, path, body })),
    powershell: found.powershell,
    terraform: found.terraform,
    portal: found.portal.map(({ where, choose }) => ({ where, choose: [...choose] })),
  };
}
