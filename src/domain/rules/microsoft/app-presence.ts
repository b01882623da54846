import { z } from 'zod';
import type { PermissionGrantRow, ServicePrincipalRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import {
  CONNECTOR_APPS,
  CONNECTOR_SERVER,
  connectorApps,
  GRAPH_APP_ID,
  NO_SIGN_IN_APP,
  type Principals,
  principalOf,
  SSO_QUESTION,
  signInApp,
} from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

const none = z.strictObject({});

export const claudeSignInApp = defineRule({
  name: 'claude-sign-in-app',
  about:
    'Finds the application through which Entra signs people in to Claude, by the id that the charter states. Names only make candidates.',
  params: none,
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    const found = signInApp(context, principals);
    if (found.is === 'absent')
      return because(
        'microsoft.app_presence.no_sign_in_app',
        `${found.why} ${NO_SIGN_IN_APP} If it goes by another name, state its application id under "entra.ssoAppId" in the charter.`,
      ).fail(found.evidence);
    if (found.is === 'unknown')
      return because('microsoft.apps.sign_in_app_unknown', found.why).cannotRead(
        found.question,
        principals.evidence,
        found.candidates.map((row) =>
          appItem(row, 'Could be the Claude sign-in application, by its name only.', principals),
        ),
      );
    const cite = [
      principals.cite(
        found.row,
        `${found.row.name}, ${found.row.enabled === false ? 'sign-in off' : 'present'}`,
      ),
    ];
    if (found.row.enabled === false)
      return because(
        'microsoft.app_presence.sign_in_off',
        `The Claude sign-in application "${found.row.name}" is in Entra, and sign-in through it is switched off.`,
        { app: found.row.appId },
      ).fail(cite);
    if (found.row.enabled === null)
      return because(
        'microsoft.app_presence.sign_in_state_unknown',
        `The Claude sign-in application "${found.row.name}" is in Entra; the file does not say whether sign-in through it is on.`,
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications with the field accountEnabled.',
          'accountEnabled',
        ),
        cite,
      );
    return because(
      'microsoft.app_presence.sign_in_present',
      `The Claude sign-in application "${found.row.name}" is in Entra under the application id that the charter states, and sign-in through it is on.`,
      { app: found.row.appId },
    ).pass(cite);
  },
});

