import { z } from 'zod';
import { isMembershipSystem, openMembershipSystems } from '../../charter/invariants.ts';
import { leftOutWords } from '../../decide/left-out.ts';
import type { Charter } from '../../model/charter.ts';
import { addDays } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address, isEmptyReason, nameKey, namesNobody } from '../../people/names.ts';
import { saysNotAgreed } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { isAms } from './ams-read-only.ts';
import { approvedConnectors } from './chartered.ts';
import { firstSeen } from './custom-reviewed.ts';
import { type ConnectorMatch, matchConnector } from './match.ts';
import { observe } from './observe.ts';
import type { ObservedConnector } from './table.ts';

type Ams = NonNullable<Charter['ams']>;

const METHODS: Readonly<Record<Ams['methods'][number], string>> = {
  custom_mcp: 'a custom MCP server',
  manual_upload: 'exports uploaded manually',
  bedrock: 'Bedrock agents',
  none: 'none',
};

function ams(context: CheckContext): { ok: true; ams: Ams } | { ok: false; outcome: Outcome } {
  const question = ask(
    'charter',
    'ams',
    'State the membership system under `ams` in the charter: its `name` and `methods` (custom_mcp, manual_upload, bedrock or none).',
  );
  if (!context.charter.ok)
    return {
      ok: false,
      outcome: absent(context.charter).cannotRead(question),
    };
  const found = context.charter.value.ams;
  if (found) return { ok: true, ams: found };
  const left = context.charter.leftOut?.find(({ path }) => path === 'ams');
  if (left)
    return {
      ok: false,
      outcome: because('connectors.ams.left_out', leftOutWords('charter', [left])).cannotRead(question),
    };
  const open = openMembershipSystems(context.charter.value, context.catalogue);
  return {
    ok: false,
    outcome: because(
      'connectors.ams.not_decided',
      open.length > 0
        ? `The charter approves ${names(open)}, and does not say how Claude reaches the membership system: a custom server, manual exports, Bedrock agents, or none.`
        : 'The charter does not name a membership system (AMS).',
    ).cannotRead(question),
  };
}

const DECLARE_METHODS = ask(
  'charter',
  'ams',
  'State under `ams` in the charter by which methods Claude reaches the membership system.',
  'methods',
);

/** The AMS if a custom MCP server connects it; otherwise the outcome. */
function customServer(context: CheckContext): ReturnType<typeof ams> {
  const read = ams(context);
  if (!read.ok || read.ams.methods.includes('custom_mcp')) return read;
  const on = membershipSystemsOn(context);
  if (on.length > 0)
    return {
      ok: false,
      outcome: because(
        'connectors.ams.on_undeclared',
        `${names(on.map(({ name }) => name))} is on in Claude, and the charter does not say that a custom server connects ${read.ams.name}.`,
      ).cannotRead(
        DECLARE_METHODS,
        on.flatMap(({ evidence }) => evidence),
      ),
    };
  const open = context.charter.ok ? openMembershipSystems(context.charter.value, context.catalogue) : [];
  if (open.length > 0)
    return {
      ok: false,
      outcome: because(
        'connectors.ams.approved_undeclared',
        `The charter approves the connector ${names(open)}, and does not say that a custom server connects ${read.ams.name}.`,
      ).cannotRead(DECLARE_METHODS, cite(context, 'connectors', names(open))),
    };
  const outcome = because(
    'connectors.ams.not_custom',
    `${read.ams.name} is not connected through a custom MCP server.`,
  ).notApplicable(cite(context, 'ams.methods', read.ams.methods.join(', ')));
  return { ok: false, outcome };
}

/** Connectors to a membership system that are on according to the connectors table or a later event. */
function membershipSystemsOn(context: CheckContext): readonly ObservedConnector[] {
  const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
  return observe(context).enabled.filter((connector) => isAms(context, connector, approved));
}

/** Membership systems that the catalogue knows as others than the one that the charter names. */
function otherSystems(own: ConnectorMatch, on: readonly ObservedConnector[]): readonly ObservedConnector[] {
  if (own.entries.length === 0) return [];
  return on.filter(
    ({ entries }) => entries.length > 0 && !entries.some((entry) => own.entries.includes(entry)),
  );
}

function cite(context: CheckContext, path: string, says: string) {
  return context.charter.ok ? [context.charter.cite(path, says)] : [];
}

