import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import {
  appItem,
  CONNECTOR_APPS,
  connectorApps,
  filterShown,
  NO_SIGN_IN_APP,
  principalOf,
  signInApp,
  UNFILTERED,
} from './apps.ts';
import { consentIn } from './consent-in.ts';

const none = z.strictObject({});

export const claudeSignInApp = defineRule({
  name: 'claude-sign-in-app',
  about:
    'Finds the application through which Entra signs people in to Claude, by the id that the charter states. A name alone only makes an application a candidate.',
  params: none,
  decide(context) {
    const given = context.read('service_principals');
    // If the available part of the list contains the application, the rest of the list cannot change that.
    const principals = given.ok ? given : (given.part ?? given);
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    const found = signInApp(context, principals);
    if (!given.ok && found.is === 'unknown' && found.question.of === 'source')
      return because('microsoft.app_presence.sign_in_not_in_part', `${given.why} ${found.why}`).cannotRead(
        given.howToGet,
        principals.evidence,
      );
    if (found.is === 'absent')
      return because(
        'microsoft.app_presence.no_sign_in_app',
        `${found.why} ${NO_SIGN_IN_APP} If it goes by another name, state its application id in the charter.`,
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
        `The Claude sign-in application “${found.row.name}” is in Entra, and sign-in through it is switched off.`,
        { app: found.row.appId },
      ).fail(cite);
    if (found.row.enabled === null)
      return because(
        'microsoft.app_presence.sign_in_state_unknown',
        `The Claude sign-in application “${found.row.name}” is in Entra; the file does not say whether sign-in through it is on.`,
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
      `The Claude sign-in application “${found.row.name}” is in Entra under the application id that the charter states, and sign-in through it is on.`,
      { app: found.row.appId },
    ).pass(cite);
  },
});

export const connectorAppsConsented = defineRule({
  name: 'connector-apps-consented',
  about:
    'Both applications of Anthropic’s Microsoft 365 connector exist and are on, and an administrator has consented for everyone to what the server application asks of Microsoft Graph.',
  params: none,
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok) return absent(principals).cannotRead(principals.howToGet);
    const missing = CONNECTOR_APPS.filter(({ appId }) => !principalOf(principals, appId));
    const filter = filterShown(context, principals);
    if (missing.length === CONNECTOR_APPS.length && filter !== null)
      return because(
        'microsoft.app_presence.connector_may_be_filtered',
        `${names(missing.map((app) => app.name))} ${verb(missing.length, 'is', 'are')} not among the ${count(principals.rows.length, 'enterprise application')}. ${filter}`,
      ).cannotRead(UNFILTERED, principals.evidence);
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
    const given = context.read('permission_grants');
    if (given.ok) return consentIn(principals, given, null);
    const unread = because(
      'microsoft.app_presence.consent_unread',
      `Both connector applications are in Entra; whether an administrator consented is not known. ${given.why}`,
    ).cannotRead(given.howToGet, principals.evidence);
    return given.part === undefined ? unread : consentIn(principals, given.part, unread);
  },
});

export const assignmentRequired = defineRule({
  name: 'assignment-required',
  about:
    'Checks whether only assigned people may use the Claude applications in Entra. That limits which Entra accounts may connect, not from which Claude account.',
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
          ? 'assignment not reported'
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
    const filter = filterShown(context, principals);
    if (connectorApps(principals).length < CONNECTOR_APPS.length && filter !== null)
      return because(
        'microsoft.app_presence.others_may_be_filtered',
        `Not all of Claude’s applications are among the ${count(principals.rows.length, 'enterprise application')}. ${filter} So one that everyone may use can be in Entra all the same.`,
      ).cannotRead(UNFILTERED, principals.evidence);
    const stated = context.charter.ok ? context.charter.value.entra?.ssoAppId : undefined;
    if (signIn.is === 'absent' && apps.length > 0 && stated !== undefined)
      return because(
        'microsoft.app_presence.sign_in_app_missing',
        `Assignment is required for ${names(apps.map(({ row }) => row.name))}. The sign-in application that the charter names (${stated}) is not in the file, so who may sign in to Claude is not known.`,
      ).cannotRead(
        ask(
          'charter',
          'entra.ssoAppId',
          'State under “entra.ssoAppId” in the charter the application through which people sign in to Claude.',
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

// Guide: G3.2-00 G3.2-01 G4.3-00 G6.1-00 G6.1-02 G6.1-03 G6.1-04 G6.1-06 G6.1-08 G6.1-09 GA-08
