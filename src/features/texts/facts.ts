import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Capability } from '#domain/model/capability.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { Line, TextFacts } from '#domain/policy/texts.ts';
import { inForce, versionLabel } from '#domain/policy/versions.ts';
import { count, longDay, monthWords } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { policyVersions } from '#store/policy/versions.ts';
import { charterOf, clientProfile } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { numbered, peopleNow, todayHere } from '../policy/index.ts';
import { showBoard } from '../risks/index.ts';
import { cellWords, type Known, said, words } from './known.ts';
import { listsFrom } from './lists.ts';

/** Everything that fills in the texts of the request's client, as of today. */
export async function textFacts(context: HandlerContext): Promise<TextFacts> {
  const { client, services } = context;
  const { catalogue } = services;
  const today = todayHere(context);
  const { versions, newest } = await context.read(async (tx) => ({
    versions: await policyVersions(tx, client.id),
    newest: await newestCharter(tx, client.id),
  }));
  const profile = await clientProfile(context);
  const known: Known = {
    today,
    catalogue,
    plan: profile.claudePlan,
    policy: inForce(versions.map(numbered), today),
    charter: newest === null ? null : charterOf(newest),
    people: await peopleNow(context),
    risks: await risksHere(context),
  };
  return {
    fields: fieldsFrom(known, client.name),
    lists: listsFrom(known),
    capabilities: new Map(catalogue.capabilities.map((one) => [one.id, sidesLine(one, profile.claudePlan)])),
  };
}

async function risksHere(context: HandlerContext): Promise<Known['risks']> {
  if (!context.can('controls.read')) return 'hidden';
  const { items, decidedAt } = await showBoard(context, {});
  return decidedAt === null ? 'undecided' : items;
}

function fieldsFrom({ policy, charter, people, plan }: Known, name: string): TextFacts['fields'] {
  const ofPolicy = (id: string) => policy?.fields[id]?.trim() || null;
  const days = charter?.chatRetentionDays;
  return {
    client_name: name,
    claude_plan: CLAUDE_PLAN_WORDS[plan],
    governance_owner: charter?.governanceOwner?.name ?? null,
    chat_retention: days === undefined ? null : days === 0 ? 'no limit' : count(days, 'day'),
    people_with_claude:
      people.people === null
        ? null
        : `${people.people.length}${people.membersOn === null ? '' : `, by the list of ${longDay(people.membersOn)}`}`,
    policy_version: policy === null ? null : `version ${versionLabel(numbered(policy))}`,
    policy_contact: ofPolicy('contact'),
    policy_contact_address: ofPolicy('contact_address'),
    policy_member_data: ofPolicy('member_data'),
    policy_reviewers: ofPolicy('reviewers'),
  };
}

/**
 * What the guide and the vendor say about a capability, the vendor's statement for the client's plan, and the sources.
 */
function sidesLine({ title, guide, vendor }: Capability, plan: Profile['claudePlan']): Line {
  const cell = cellWords(vendor.cells[plan]);
  const here = cell === null ? '' : ` For ${CLAUDE_PLAN_WORDS[plan]}: ${cell}.`;
  const sources = vendor.sources.map((one) => `${one.title}, ${one.url}, read ${longDay(one.read)}`);
  return [
    words(`${title}. `),
    said(
      `${guide === null ? 'The guide does not mention it.' : `Guide, ${monthWords(guide.asOf)}: ${guide.says}`} Vendor, ${longDay(vendor.asOf)}: ${vendor.says}${here}`,
    ),
    ...(vendor.status === 'contradicts' ? [words(' The two contradict each other.')] : []),
    ...(vendor.status === 'unconfirmed' ? [words(' What the vendor does is not confirmed.')] : []),
    words(` Sources: ${sources.join('; ')}.`),
  ];
}
// Guide: G8-13
