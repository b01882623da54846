import { z } from 'zod';
import { isAboutClaude } from '../../microsoft/agent-looks.ts';
import type { ServicePrincipalRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import {
  type AgentCatalog,
  agentCatalog,
  agentItem,
  agentsListed,
  claudeAppIds,
  type FoundAgent,
} from './agent-catalog.ts';
import {
  appItem,
  CONNECTOR_APPS,
  filterShown,
  type Principals,
  REST_QUESTION,
  SSO_QUESTION,
  UNFILTERED,
} from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

const RESEMBLANCE_WORDS = {
  disguised: 'The name imitates Claude with look-alike letters',
  named: "Carries Claude's name",
  misspelled: 'The name is one letter off Claude or Anthropic',
} as const;

interface FoundApp {
  readonly row: ServicePrincipalRow;
  readonly looks: keyof typeof RESEMBLANCE_WORDS;
}

export const lookAlikeApps = defineRule({
  name: 'look-alike-apps',
  about:
    'Lists enterprise applications, and agents registered in Entra, whose name says Claude or Anthropic, plainly or in look-alike letters, under an application id other than the connector’s two and that of the client’s own sign-in application. If the catalog of Microsoft Agent 365 was read, it also lists agents there that are not blocked and whose name, publisher, description or application is about Claude. An agent that is also an application here counts once. Without the catalog, the answer says so.',
  failsFromPart: ['service_principals', 'agent_packages'],
  params: z.strictObject({}),
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    if (principals.rows.length === 0)
      return because(
        'microsoft.app_presence.list_empty',
        'The enterprise applications file lists nothing, though every tenant has some.',
      ).cannotRead(REST_QUESTION, principals.evidence);
    const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
    const known = new Set<string>([...CONNECTOR_APPS.map((app) => app.appId), ...(own ? [own] : [])]);
    const found = principals.rows.flatMap((row): FoundApp[] => {
      const looks = looksLikeClaude(row.name).is;
      return looks === 'no' || known.has(row.appId.toLowerCase()) ? [] : [{ row, looks }];
    });
    const catalog = agentCatalog(context, claudeAppIds(principals.rows, own));
    // Until the charter names the sign-in application, one with the plain name may well be it.
    const strange = found.filter(
      ({ row, looks }) => looks === 'disguised' || (looks === 'named' && (own || row.agent === true)),
    );
    const apps = new Set(strange.map(({ row }) => row.appId.toLowerCase()));
    const alone = catalog.agents.filter(
      ({ row }) => row.appId === null || !apps.has(row.appId.toLowerCase()),
    );
    const agents = alone.filter(({ looks }) => isAboutClaude(looks));
    if (strange.length > 0 || agents.length > 0) return failed(principals, strange, agents, catalog);
    const open = unsettled(principals, found, alone, catalog);
    if (open !== null) return open;
    const total = count(principals.rows.length, 'enterprise application');
    const filter = filterShown(context, principals);
    if (filter !== null)
      return because(
        'microsoft.app_presence.list_filtered',
        `Apart from those known by their application id, none of ${total} carries Claude’s name. ${filter}`,
      ).cannotRead(UNFILTERED, principals.evidence);
    return because(
      'microsoft.app_presence.no_look_alike',
      [
        `Of ${total} none carries Claude’s name apart from those known by their application id.`,
        catalog.total === null
          ? (catalog.remark ?? '')
          : `Of ${count(catalog.total, 'agent')} in the catalog of Microsoft Agent 365 none that people can use has to do with Claude.`,
      ].join(' '),
      catalog.total === null ? {} : { catalog: true },
    ).pass([...principals.evidence, ...catalog.evidence]);
  },
});

