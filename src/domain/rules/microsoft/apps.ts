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
/** Microsoft Graph; the id is the same in every tenant. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
/** Applications that never sign people in to Claude, even if a charter names them. */
const NEVER_SIGN_IN: ReadonlySet<string> = new Set([
  ...CONNECTOR_APPS.map(({ appId }) => appId),
  GRAPH_APP_ID,
]);
/** Address range from which the connector's servers call. */
export const CONNECTOR_EGRESS = '160.79.104.0/21';

/** Instruction for a list of enterprise applications that lacks the object ids by which grants refer to them. */
export const APPS_WITH_ID = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications with the field id.',
  'id',
);

/** An application that policies must reach; `appId` in lower case. */
export interface ClaudeApp {
  readonly appId: string;
  readonly name: string;
  readonly kind: 'sign_in' | 'connector';
}

export type Principals = Extract<Current<'service_principals'>, { ok: true }>;

/** The application with which Entra signs people in to Claude, if any; without one, no policy can see claude.ai. */
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
  'State the application id of the Claude sign-in application under “entra.ssoAppId” in the charter.',
);

/** Asks for the remaining pages of a list of enterprise applications. */
export const REST_QUESTION = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications again, with every page.',
  'every_page',
);

/** Whether only part of the enterprise applications was given, so that one missing from it may still exist. */
function isPart(context: CheckContext): boolean {
  const given = context.read('service_principals');
  return !given.ok || given.inPart === true;
}

export function principalOf(principals: Principals, appId: string): ServicePrincipalRow | null {
  const wanted = appId.toLowerCase();
  return principals.rows.find((row) => row.appId.toLowerCase() === wanted) ?? null;
}

/** With fewer names, a common first letter may be chance. */
const MIN_ALIKE = 4;

/**
 * Evidence that a file was filtered by name, as a sentence: it lists only Claude's applications and Microsoft Graph, or
 * all names begin with one letter. Every tenant has other applications, so absence from such a file proves nothing.
 * Live readings are never filtered. null: no such evidence.
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

/** What to provide instead of a list that looks filtered. */
export const UNFILTERED = ask(
  'source',
  'service_principals',
  'Save the list of enterprise applications again, with every page and without a filter.',
  'unfiltered',
);

/** Enterprise applications, and whether the list may lack some of Claude's. */
export interface PrincipalsOfClaude {
  readonly read: Principals;
  /**
   * Why applications of Claude may be missing, and what to provide; null: the list is complete, or the part given
   * contains all of Claude's.
   */
  readonly lacks: Exclude<Current<'service_principals'>, { ok: true }> | null;
}

/**
 * The enterprise applications, or the part that was given; the reason if there are none. If a part contains all of
 * Claude's applications, the rest is not needed: people save the list filtered by name, which drops Microsoft's own
 * applications.
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

/** The connector applications that exist in the tenant. Only those can be used, so only those are evaluated. */
export function connectorApps(
  principals: Principals,
): readonly { app: ClaudeApp; row: ServicePrincipalRow }[] {
  return CONNECTOR_APPS.flatMap(({ appId, name }) => {
    const row = principalOf(principals, appId);
    return row ? [{ app: { appId, name, kind: 'connector' as const }, row }] : [];
  });
}

/**
 * The client's own Claude sign-in application, as named by the charter. If the charter names none, applications with
 * Claude's name are candidates for a person to confirm; a name alone is never enough.
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
        why: `The charter names the sign-in application ${stated}, which is not among the ${total} that were read; the rest of the list has not been provided.`,
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
      // An agent does not sign people in to Claude.
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
      why: `None of the ${total} that were read carries the name Claude, apart from the connector’s own; the rest of the list has not been provided.`,
      question: REST_QUESTION,
      candidates,
    };
  if (candidates.length === 0 && filter !== null)
    return {
      is: 'unknown',
      why: `None of the ${total} in the file carries the name Claude, apart from the connector’s own. ${filter}`,
      question: UNFILTERED,
      candidates,
    };
  if (candidates.length === 0) {
    return {
      is: 'absent',
      why: `None of the ${total} in Entra carries the name Claude, apart from the connector’s own, and the charter names no sign-in application.`,
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

/** Consequence of having no sign-in application, in one sentence, shared by every control that depends on it. */
export const NO_SIGN_IN_APP =
  'Without a Claude sign-in application in Entra no Conditional Access policy sees claude.ai, and a policy on “All resources” does not reach it either.';

/** An application as an item of a rule. */
export function appItem(row: ServicePrincipalRow, detail: string, principals: Principals): Item {
  return {
    key: row.appId.toLowerCase(),
    label: row.name,
    detail,
    evidence: [principals.cite(row, row.name)],
  };
}