export const connectorAppsConsented = defineRule({
  name: 'connector-apps-consented',
  about:
    "Both applications of Anthropic's Microsoft 365 connector exist and are on, and an administrator has consented for everyone to what the server application asks of Microsoft Graph.",
  params: none,
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    const missing = CONNECTOR_APPS.filter(({ appId }) => !principalOf(principals, appId));
    if (missing.length > 0)
      return because(
        'microsoft.app_presence.connector_missing',
        `${names(missing.map((app) => app.name))} ${verb(missing.length, 'is', 'are')} not among the ${count(principals.rows.length, 'enterprise application')} in Entra, so the Microsoft 365 connector cannot be used by the whole organization.`,
      ).fail(
        principals.evidence,
        missing.map((app) => ({
          key: app.appId,
          label: app.name,
          detail: 'Not in Entra.',
          evidence: principals.evidence,
        })),
      );
    const apps = connectorApps(principals);
    const off = apps.filter(({ row }) => row.enabled === false);
    if (off.length > 0)
      return because(
        'microsoft.app_presence.connector_off',
        `Sign-in is switched off for ${names(off.map(({ app }) => app.name))}.`,
      ).fail(
        off.map(({ row }) => principals.cite(row, 'sign-in off')),
        off.map(({ row }) => appItem(row, 'Sign-in is off.', principals)),
      );
    const unsaid = apps.filter(({ row }) => row.enabled === null);
    if (unsaid.length > 0)
      return because(
        'microsoft.app_presence.connector_state_unknown',
        `Both connector applications are in Entra; the file does not say whether sign-in is on for ${names(unsaid.map(({ app }) => app.name))}.`,
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications with the field accountEnabled.',
          'accountEnabled',
        ),
        unsaid.map(({ row }) => principals.cite(row, 'present')),
      );
    const grants = context.read('permission_grants');
    if (!grants.ok)
      return because(
        'microsoft.app_presence.consent_unread',
        `Both connector applications are in Entra; whether an administrator consented is not known. ${grants.why}`,
      ).cannotRead(grants.howToGet, principals.evidence);
    const server = principalOf(principals, CONNECTOR_SERVER.appId);
    if (!server?.id)
      return because(
        'microsoft.app_presence.object_id_missing',
        'The enterprise applications file does not give the object id of the server application, by which consent is recorded.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications with the field id.',
          'id',
        ),
        principals.evidence,
      );
    const own = grants.rows.filter((row) => row.clientId.toLowerCase() === server.id?.toLowerCase());
    const graph = principalOf(principals, GRAPH_APP_ID)?.id?.toLowerCase() ?? null;
    const toGraph = graph ? own.filter((row) => row.resourceId?.toLowerCase() === graph) : own;
    const unsaidFor = own.filter((row) => row.resourceId === null);
    if (toGraph.length === 0 && unsaidFor.length > 0)
      return because(
        'microsoft.app_presence.grant_for_unknown',
        'The server application holds grants, and the file does not say for which application.',
      ).cannotRead(
        ask(
          'source',
          'permission_grants',
          'Save the list of permission grants with the field resourceId.',
          'resourceId',
        ),
        cited(unsaidFor, grants),
      );
    if (toGraph.length === 0)
      return because(
        'microsoft.app_presence.no_admin_consent',
        `Both connector applications are in Entra, and none of the ${count(grants.rows.length, 'permission grant')} gives the server application anything of Microsoft Graph: nobody has consented.`,
      ).fail([...grants.evidence, principals.cite(server, server.name)]);
    if (!graph)
      return because(
        'microsoft.app_presence.graph_missing',
        'The server application holds grants, and the enterprise applications file lacks Microsoft Graph, so what they are for cannot be determined.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications again, with every page.',
          'every_page',
        ),
        cited(toGraph, grants),
      );
    const forAll = toGraph.filter((row) => row.consentType === 'AllPrincipals' && row.scopes.length > 0);
    if (forAll.length > 0)
      return because(
        'microsoft.app_presence.consented',
        `Both connector applications are in Entra, and an administrator consented for everyone: ${count(new Set(forAll.flatMap((row) => row.scopes)).size, 'scope')} of Microsoft Graph.`,
      ).pass([...apps.map(({ row }) => principals.cite(row, 'present')), ...cited(forAll, grants)]);
    if (toGraph.some((row) => row.consentType === null))
      return because(
        'microsoft.app_presence.consent_kind_unknown',
        'The server application holds grants; the file does not say whether they are for everyone or for single people.',
      ).cannotRead(
        ask(
          'source',
          'permission_grants',
          'Save the list of permission grants with the field consentType.',
          'consentType',
        ),
        cited(toGraph, grants),
      );
    return because(
      'microsoft.app_presence.consent_personal_only',
      `${count(toGraph.length, 'person has', 'people have')} consented for themselves only; the consent of an administrator for the organization is missing.`,
    ).fail(cited(toGraph, grants));
  },
});

