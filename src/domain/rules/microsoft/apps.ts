import type { ServicePrincipalRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { looksLikeClaude } from './look-alike.ts';

/** The two applications of Anthropic's Microsoft 365 connector (support.claude.com article 12542951, 2026-08-22). */
export const CONNECTOR_SERVER = {
  appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17',
  name: 'M365 MCP Server for Claude',
} as const;
export const CONNECTOR_CLIENT = {
  appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0',
  name: 'M365 MCP Client for Claude',
} as const;
export const CONNECTOR_APPS = [CONNECTOR_SERVER, CONNECTOR_CLIENT] as const;
/** Microsoft Graph, the same in every tenant. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
/** Applications by which nobody signs in to Claude, whatever a charter says. */
const NEVER_SIGN_IN: ReadonlySet<string> = new Set([
  ...CONNECTOR_APPS.map(({ appId }) => appId),
  GRAPH_APP_ID,
]);
/** The range that the connector's servers call from. */
export const CONNECTOR_EGRESS = '160.79.104.0/21';

/** What to do where the list of enterprise applications does not give the ids by which grants name them. */
export const APPS_WITH_ID = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications with the field id.',
  'id',
);

/** An application that policies must reach, by its appId in lower case. */
export interface ClaudeApp {
  readonly appId: string;
  readonly name: string;
  readonly kind: 'sign_in' | 'connector';
}

export type Principals = Extract<Current<'service_principals'>, { ok: true }>;

/** Whether Entra signs people in to Claude at all; without that no policy can see claude.ai. */
export type SignInApp =
  | { readonly is: 'present'; readonly app: ClaudeApp; readonly row: ServicePrincipalRow }
  | { readonly is: 'absent'; readonly why: string; readonly evidence: readonly Evidence[] }
  | {
      readonly is: 'unknown';
      readonly why: string;
      readonly question: Ask;
      readonly candidates: readonly ServicePrincipalRow[];
    };

export const SSO_QUESTION = ask(
  'charter',
  'entra.ssoAppId',
  'State the application id of the Claude sign-in application under "entra.ssoAppId" in the charter.',
);

/** Asks for the rest of a list of enterprise applications. */
export const REST_QUESTION = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications again, with every page.',
  'every_page',
);

/** Whether only a part of the enterprise applications was given, so that one that is not in it may be there. */
function isPart(context: CheckContext): boolean {
  const given = context.read('service_principals');
  return !given.ok || given.inPart === true;
}

export function principalOf(principals: Principals, appId: string): ServicePrincipalRow | null {
  const wanted = appId.toLowerCase();
  return principals.rows.find((row) => row.appId.toLowerCase() === wanted) ?? null;
}

/** So many names do not begin with one letter by chance. */
const MIN_ALIKE = 4;

/**
 * What shows that a file was filtered by name, as a sentence: it lists Claude's applications and Microsoft Graph alone, or
 * all names begin with one letter. Every tenant has applications of others, so what such a file does not list may be there.
 * What Bylaw reads itself it reads unfiltered. null: nothing shows it.
 */
export function filterShown(context: CheckContext, principals: Principals): string | null {
  if (principals.readings.some(({ provenance }) => provenance === 'api')) return null;
  const stated = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const noOthers = principals.rows.every(({ appId, name }) => {
    const id = appId.trim().toLowerCase();
    return id === stated || NEVER_SIGN_IN.has(id) || looksLikeClaude(name).is !== 'no';
  });
  if (noOthers)
    return 'The list contains no application but Claude’s and Microsoft Graph, like a list that was filtered by name.';
  const initials = new Set(principals.rows.map(({ name }) => name.trim().charAt(0).toLowerCase()));
  const [initial = ''] = initials;
  return initials.size === 1 && initial !== '' && principals.rows.length >= MIN_ALIKE
    ? `All names in the list begin with ${initial.toUpperCase()}, like a list that was filtered by name.`
    : null;
}

/** What to bring in place of a list that looks filtered. */
export const UNFILTERED = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications again, with every page and without a filter.',
  'unfiltered',
);

/** Enterprise applications, and whether nothing more of the list could be Claude's. */
export interface PrincipalsOfClaude {
  readonly read: Principals;
  /** Why there may be more, and what to bring; null: the list is whole, or what is given of it holds all of Claude's. */
  readonly lacks: Exclude<Current<'service_principals'>, { ok: true }> | null;
}

/**
 * The enterprise applications, or what was given of them; the reason where nothing was. Of a part that holds all of Claude's
 * the rest says nothing of these: people save the list filtered by name, and then Microsoft's own applications are not in it.
 */
