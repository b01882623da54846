import { CONNECTOR_SERVER, EMERGENCY_GROUP, type Person, profile, SIGN_IN_APP, staff } from '../client.ts';
import { charter, graphUser, journal, membersCsv } from '../documents.ts';
import { application, applications, grants, locations, OFFICE, policies, policy } from '../microsoft.ts';
import {
  anywhere,
  counts,
  file,
  is,
  lists,
  never,
  noPass,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { at, onlyGiven, outsideCase, without } from '../outside.ts';
import { cells, csv, graph, latin } from '../text.ts';

const QUEBEC = 'regroupement-hospitalier.example.ca';

/** A hospital society in Québec: everything is in French, and an absence is not a departure. */
function quebec() {
  const named = [
    ['Éloïse Bélanger', 'Propriétaire principal', 'Actif', ''],
    ['François Côté-Gagné', 'Propriétaire', 'Actif', ''],
    ['Noémie Désilets', 'Administrateur', 'Actif', ''],
    ['Hélène Fortin', 'Utilisateur', 'Congé de maternité', ''],
    ['Jérôme Lévesque', 'Utilisateur', 'Congé sans solde', ''],
    ['Maïka Picard', 'Utilisateur', 'Actif', ''],
    ['Rémi Thériault', 'Utilisateur', 'Retraité', '2026-10-30'],
    ['Zoé Saint-Onge', 'Utilisateur', 'Actif', '2027-03-31'],
    ['André Ouellet', '', 'Démission', '2026-09-11'],
    ['Camille Roy', '', 'Actif', ''],
  ] as const;
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const people = named.map(([name, role, status, end], n) => ({
    id: `5ea5e100-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
    name,
    email: `${plain(name).replace(' ', '.')}@${QUEBEC}`,
    role: 'User' as const,
    department: 'Qualité',
    french: role,
    status,
    end,
  }));
  const seats = people.filter(({ french }) => french !== '');
  const owner: Person = at(people, 0);
  const deputy: Person = at(people, 1);
  const admin: Person = at(people, 2);
  const onLeave: Person = at(people, 3);
  const unpaid: Person = at(people, 4);
  const careless: Person = at(people, 5);
  const retired: Person = at(people, 6);
  const leaving: Person = at(people, 7);
  return outsideCase('societe-d-hopitaux-quebec')(
    {
      'membres-claude.csv': csv(
        [
          ['Nom', 'Courriel', 'Rôle', 'Type de poste', 'Statut'],
          ...seats.map((one) => [one.name, one.email, one.french, 'Standard', 'Actif']),
        ],
        { separator: ';' },
      ),
      'Nethris - liste des employés.csv': latin(
        csv(
          [
            cells`Matricule|Nom complet|Courriel professionnel|Service|Statut|Date d'embauche|Date de fin d'emploi`,
            ...people.map(
              (one, n) =>
                cells`E0${n}|${one.name}|${one.email}|${one.department}|${one.status}|2021-04-06|${one.end}`,
            ),
          ],
          { separator: ';', end: '\r\n' },
        ),
      ),
      'accusés de réception.csv': csv(
        [
          ['Nom complet', 'Courriel', 'Document', "Date d'acceptation"],
          ...seats
            .filter((one) => one !== careless)
            .map((one) => [
              one.name,
              one.email,
              one === unpaid
                ? "Politique d'utilisation de Claude v2"
                : "Politique d'utilisation de Claude v3",
              one === unpaid ? '2026-02-03' : '2026-09-22',
            ]),
        ],
        { separator: ';' },
      ),
      'charte.yaml': charter(people, { inviteDomains: [QUEBEC], seatsFor: 'everyone' }),
      'journal.yaml': journal(people),
    },
    [
      counts('members', 8, 'eight seats'),
      counts('staff', 8, 'one has retired and one has resigned; an absence is no departure'),
      lists('leavers', [retired.email], 'the one who retired holds a seat'),
      ...reported('ACC-07', 'fail', 'somebody who retired on 30 October holds a seat', retired.name),
      silent('ACC-07', onLeave.name, 'a maternity leave is no departure'),
      silent('ACC-07', unpaid.name, 'a leave without pay is no departure'),
      silent('ACC-07', leaving.name, 'the last day is in March 2027'),
      unlisted('leavers', leaving.email, 'the last day is in March 2027'),
      unlisted('leavers', at(people, 8).email, 'who resigned never held a seat'),
      unlisted('notOnRoster', owner.email, 'accents in a name and none in an address are one person'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner, in French'),
      is('ACC-04', 'pass', 'owners and admin are those of the charter'),
      is('ACC-06', 'pass', 'all seats are on the domain'),
      is('ACC-18', 'pass', 'eight of sixty'),
      ...reported('ACC-20', 'fail', 'one of staff has no seat, and all are meant to', 'Camille Roy'),
      is('ACC-21', 'pass', 'all have an address on the domain'),
      ...reported('POL-03', 'fail', 'one has not acknowledged, one only the version before', careless.name),
      says('POL-03', unpaid.name, 'who acknowledged another version'),
      silent('POL-03', admin.name, 'acknowledged in September'),
      is('ACC-13', 'pass', 'everybody with a seat is one of the list'),
      is('OPS-05', 'fail', 'nothing was written of who retired'),
      ...reported('OPS-02', 'pass', 'owner and deputy are named and work here', deputy.name),
      file('Nethris - liste des employés.csv', 'taken', 'a roster in French, as Windows saves it'),
      file('accusés de réception.csv', 'taken', 'a list of acknowledgments in French'),
      noPass('OPS-10', 'the projects of who retired were handed over to nobody'),
      noPass('CON-26', 'the connectors of who retired were not removed'),
      noPass('OPS-12', 'nobody was trained'),
      noPass('CON-31', 'leadership was not told'),
      noPass('POL-06', 'two have not acknowledged the clause'),
      ...onlyGiven('members', 'acknowledgments', 'journal', 'charter'),
    ],
    { profile: profile({ domains: [QUEBEC], timezone: 'America/Toronto', staffCount: 8 }) },
  );
}

const TEACHING = 'teaching-hospitals.example.org';

/**
 * A tenant with unfinished work: report-only policies, an excluded group, scopes beyond the charter, a look-alike
 * application.
 */
function tenant() {
  const people = staff(18, TEACHING);
  const doctors = '5ea5e100-0000-4000-8000-000000009002';
  const disabled = at(people, 9);
  const outsider = at(people, 15);
  const user = (one: Pick<Person, 'id' | 'name' | 'email'>) => graphUser(one);
  const group = (id: string, displayName: string, members: readonly Pick<Person, 'id' | 'email'>[]) => ({
    id,
    displayName,
    members: members.map((one) => ({
      '@odata.type': '#microsoft.graph.user',
      id: one.id,
      userPrincipalName: one.email,
    })),
  });
  const emergency = ['1', '2'].map((n) => ({
    id: `5ea5e100-0000-4000-8000-00000000800${n}`,
    name: `Emergency ${n}`,
    email: `emergency${n}@${TEACHING}`,
  }));
  const mfa = policy({
    name: 'MFA for Claude, physicians exempt',
    users: { includeUsers: ['All'], excludeGroups: [EMERGENCY_GROUP, doctors] },
  });
  const device = policy({
    name: 'Compliant device for Claude',
    state: 'enabledForReportingButNotEnforced',
    grant: { builtInControls: ['compliantDevice'] },
  });
  const frequency = policy({
    name: 'Block outside the hospital',
    grant: { builtInControls: ['block'] },
    users: { excludeGroups: [] },
    conditions: { locations: { includeLocations: ['All'], excludeLocations: [OFFICE] } },
  });
  return outsideCase('teaching-hospitals-half-built-tenant')(
    {
      'members.csv': membersCsv(people.slice(0, 15)),
      'bamboohr.csv': csv([
        ['Employee #', 'Display name', 'Work Email', 'Employment Status', 'Termination Date'],
        ...people.map(
          (one, n) =>
            cells`${n + 1}|${one.name}|${one.email}|${one === disabled ? 'Terminated' : 'Full-Time'}|${one === disabled ? '2026-11-02' : ''}`,
        ),
      ]),
      'graph/users.json': graph('users', [...people, ...emergency].map(user)),
      'graph/groups.json': graph('groups', [
        group(EMERGENCY_GROUP, 'Emergency access', emergency),
        group(doctors, 'Physicians', [at(people, 5), at(people, 6)]),
      ]),
      'graph/policies.json': policies([mfa, device, frequency]),
      'graph/locations.json': locations(),
      'graph/applications.json': applications({
        assignment: false,
        more: [
          application(
            '5ea5e100-0000-4000-8000-000000005077',
            '77777777-0000-4000-8000-0000000000aa',
            'Claude AI Assistant for Outlook',
            {
              appRoleAssignmentRequired: false,
              appOwnerOrganizationId: '99999999-0000-4000-8000-0000000000aa',
              verifiedPublisher: null,
            },
          ),
        ],
      }),
      'graph/grants.json': grants('User.Read Mail.Read Mail.Send offline_access', [
        {
          id: 'grant-9',
          clientId: '5ea5e100-0000-4000-8000-000000005002',
          consentType: 'Principal',
          principalId: outsider.id,
          resourceId: '5ea5e100-0000-4000-8000-000000005004',
          scope: 'User.Read Files.Read.All',
        },
      ]),
      'graph/security defaults.json': JSON.stringify({
        '@odata.context':
          'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
        id: '00000000-0000-0000-0000-000000000005',
        displayName: 'Security Defaults',
        isEnabled: false,
      }),
      'SignIns.csv': csv([
        cells`Date (UTC)|Username|Application|Application ID|IP address|Status|Sign-in error code|Compliant|Managed|Authentication requirement|Multifactor authentication result|Conditional Access`,
        ...[3, 5].map((n) => [
          '2026-11-19T14:02:11Z',
          at(people, n).email,
          'Claude',
          SIGN_IN_APP,
          '203.0.113.4',
          'Success',
          '',
          n === 3 ? 'Yes' : 'No',
          n === 3 ? 'Yes' : 'No',
          n === 3 ? 'Multifactor authentication' : 'Single-factor authentication',
          n === 3 ? 'MFA completed in Azure AD' : '',
          'Success',
        ]),
      ]),
      'charter.yaml': charter(people, {
        inviteDomains: [TEACHING],
        entra: {
          ssoAppId: SIGN_IN_APP,
          connectorScopes: ['User.Read', 'Mail.Read', 'offline_access'],
          consentBy: at(people, 1).email,
          emergencyAccess: { groups: ['Emergency access'] },
        },
      }),
      'journal.yaml': journal(people),
    },
    [
      counts('members', 15, 'fifteen seats'),
      counts('staff', 17, 'one was terminated'),
      lists('leavers', [disabled.email], 'one was terminated on 2 November'),
      is('M365-02', 'pass', 'the application of the charter is in the tenant'),
      is('M365-03', 'pass', 'both applications are there, with consent for all'),
      is('M365-04', 'fail', 'assignment is not required at the connector'),
      ...reported('M365-05', 'fail', 'a stranger calls itself Claude', 'Claude AI Assistant for Outlook'),
      ...reported('M365-06', 'fail', 'mail can be sent, which the charter does not approve', 'Mail.Send'),
      ...reported('M365-09', 'fail', 'physicians are left out', 'MFA for Claude, physicians exempt'),
      is('M365-10', 'fail', 'report-only enforces nothing'),
      ...reported('M365-13', 'fail', 'a policy reaches the emergency accounts', 'Block outside the hospital'),
      ...reported('M365-16', 'fail', 'a sign-in used one factor', at(people, 5).email),
      is('M365-17', 'fail', 'the account of who was terminated is enabled'),
      is('M365-21', 'fail', 'report-only without a day'),
      is('SHA-05', 'fail', 'somebody without a seat linked the connector'),
      says('SHA-05', new RegExp(`${outsider.name}|${outsider.email}`), 'who it is'),
      anywhere(/Compliant device for Claude/, 'the report-only policy is named'),
      never('M365-15', ['fail'], 'defaults are off and policies are on'),
      silent('M365-13', 'Compliant device for Claude', 'this policy leaves emergency access out'),
      silent('M365-16', at(people, 3).email, 'this sign-in used two factors'),
      noPass('M365-11', 'no policy sends a session through Defender'),
      noPass('M365-12', 'no policy looks at risk'),
      noPass('M365-14', 'a policy of place does not leave out the range of the connector'),
      noPass('M365-18', 'nothing shows that devices were revoked'),
      noPass('M365-19', 'a sign-in came from a computer that is not compliant'),
      noPass('M365-20', 'no upload was tried'),
      is('M365-22', 'pass', 'Microsoft 365 was part of the review of October'),
      noPass('SHA-06', 'nothing marks a request'),
      noPass('OPS-05', 'nothing was written of who was terminated'),
      noPass('CON-26', 'connectors of who was terminated were not removed'),
      noPass('ACC-07', 'somebody terminated holds a seat'),
      ...without('settings', 'states', 'events', 'domains', 'use', 'acknowledgments', 'statements'),
      unlisted('leavers', outsider.email, 'a person of staff without a seat'),
      silent('SHA-05', CONNECTOR_SERVER, 'people are named, not applications'),
    ],
    { profile: profile({ domains: [TEACHING], staffCount: 17 }) },
  );
}

export const outsideHospitals = [quebec(), tenant()];