export const assignmentRequired = defineRule({
  name: 'assignment-required',
  about:
    'Whether only assigned people may use the Claude applications in Entra. It limits which Entra accounts may connect, not from which Claude account.',
  failsFromPart: ['service_principals'],
  params: none,
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    const signIn = signInApp(context, principals);
    const apps = [...(signIn.is === 'present' ? [signIn] : []), ...connectorApps(principals)];
    const open = apps.filter(({ row }) => row.assignmentRequired === false);
    const unsure = apps.filter(({ row }) => row.assignmentRequired === null);
    const evidence = apps.map(({ row }) =>
      principals.cite(
        row,
        row.assignmentRequired === null
          ? 'assignment not given'
          : row.assignmentRequired
            ? 'assignment required'
            : 'assignment not required',
      ),
    );
    if (open.length > 0)
      return because(
        'microsoft.app_presence.open_to_all',
        `Anyone in the tenant may use ${names(open.map(({ row }) => row.name))}, because no assignment is required.`,
      ).fail(
        evidence,
        open.map(({ row }) => appItem(row, 'Assignment is not required.', principals)),
      );
    if (unsure.length > 0)
      return because(
        'microsoft.app_presence.assignment_unknown',
        `The file does not say whether assignment is required for ${names(unsure.map(({ row }) => row.name))}.`,
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications with the field appRoleAssignmentRequired.',
          'appRoleAssignmentRequired',
        ),
        evidence,
      );
    if (signIn.is === 'unknown') {
      const read =
        apps.length > 0 ? `Assignment is required for ${names(apps.map(({ row }) => row.name))}. ` : '';
      return because('microsoft.app_presence.sign_in_app_unknown', `${read}${signIn.why}`).cannotRead(
        signIn.question,
        evidence.length > 0 ? evidence : principals.evidence,
      );
    }
    const stated = context.charter.ok ? context.charter.value.entra?.ssoAppId : undefined;
    if (signIn.is === 'absent' && apps.length > 0 && stated !== undefined)
      return because(
        'microsoft.app_presence.sign_in_app_missing',
        `Assignment is required for ${names(apps.map(({ row }) => row.name))}. The sign-in application that the charter names (${stated}) is not in the file, so who may sign in to Claude is not known.`,
      ).cannotRead(
        ask(
          'charter',
          'entra.ssoAppId',
          'State under "entra.ssoAppId" in the charter the application through which people sign in to Claude.',
          'not_in_entra',
        ),
        evidence,
      );
    if (apps.length === 0)
      return because(
        'microsoft.app_presence.none_to_assign',
        'None of the Claude applications is in Entra, so there is nothing to assign.',
      ).notApplicable(principals.evidence);
    const assigned = context.read('app_assignments');
    const ids = new Set(apps.flatMap(({ row }) => (row.id ? [row.id.toLowerCase()] : [])));
    const rows = assigned.ok ? assigned.rows.filter((row) => ids.has(row.resourceId.toLowerCase())) : [];
    const who =
      rows.length > 0
        ? ` The assignments file lists ${names([...new Set(rows.map((row) => row.principalName ?? 'someone without a name'))])}.`
        : '';
    return because(
      'microsoft.app_presence.assignment_required',
      `Assignment is required for ${names(apps.map(({ row }) => row.name))}.${who}`,
      { apps: apps.map(({ row }) => row.appId) },
    ).pass([...evidence, ...(assigned.ok && rows.length > 0 ? assigned.evidence : [])]);
  },
});

const LOOKS = {
  disguised: 'The name imitates Claude with look-alike letters',
  named: "Carries Claude's name",
  misspelled: 'The name is one letter off Claude or Anthropic',
} as const;