export function principalsOfClaude(
  context: CheckContext,
): PrincipalsOfClaude | Exclude<Current<'service_principals'>, { ok: true }> {
  const given = context.read('service_principals');
  if (given.ok) return { read: given, lacks: null };
  const { part } = given;
  if (part === undefined) return given;
  const stated = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim() : undefined;
  const all =
    stated && [stated, ...CONNECTOR_APPS.map(({ appId }) => appId)].every((id) => principalOf(part, id));
  return { read: part, lacks: all ? null : given };
}

/** The connector applications that exist in the tenant; only those can be used and judged. */
export function connectorApps(
  principals: Principals,
): readonly { app: ClaudeApp; row: ServicePrincipalRow }[] {
  return CONNECTOR_APPS.flatMap(({ appId, name }) => {
    const row = principalOf(principals, appId);
    return row ? [{ app: { appId, name, kind: 'connector' as const }, row }] : [];
  });
}

/**
 * The client's own Claude sign-in application. The charter names it; where it does not, applications with Claude's
 * name are candidates for a person to confirm, never taken by name alone.
 */
export function signInApp(context: CheckContext, principals: Principals): SignInApp {
  const stated = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const total = count(principals.rows.length, 'enterprise application');
  const filter = filterShown(context, principals);
  if (stated && NEVER_SIGN_IN.has(stated)) {
    return {
      is: 'unknown',
      why: `The charter names ${stated} as the sign-in application, which is ${stated === GRAPH_APP_ID ? 'Microsoft Graph' : 'an application of the Microsoft 365 connector'} and signs no one in to Claude.`,
      question: SSO_QUESTION,
      candidates: [],
    };
  }
  if (stated) {
    const row = principalOf(principals, stated);
    if (!row && isPart(context))
      return {
        is: 'unknown',
        why: `The charter names the sign-in application ${stated}, which is not among the ${total} that were read; the rest of the list was not given.`,
        question: REST_QUESTION,
        candidates: [],
      };
    if (!row && filter !== null)
      return {
        is: 'unknown',
        why: `The charter names the sign-in application ${stated}, which is not among the ${total} in the file. ${filter}`,
        question: UNFILTERED,
        candidates: [],
      };
    if (!row) {
      return {
        is: 'absent',
        why: `The charter names the sign-in application ${stated}, and none of the ${total} in Entra has this application id.`,
        evidence: [
          ...principals.evidence,
          ...(context.charter.ok ? [context.charter.cite('entra.ssoAppId', stated)] : []),
        ],
      };
    }
    return {
      is: 'present',
      app: { appId: stated, name: row.name || 'the Claude sign-in application', kind: 'sign_in' },
      row,
    };
  }
  const candidates = principals.rows.filter(
    (row) =>
      // Nobody signs in to Claude by an agent.
      row.agent !== true &&
      !['no', 'misspelled'].includes(looksLikeClaude(row.name).is) &&
      !CONNECTOR_APPS.some((app) => app.appId === row.appId.toLowerCase()),
  );
  if (principals.rows.length === 0) {
    return {
      is: 'unknown',
      why: 'The enterprise applications file lists nothing, though every tenant has some.',
      question: REST_QUESTION,
      candidates,
    };
  }
  if (candidates.length === 0 && isPart(context))
    return {
      is: 'unknown',
      why: `None of the ${total} that were read carries the name Claude, apart from the connector's own; the rest of the list was not given.`,
      question: REST_QUESTION,
      candidates,
    };
  if (candidates.length === 0 && filter !== null)
    return {
      is: 'unknown',
      why: `None of the ${total} in the file carries the name Claude, apart from the connector's own. ${filter}`,
      question: UNFILTERED,
      candidates,
    };
  if (candidates.length === 0) {
    return {
      is: 'absent',
      why: `None of the ${total} in Entra carries the name Claude, apart from the connector's own, and the charter names no sign-in application.`,
      evidence: principals.evidence,
    };
  }
  return {
    is: 'unknown',
    why: `The charter does not say which application signs people in to Claude. By name it could be ${names(candidates.map((row) => `${row.name} (${row.appId})`))}.`,
    question: SSO_QUESTION,
    candidates,
  };
}

/** What it means that no application signs people in, in one sentence for every control that rests on it. */
export const NO_SIGN_IN_APP =
  'Without a Claude sign-in application in Entra no Conditional Access policy sees claude.ai, and a policy on "All resources" does not reach it either.';

/** An application as what a rule lists. */
export function appItem(row: ServicePrincipalRow, detail: string, principals: Principals): Item {
  return {
    key: row.appId.toLowerCase(),
    label: row.name,
    detail,
    evidence: [principals.cite(row, row.name)],
  };
}