/** What a person has to look at: applications with unknown ids, and agents that only the catalog lists. */
function failed(
  principals: Principals,
  strange: readonly FoundApp[],
  agents: readonly FoundAgent[],
  catalog: AgentCatalog,
): Outcome {
  const total = count(principals.rows.length, 'enterprise application');
  const items = [
    ...strange.map((one) => applicationItem(one, principals, catalog)),
    ...agents.map((one) => agentItem(one, catalog)),
  ];
  const evidence = items.flatMap((item) => item.evidence);
  const listed = agents.length === 0 ? '' : agentsListed(agents, catalog.total);
  if (strange.length === 0) return because('microsoft.app_presence.agents', listed).fail(evidence, items);
  const applications = `${strange.length} of ${total} ${verb(strange.length, 'carries', 'carry')} Claude’s name under an application id that is not known: ${names(strange.map(named))}.`;
  return because(
    agents.length === 0
      ? 'microsoft.app_presence.look_alike'
      : 'microsoft.app_presence.look_alike_and_agents',
    [applications, listed, catalog.remark ?? catalog.open?.why ?? ''].filter((said) => said !== '').join(' '),
  ).fail(evidence, items);
}

/** Outcome for what only a person or another reading can settle; null: nothing is open. */
function unsettled(
  principals: Principals,
  found: readonly FoundApp[],
  alone: readonly FoundAgent[],
  catalog: AgentCatalog,
): Outcome | null {
  const evidence = [...principals.evidence, ...catalog.evidence];
  const apps = new Set(found.map(({ row }) => row.appId.toLowerCase()));
  const agents = alone.filter(({ row }) => row.appId === null || !apps.has(row.appId.toLowerCase()));
  const items = [
    ...found.map((one) => applicationItem(one, principals, catalog)),
    ...agents.map((one) => agentItem(one, catalog)),
  ];
  const listed = names([...found.map(named), ...agents.map(({ row }) => `${row.name} (${row.id})`)]);
  const mayBeSignIn = found.filter(({ looks }) => looks !== 'misspelled');
  if (mayBeSignIn.length > 0)
    return because(
      'microsoft.app_presence.may_be_sign_in_app',
      `${count(found.length, 'application carries', 'applications carry')} Claude’s name: ${names(found.map(named))}. One may be the sign-in application, which the charter does not name.`,
    ).cannotRead(SSO_QUESTION, evidence, items);
  if (items.length > 0)
    return because(
      'microsoft.app_presence.one_letter_off',
      `The name of ${count(items.length, found.length === 0 ? 'agent' : 'application')} is one letter off Claude’s: ${listed}. Whether ${verb(items.length, 'it imitates', 'they imitate')} Claude is for a person to judge.`,
    ).cannotRead(
      ask(
        'look',
        'applications',
        `Look at ${listed} in Entra, who publishes it and who may use it, and remove what imitates Claude.`,
        items.map(({ key }) => key),
      ),
      evidence,
      items,
    );
  return catalog.open === null
    ? null
    : because(
        'microsoft.app_presence.catalog_unread',
        `No enterprise application carries Claude’s name under an application id that is not known, but the catalog of agents cannot be used. ${catalog.open.why}`,
      ).cannotRead(catalog.open.ask, evidence);
}

const named = ({ row }: FoundApp) => `${row.name} (${row.appId})`;

/** An application in Entra. An agent in the catalog with the same id is the same thing, so it is part of this item. */
function applicationItem({ row, looks }: FoundApp, principals: Principals, catalog: AgentCatalog): Item {
  const also = catalog.agents.filter(
    ({ row: agent }) => agent.appId?.toLowerCase() === row.appId.toLowerCase(),
  );
  const item = appItem(
    row,
    [
      row.agent === true
        ? `${RESEMBLANCE_WORDS[looks]}; an agent registered in Entra (${row.appId}). Who made it and what it may do is under Agent identities there.`
        : `${RESEMBLANCE_WORDS[looks]} under another application id (${row.appId}); publisher ${row.publisher ?? 'not reported'}.`,
      ...(also.length === 0
        ? []
        : [`In the catalog of Microsoft Agent 365 as ${names(also.map(({ row: agent }) => agent.name))}.`]),
    ].join(' '),
    principals,
  );
  return {
    ...item,
    evidence: [...item.evidence, ...also.flatMap(({ row: agent }) => catalog.cite(agent) ?? [])],
  };
}
// Guide: G3.2-01 G6.1-04 GA-08