/** The roster's row of a person whose name or address an account has; null: none that was read. */
function staffMember(context: CheckContext, account: string): { day: string; evidence: Evidence } | null {
  const roster = context.read('roster');
  if (!roster.ok) return null;
  const key = nameKey(account);
  const row = roster.rows.find(
    ({ name, emails }) =>
      emails.some((one) => address(one) === address(account)) || (key !== '' && nameKey(name) === key),
  );
  return row === undefined ? null : { day: roster.observedOn, evidence: roster.cite(row, `is ${account}`) };
}

/** Names of accounts that administer. */
const OF_ADMIN =
  /^(?:(?:the|our|imis|system|global|site|domain|staff) )*(?:administrator|admin|sysadmin|superuser|root|sa)(?: (?:account|user|login))?$/i;
/** Names of logins that people share. */
const OF_SEVERAL =
  /(?<!\p{L})(?:shared|common|everyone[’']?s?|office|front desk|team|staff) (?:\p{L}+ )?(?:login|log-in|sign-in|password)(?!\p{L})|(?<!\p{L})(?:shared|gemeinsam\p{L}*|partagé|compartid[oa]|gedeeld) (?:\p{L}+ )?(?:account|user|konto|compte|cuenta|login)(?!\p{L})/iu;

/** CON-22: the AMS connector uses a dedicated read-only account, never an administrator's (guide 3.3). */
export const amsServiceAccount = defineRule({
  name: 'ams-service-account',
  about:
    'Reads what the charter states about the account behind the custom MCP server of the membership system.',
  params: z.strictObject({ days: z.number().int().min(1) }),
  decide(context, { days }) {
    const read = customServer(context);
    if (!read.ok) return read.outcome;
    const account = read.ams.serviceAccount;
    const question = ask(
      'charter',
      'ams.serviceAccount',
      'State the account behind the connector under `ams.serviceAccount` in the charter: `name`, `readOnly`, `admin` and the day it was `reviewed`.',
    );
    if (!account || isEmptyReason(account.name))
      return because(
        'connectors.ams.no_account',
        `The charter does not say which account of ${read.ams.name} is behind the connector.`,
      ).cannotRead(question, cite(context, 'ams', read.ams.name));
    const evidence = cite(
      context,
      'ams.serviceAccount',
      `${account.name}: ${account.readOnly ? 'read only' : 'not read only'}, ${account.admin ? 'administrator' : 'no administrator'}`,
    );
    if (!account.admin && OF_ADMIN.test(account.name))
      return because(
        'connectors.ams.account_name_contradicts',
        `The charter says that ${account.name} is behind the connector to ${read.ams.name} and is not an administrator, which its name contradicts.`,
        { account: account.name },
      ).cannotRead(question, evidence);
    const faults = [
      ...(account.admin ? ['is an administrator'] : []),
      ...(account.readOnly ? [] : ['can do more than read']),
    ];
    if (faults.length > 0)
      return because(
        'connectors.ams.account_too_strong',
        `The account ${account.name} behind the connector to ${read.ams.name} ${names(faults)}.`,
        { account: account.name, faults },
      ).fail(evidence);
    if (OF_SEVERAL.test(account.name))
      return because(
        'connectors.ams.account_shared',
        `The charter says that ${account.name} is behind the connector to ${read.ams.name}. By its name, people sign in with it too, so it is no dedicated account.`,
        { account: account.name },
      ).cannotRead(question, evidence);
    const person = staffMember(context, account.name);
    if (person !== null)
      return because(
        'connectors.ams.account_of_person',
        `The account behind the connector to ${read.ams.name} is recorded as ${account.name}, and the roster of ${dayWords(person.day)} lists that as a person’s own, so it is no dedicated account.`,
        { account: account.name },
      ).cannotRead(question, [...evidence, person.evidence]);
    if (account.reviewed > context.today || addDays(account.reviewed, days) < context.today)
      return because(
        'connectors.ams.review_old',
        `The rights of ${account.name} were last reviewed on ${dayWords(account.reviewed)}. A review is valid for ${days} days from its date.`,
      ).cannotRead(question, evidence);
    return because(
      'connectors.ams.account_read_only',
      `According to the charter, ${account.name} is behind the connector to ${read.ams.name}: it can only read, is not an administrator, and its rights were reviewed on ${dayWords(account.reviewed)}. Everyone who uses the connector sees what this account sees, whatever their own rights are.`,
      { account: account.name },
    ).pass(evidence);
  },
});

/**
 * CON-23: the way in which Claude reaches the AMS is decided, and vendor and IT were consulted before an integration
 * (guide 3.3).
 */
export const amsMethod = defineRule({
  name: 'ams-method-decided',
  about:
    'Reads the methods and the vendor consultation of the charter; an integration needs the consultation, dated before the connector is first seen. An agent in the client’s own cloud must be described and only be able to read.',
  params: z.strictObject({}),
  decide(context) {
    const read = ams(context);
    if (!read.ok) return read.outcome;
    const methods = names(
      read.ams.methods.map((method) => METHODS[method]),
      4,
    );
    const evidence = cite(context, 'ams.methods', methods);
    const open = context.charter.ok ? openMembershipSystems(context.charter.value, context.catalogue) : [];
    if (open.length > 0 && !read.ams.methods.includes('custom_mcp'))
      return because(
        'connectors.ams.ways_contradict',
        `The charter approves the connector ${names(open)}, and names as the ways to ${read.ams.name}: ${methods}. A connector is a custom server, which it does not declare.`,
      ).fail([...evidence, ...cite(context, 'connectors', names(open))]);
    const on = membershipSystemsOn(context);
    if (on.length > 0 && !read.ams.methods.includes('custom_mcp'))
      return because(
        'connectors.ams.on_beside_ways',
        `${names(on.map(({ name }) => name))} is on in Claude, and the charter names as the ways to ${read.ams.name}: ${methods}. A connector is a custom server, which it does not declare.`,
      ).fail([...evidence, ...on.flatMap((one) => one.evidence)]);
    const integrated = read.ams.methods.some((method) => method === 'custom_mcp' || method === 'bedrock');
    if (!integrated)
      return because(
        'connectors.ams.not_integrated',
        `Decided for ${read.ams.name}: ${methods}. Nothing is integrated, so the vendor does not need to be consulted.`,
      ).pass(evidence);
    const consulted = read.ams.vendorConsulted;
    const question = ask(
      'charter',
      'ams.vendorConsulted',
      'State under `ams.vendorConsulted` in the charter on which day the vendor was consulted, whom, and with what outcome.',
    );
    if (!consulted || namesNobody(consulted.contact) || isEmptyReason(consulted.outcome))
      return because(
        'connectors.ams.vendor_not_consulted',
        `Decided for ${read.ams.name}: ${methods}. The charter does not say that the vendor was consulted.`,
      ).cannotRead(question, evidence);
    evidence.push(
      ...cite(
        context,
        'ams.vendorConsulted',
        `${consulted.contact} on ${dayWords(consulted.on)}: ${consulted.outcome}`,
      ),
    );
    if (saysNotAgreed(consulted.outcome))
      return because(
        'connectors.ams.vendor_not_agreed',
        `Decided for ${read.ams.name}: ${methods}. The outcome of consulting the vendor on ${dayWords(consulted.on)} is recorded as “${consulted.outcome.replace(/\.$/, '')}”, which does not say that the vendor agreed.`,
        { outcome: consulted.outcome },
      ).cannotRead(question, evidence);
    if (consulted.on > context.today)
      return because(
        'connectors.ams.consulted_ahead',
        `The vendor consultation is dated ${dayWords(consulted.on)}, which is in the future.`,
      ).cannotRead(question, evidence);
    const { charter, catalogue } = context;
    const others = otherSystems(matchConnector(read.ams.name, catalogue), on);
    if (others.length > 0)
      return because(
        'connectors.ams.other_system_on',
        `${names(others.map(({ name }) => name))} ${verb(others.length, 'is', 'are')} on in Claude as well, and the charter says only of ${read.ams.name} that the vendor was consulted.`,
        { connectors: others.map(({ name }) => name) },
      ).cannotRead(
        ask(
          'charter',
          'ams',
          `Remove ${names(others.map(({ name }) => name))} from Claude, or state under \`ams\` in the charter which system is used and when its vendor was consulted.`,
          others.map(({ key }) => key),
        ),
        [...evidence, ...others.flatMap((one) => one.evidence)],
      );
    const approved = charter.ok ? approvedConnectors(charter.value, catalogue) : [];
    // The connector may have a different name than the system has in the charter.
    const first = [
      matchConnector(read.ams.name, catalogue),
      ...approved
        .filter((one) => charter.ok && isMembershipSystem(one, charter.value, catalogue))
        .map(({ place }) => place),
      ...on,
    ]
      .flatMap((place) => firstSeen(context, place) ?? [])
      .sort((a, b) => (a.day < b.day ? -1 : 1))[0];
    if (first && first.day < consulted.on)
      return because(
        'connectors.ams.enabled_before_consulted',
        `${read.ams.name} was first seen enabled on ${dayWords(first.day)}, before the vendor was consulted on ${dayWords(consulted.on)}.`,
      ).fail([...evidence, first.evidence]);
    if (read.ams.methods.includes('bedrock')) {
      const { agent } = read.ams;
      if (agent === undefined)
        return because(
          'connectors.ams.agent_not_stated',
          `Decided for ${read.ams.name}: ${methods}. The charter does not say which AWS account and agent that is, and what it may do.`,
        ).cannotRead(
          ask(
            'charter',
            'ams.agent',
            'State account, name, scopes, readOnly and reviewed under `ams.agent` in the charter.',
          ),
          evidence,
        );
      evidence.push(...cite(context, 'ams.agent', `${agent.name} in ${agent.account}: ${agent.scopes}`));
      if (!agent.readOnly)
        return because(
          'connectors.ams.agent_writes',
          `The agent ${agent.name} can change data in ${read.ams.name}; it should only read.`,
        ).fail(evidence);
    }
    return because(
      'connectors.ams.vendor_consulted',
      `Decided for ${read.ams.name}: ${methods}. The vendor (${consulted.contact}) was consulted on ${dayWords(consulted.on)}.`,
    ).pass(evidence);
  },
});

/** Addresses from which Claude calls connectors (vendor's page, read 2026-08-22). */
export const CLAUDE_EGRESS = '160.79.104.0/21';

/** CON-24: a membership system in a private network admits Anthropic's range and nothing wider (guide 3.3). */
export const amsNetwork = defineRule({
  name: 'ams-network',
  about:
    'For a custom MCP server in a private network, reads the day on which the firewall was set to the published range.',
  params: z.strictObject({ days: z.number().int().min(1) }),
  decide(context, { days }) {
    const read = customServer(context);
    if (!read.ok) return read.outcome;
    if (read.ams.privateNetwork === undefined)
      return because(
        'connectors.ams.network_not_stated',
        `The charter does not say whether ${read.ams.name} is in a private network.`,
      ).cannotRead(
        ask('charter', 'ams.privateNetwork', 'State `ams.privateNetwork` (true or false) in the charter.'),
        cite(context, 'ams', read.ams.name),
      );
    if (!read.ams.privateNetwork)
      return because(
        'connectors.ams.public',
        `${read.ams.name} is reachable from the internet, so no firewall rule is needed for Claude.`,
      ).notApplicable(cite(context, 'ams.privateNetwork', 'no private network'));
    const day = read.ams.egressAllowlisted;
    const question = ask(
      'charter',
      'ams.egressAllowlisted',
      `Let the firewall in front of the server admit ${CLAUDE_EGRESS} and nothing wider, and state the day under \`ams.egressAllowlisted\` in the charter.`,
    );
    if (!day)
      return because(
        'connectors.ams.firewall_not_stated',
        `The charter does not say when the firewall in front of ${read.ams.name} began to admit Anthropic’s range.`,
      ).cannotRead(question, cite(context, 'ams.privateNetwork', 'private network'));
    const evidence = cite(context, 'ams.egressAllowlisted', `allowlisted on ${dayWords(day)}`);
    if (day > context.today || addDays(day, days) < context.today)
      return because(
        'connectors.ams.firewall_old',
        `The firewall rule is dated ${dayWords(day)}. It is valid for ${days} days from its date, because ranges change.`,
      ).cannotRead(question, evidence);
    return because(
      'connectors.ams.firewall_set',
      `According to the charter, the firewall in front of ${read.ams.name} was set to Anthropic’s range on ${dayWords(day)}. The range published now is ${CLAUDE_EGRESS}.`,
    ).passAsOf(day, evidence);
  },
});
// Guide: G3.1-03 G3.3-00 G3.3-01 G3.3-02 G3.3-03 G3.3-04 G3.3-08 G3.3-09 G3.3-10 G3.3-11 G3.3-12
