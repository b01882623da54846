import { describe, expect, it } from 'vitest';
import { conflictOf } from '../src/domain/text/statement-notes.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';

/** What the catalogue gives to the rule for statements of a control. */
const asked = new Map(
  loadCatalogue().controls.flatMap(({ id, checks }) =>
    checks
      .filter(({ rule }) => rule === 'attested')
      .map(({ with: params }) => [id, params as { look: string; deniedBy?: string[] }] as const),
  ),
);
const conflict = (control: string, note: string) => {
  const { look, deniedBy } = asked.get(control) ?? { look: '' };
  return conflictOf(note, look, deniedBy);
};

describe('a note beside a statement that something is as it should be', () => {
  it.each([
    ['CLA-ACC-10', 'Both listed; verification of marlow.org has expired.', 'stopped'],
    ['CLA-ACC-10', 'marlow.org: Verification failed.', 'stopped'],
    ['CLA-ACC-10', 'Will be verified by the MSP this week.', 'later'],
    ['CLA-ACC-10', 'Verification is under way', 'later'],
    ['CLA-ACC-10', 'Vérification en cours', 'later'],
    ['CLA-ACC-10', 'Verificación pendiente', 'later'],
    ['CLA-ACC-10', 'Verified, I think', 'unsure'],
    ['CLA-ACC-12', 'Will be disabled next week.', 'later'],
    ['CLA-ACC-12', 'Invite link: enabled, but we have not shared it.', 'denied'],
    ['CLA-ACC-12', 'El enlace de invitación está activado.', 'denied'],
    ['CLA-ACC-12', 'Einladungslink aktiv, läuft in 90 Tagen ab.', 'denied'],
    ['CLA-ACC-12', 'Le lien est toujours actif.', 'denied'],
    ['CLA-ACC-12', 'Uitnodigingslink staat nog aan.', 'denied'],
    ['CLA-ACC-12', 'O link está ativo', 'denied'],
    ['CLA-ACC-12', 'Off for members, on for admins.', 'denied'],
    ['CLA-ACC-12', 'The old link has expired; a new one was generated for the interns.', 'denied'],
    ['CLA-ACC-12', 'Asked Kim to switch it off.', 'requested'],
    ['CLA-ACC-12', 'Ticket 4711 opened with support', 'requested'],
    ['CLA-ACC-12', 'Disabled?', 'unsure'],
    ['CLA-ACC-12', 'Kim says it is disabled', 'unsure'],
    ['CLA-ACC-12', 'Noch nicht deaktiviert', 'denied'],
    ['CLA-ACC-12', 'Wird nächste Woche abgeschaltet', 'later'],
    ['CLA-ACC-12', 'Disabled on Nov 3, then enabled again for the congress', 'stopped'],
    ['CLA-ACC-14', 'SSO is set up, but Require SSO is not on yet.', 'later'],
    ['CLA-ACC-14', 'Required in our test organization.', 'part'],
    ['CLA-ACC-14', 'Require SSO is on for the office; chapters sign in by email.', 'denied'],
    [
      'CLA-ACC-14',
      'Required since August; the certificate expired on 12 November and sign-in by email link was allowed again.',
      'denied',
    ],
    ['CLA-ACC-14', 'Require SSO will be switched on on December 1.', 'later'],
    ['CLA-ACC-14', 'Goes live on Monday', 'later'],
    ['CLA-ACC-14', 'Rollout starts in January', 'later'],
    ['CLA-ACC-14', 'SSO obligatoire, sauf le bureau', 'part'],
    ['CLA-ACC-14', 'La plupart des comptes', 'part'],
    ['CLA-ACC-14', 'Most users sign in with SSO', 'part'],
    ['CLA-ACC-14', '80 % done', 'part'],
    ['CLA-ACC-14', 'Should be on', 'unsure'],
    ['CLA-ACC-14', 'Sollte an sein', 'later'],
    ['CLA-ACC-15', 'SCIM configured, mode not saved yet.', 'later'],
    ['CLA-ACC-15', 'SCIM syncs only the IT pilot group.', 'part'],
    ['CLA-ACC-15', 'SCIM directory sync is chosen; Entra shows the job in quarantine.', 'stopped'],
    ['CLA-ACC-15', 'SCIM is set up; provisioning in Entra is paused.', 'stopped'],
    ['CLA-ACC-15', 'Provisioning mode: JIT.', 'denied'],
    ['CLA-ACC-15', 'Provisionierung pausiert', 'stopped'],
    ['CLA-ACC-15', 'La sincronización falló', 'stopped'],
    ['CLA-ACC-19', 'Neue Mitglieder werden automatisch genehmigt.', 'denied'],
    ['CLA-ACC-19', 'Discoverable is on and members can invite.', 'denied'],
    ['CLA-ACC-19', 'Instant approval for our domain.', 'denied'],
    ['CLA-ACC-19', 'Cualquiera con correo de marlow.org puede unirse sin aprobación.', 'denied'],
    ['CLA-ACC-19', 'Nobody approves; seats are free.', 'denied'],
    ['CLA-ACC-19', 'Members of the foundation join by themselves.', 'denied'],
    ['CLA-ACC-19', 'Did not get around to looking.', 'not_seen'],
    ['CLA-SHA-09', 'The upload went through', 'denied'],
    ['CLA-SHA-08', 'I could sign in with my own account', 'denied'],
    ['CLA-M365-08', 'Audit finished a week after the consent', 'denied'],
    ['CLA-SHA-08', 'Key set on Windows; Macs to be done', 'later'],
    ['CLA-SHA-08', 'On most laptops', 'part'],
    ['CLA-M365-10', 'Policy is in report-only mode', 'part'],
    ['CLA-SHA-09', 'Endpoint DLP rule in audit mode', 'part'],
  ])('%s: “%s” conflicts (%s)', (control, note, how) => expect(conflict(control, note)).toBe(how));

  it.each([
    ['CLA-ACC-10', 'marlow.org and marlow-foundation.org show Verified.'],
    ['CLA-ACC-10', 'All listed, all verified'],
    ['CLA-ACC-10', 'Beide Domains verifiziert'],
    ['CLA-ACC-12', 'disabled. Last year it was enabled'],
    ['CLA-ACC-12', 'Invite link is disabled; no link is active.'],
    ['CLA-ACC-12', 'Invite links off'],
    ['CLA-ACC-12', 'Organization settings > Members, invite links shown as off.'],
    ['CLA-ACC-12', 'Einladungslink ist deaktiviert'],
    ['CLA-ACC-12', 'Le lien d’invitation est désactivé'],
    ['CLA-ACC-12', 'Enlace desactivado'],
    ['CLA-ACC-12', 'Checked with Kim on the call; screenshot in the evidence folder'],
    ['CLA-ACC-12', 'Off since March. Next check in February.'],
    ['CLA-ACC-12', 'The link is no longer active'],
    ['CLA-ACC-10', 'All verified; next review in June.'],
    ['CLA-ACC-10', 'Verified, certificate valid until 2028'],
    ['CLA-ACC-14', 'Okta SAML on, Require SSO on'],
    ['CLA-ACC-14', 'Require SSO is on for everyone.'],
    ['CLA-ACC-14', 'SSO through Entra is required'],
    ['CLA-ACC-14', 'Einmalanmeldung ist verpflichtend'],
    ['CLA-ACC-15', 'SCIM directory sync is the mode; 212 staff listed'],
    ['CLA-ACC-15', 'SCIM on, no errors in the log'],
    ['CLA-ACC-19', 'New members are not approved automatically; an admin approves each.'],
    ['CLA-ACC-19', 'Discoverable is off for both domains and member invitations are off.'],
    ['CLA-SHA-08', 'Signing in with a personal account failed on both computers'],
    ['CLA-SHA-08', 'Error page when signing in with my own account, as it should'],
    ['CLA-SHA-09', 'Upload was blocked with an error'],
    ['CLA-CON-17', 'Default is Needs approval, not Always allow'],
    ['CLA-M365-10', 'CA002 requires a compliant device'],
    ['CLA-M365-08', 'audit report Oct 22 2025, consent Oct 29'],
    ['CLA-CON-16', 'isLocalDevMcpEnabled is set to off on the laptop of Kim'],
    ['CLA-VIS-01', 'Figures for 30 days, 41 active users'],
    ['CLA-SHA-01', 'Restrict organization creation on, vtbeekeepers.org Verified'],
  ])('%s: “%s” agrees', (control, note) => expect(conflict(control, note)).toBeNull());
});