export const lookAlikeApps = defineRule({
  name: 'look-alike-apps',
  about:
    "Lists enterprise applications, and agents registered in Entra, whose name says Claude or Anthropic, openly or by look-alike letters, under another application id than the connector's two and the client's own sign-in application.",
  failsFromPart: ['service_principals'],
  params: none,
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    if (principals.rows.length === 0)
      return because(
        'microsoft.app_presence.list_empty',
        'The enterprise applications file lists nothing, though every tenant has some.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save the list of enterprise applications again, with every page.',
          'every_page',
        ),
        principals.evidence,
      );
    const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
    const known = new Set<string>([...CONNECTOR_APPS.map((app) => app.appId), ...(own ? [own] : [])]);
    const found = principals.rows.flatMap((row) => {
      const looks = looksLikeClaude(row.name).is;
      return looks === 'no' || known.has(row.appId.toLowerCase()) ? [] : [{ row, looks }];
    });
    const total = count(principals.rows.length, 'enterprise application');
    if (found.length === 0)
      return because(
        'microsoft.app_presence.no_look_alike',
        `Of ${total} none carries Claude's name apart from those known by their application id.`,
      ).pass(principals.evidence);
    // While the charter does not name the sign-in application, one with the plain name may well be it.
    const strange = found.filter(
      ({ row, looks }) => looks === 'disguised' || (looks === 'named' && (own || row.agent === true)),
    );
    const list = strange.length > 0 ? strange : found;
    const items = list.map(({ row, looks }) =>
      appItem(
        row,
        row.agent === true
          ? `${LOOKS[looks]}; an agent registered in Entra (${row.appId}). Who made it and what it may do is under Agent identities there.`
          : `${LOOKS[looks]} under another application id (${row.appId}); publisher ${row.publisher ?? 'not given'}.`,
        principals,
      ),
    );
    const listed = names(list.map(({ row }) => `${row.name} (${row.appId})`));
    if (strange.length === 0 && list.every(({ looks }) => looks === 'misspelled'))
      return because(
        'microsoft.app_presence.one_letter_off',
        `The name of ${count(list.length, 'application')} is one letter off Claude's: ${listed}. Whether ${verb(list.length, 'it imitates', 'they imitate')} Claude is for a person to say.`,
      ).cannotRead(
        ask(
          'look',
          'applications',
          `Look at ${listed} in Entra, who publishes it and who may use it, and remove what imitates Claude.`,
          list.map(({ row }) => row.appId),
        ),
        principals.evidence,
        items,
      );
    if (strange.length === 0)
      return because(
        'microsoft.app_presence.may_be_sign_in_app',
        `${count(list.length, 'application carries', 'applications carry')} Claude's name: ${listed}. One may be the sign-in application, which the charter does not name.`,
      ).cannotRead(SSO_QUESTION, principals.evidence, items);
    return because(
      'microsoft.app_presence.look_alike',
      `${list.length} of ${total} ${verb(list.length, 'carries', 'carry')} Claude's name under an application id that is not known: ${listed}.`,
    ).fail(
      items.flatMap((item) => item.evidence),
      items,
    );
  },
});

function appItem(row: ServicePrincipalRow, detail: string, principals: Principals): Item {
  return {
    key: row.appId.toLowerCase(),
    label: row.name,
    detail,
    evidence: [principals.cite(row, row.name)],
  };
}

function cited(
  rows: readonly PermissionGrantRow[],
  grants: { cite(row: PermissionGrantRow, says: string): Item['evidence'][number] },
) {
  return rows.map((row) =>
    grants.cite(
      row,
      `${count(row.scopes.length, 'scope')}, ${row.consentType === 'AllPrincipals' ? 'for everyone' : row.consentType === 'Principal' ? 'for one person' : 'for whom is not given'}`,
    ),
  );
}

/** What an application has to do with Claude: by its id, or by its name alone. null: nothing. */
export function kindOfApp(
  { appId, name }: ServicePrincipalRow,
  signInApp: string | undefined,
): 'connector' | 'sign_in' | 'named' | 'disguised' | null {
  const id = appId.toLowerCase();
  if (CONNECTOR_APPS.some((app) => app.appId === id)) return 'connector';
  if (id === signInApp) return 'sign_in';
  const looks = looksLikeClaude(name).is;
  if (looks === 'misspelled') return 'named';
  return looks === 'no' ? null : looks;
}

/** Template of applications that someone makes without one of the gallery (learn.microsoft.com/graph/api/applicationtemplate-instantiate). */
const CUSTOM = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** The way by which an application came into the tenant; null: it cannot be determined. */
export function appPath({
  appId,
  template,
  agent,
}: ServicePrincipalRow): 'consent' | 'gallery' | 'custom' | 'agent' | null {
  if (agent === true) return 'agent';
  // Anthropic's own ones come by consent alone.
  if (CONNECTOR_APPS.some((app) => app.appId === appId.toLowerCase())) return 'consent';
  if (template === undefined || template === null) return null;
  return template.toLowerCase() === CUSTOM ? 'custom' : 'gallery';
}
// Guide: G3.2-00 G3.2-01 G4.3-00 G6.1-00 G6.1-02 G6.1-03 G6.1-04 G6.1-06 G6.1-08 G6.1-09 GA-08
