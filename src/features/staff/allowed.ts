import { connectorKind, statedKind } from '#domain/charter/connector-kind.ts';
import { effectiveCharter } from '#domain/charter/effective.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { ClaudePlan } from '#domain/model/profile.ts';
import type { PolicyContent } from '#domain/policy/content.ts';
import type { Language } from '#domain/policy/languages.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { wholeCharter } from '../charter/index.ts';
import type { Services } from '../context.ts';
import { readStaffPolicy, textIn } from '../policy/index.ts';
import { approvedNow, changesOf, type Permits, permitsOf } from '../requests/index.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';

/** Places besides the chat in which Claude works, in the order in which staff see them. */
export const PLACES = ['cowork', 'chrome', 'desktop_extensions', 'local_programs'] as const;
export type Place = (typeof PLACES)[number];

/** What a client's staff may do with Claude on a day, by its charter and its policy in force. */
export interface Allowed {
  readonly clientId: string;
  readonly clientName: string;
  readonly zone: string;
  readonly today: string;
  /** Version of the charter in force; null: there is none, so nothing has been decided. */
  readonly charter: number | null;
  /** Version and title of the policy in force; null: there is none. */
  readonly policy: {
    readonly label: string;
    readonly title: string;
    /** Language of {@link may} and {@link never}: the requested one, or English if the policy has no text in it. */
    readonly language: Language;
  } | null;
  readonly plan: ClaudePlan;
  readonly domains: readonly string[];
  readonly places: readonly {
    readonly id: Place;
    /** null: not decided. */
    readonly allowed: boolean | null;
    /** The only things allowed there; empty: everything or nothing is allowed. */
    readonly only: readonly string[];
  }[];
  readonly connectors: readonly {
    readonly name: string;
    /** It was built for the client and is not in the vendor's directory. */
    readonly custom: boolean;
    /** The vendor lists it as a connector that an organization can link for everyone. */
    readonly managed: boolean;
    readonly permits: Permits;
    /** Last day of its approval; null: no request sets an end. */
    readonly until: string | null;
    readonly ended: boolean;
    /** What Claude may change there; '*' means everything not named. */
    readonly changes: ReturnType<typeof changesOf>;
  }[];
  /** Where in Claude a member links a connector, and the date of the vendor's page that says so. */
  readonly linking: { readonly where: string; readonly checked: string } | null;
  /** Decisions on other AI tools; null: the charter has none. lapsed: it was allowed until a date that has passed. */
  readonly tools:
    | readonly {
        readonly title: string;
        readonly decision: 'approved' | 'tolerated' | 'forbidden' | 'lapsed';
        readonly until: string | null;
        readonly reason: string;
      }[]
    | null;
  /**
   * The message that Claude shows to people whom the network refuses; null: the charter does not refuse other
   * organizations.
   */
  readonly refusal: string | null;
  readonly may: readonly string[];
  readonly never: readonly string[];
  /** Pass mark that the charter sets, as a share of the questions; null: none. */
  readonly quizShare: number | null;
  /** Role or team that the policy or the charter names for questions; null: none. */
  readonly contact: { readonly name: string; readonly address: string | null } | null;
}

/** Texts of the policy are in `language` if the policy has it, otherwise in English. */
export async function allowedAt(
  services: Services,
  clientId: string,
  language: Language = 'en',
): Promise<Allowed> {
  const { store, catalogue, clock } = services;
  const now = clock();
  return store.read([clientId], async (tx): Promise<Allowed> => {
    const profile = await readProfile(tx, clientId);
    const { clientName, version, zone } = await readStaffPolicy(tx, clientId, now);
    const { today } = present(now, zone);
    const current = await newestCharter(tx, clientId);
    const charter = current === null ? {} : effectiveCharter(wholeCharter(current), today);
    const { approved } = await approvedNow(tx, { client: { id: clientId, timezone: zone }, now, services });
    const text = version === null ? null : textIn(version, language);
    const texts = text === null ? { may: [], never: [] } : rulesOf(text.content, catalogue);
    return {
      clientId,
      clientName,
      zone,
      today,
      charter: current?.version ?? null,
      policy:
        version === null || text === null
          ? null
          : { label: versionLabel(version), title: text.content.title, language: text.language },
      plan: profile.claudePlan,
      domains: profile.domains,
      places: placesOf(charter),
      connectors: approved
        .map(({ one, until }) => ({
          name: one.connector.name,
          custom: connectorKind(one.place.entries, [statedKind(one.connector)]) === 'custom',
          managed: one.place.entries[0]?.managedAuth === 'listed',
          permits: permitsOf(one),
          until,
          ended: until !== null && until < today,
          changes: changesOf(one),
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
      linking: linkingIn(catalogue),
      tools: toolsOf(charter, today),
      refusal:
        charter.network?.tenantRestriction === true ? catalogue.network.restriction.refused.message : null,
      ...texts,
      quizShare: charter.policy?.quizShare ?? null,
      contact: contactOf(version?.fields ?? {}, charter),
    };
  });
}

function linkingIn({ personJourneys }: Pick<Catalogue, 'personJourneys'>): Allowed['linking'] {
  const step = personJourneys
    .find(({ id }) => id === 'joining')
    ?.steps.find(({ id }) => id === 'connectors_explained');
  const how = step?.how.find(({ where }) => where !== undefined);
  return how?.where === undefined || how.checked === undefined
    ? null
    : { where: how.where, checked: how.checked };
}

function toolsOf({ aiTools }: Charter, today: string): Allowed['tools'] {
  if (aiTools === undefined) return null;
  return aiTools
    .map(({ tool, decision, until, reason }) => ({
      title: tool,
      decision:
        decision !== 'forbidden' && until !== undefined && until < today ? ('lapsed' as const) : decision,
      until: until ?? null,
      reason,
    }))
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

function placesOf(charter: Charter): Allowed['places'] {
  const { cowork, claudeInChromeAllowed, desktopExtensions, localMcpAllowed } = charter;
  return [
    { id: 'cowork', allowed: cowork?.enabled ?? null, only: [] },
    { id: 'chrome', allowed: claudeInChromeAllowed ?? null, only: [] },
    {
      id: 'desktop_extensions',
      allowed: desktopExtensions === undefined ? null : desktopExtensions.length > 0,
      only: desktopExtensions ?? [],
    },
    { id: 'local_programs', allowed: localMcpAllowed ?? null, only: [] },
  ];
}

/** What the policy allows staff and what it forbids: whole sections that contain a clause of that kind. */
function rulesOf({ sections }: PolicyContent, { clauses }: Pick<Catalogue, 'clauses'>) {
  const textsOf = (kind: 'approved' | 'prohibited') => {
    const ids = new Set(clauses.filter((clause) => clause.kind === kind).map(({ id }) => id));
    return sections
      .filter(({ items }) => items.some(({ id }) => ids.has(id)))
      .flatMap(({ items }) => items.map(({ text }) => text));
  };
  return { may: textsOf('approved'), never: textsOf('prohibited') };
}

function contactOf(fields: Readonly<Record<string, string>>, { policy }: Charter): Allowed['contact'] {
  const { contact = '', contact_address: address = '' } = fields;
  if (contact.trim() !== '') return { name: contact, address: address.trim() === '' ? null : address };
  return policy?.contact === undefined ? null : { name: policy.contact, address: null };
}
// Guide: G4.4-02 G7.3-03 G8-05 G8-16
