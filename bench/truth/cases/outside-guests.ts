import { type Person, profile, staff } from '../client.ts';
import { charter, entraGroups, entraUsers, journal, membersCsv } from '../documents.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import { counts, is, lists, noPass, noPasses, reported, says, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { acknowledgementTable } from '../tables.ts';
import { cells, csv, latin, written } from '../text.ts';

/** An auditor, a consultant, a contractor and an intern, in addition to twelve employees. */
function guests() {
  const people = staff(14);
  const [contractor, intern] = [at(people, 12), at(people, 13)];
  const auditor: Person = {
    id: '5ea5e100-0000-4000-8000-000000007001',
    name: 'Greta Lindqvist',
    email: 'greta@audit-firm.example',
    role: 'User',
    department: '',
  };
  const consultant: Person = {
    id: '5ea5e100-0000-4000-8000-000000007002',
    name: 'Omar Haddad',
    email: 'omar@haddad-consulting.example',
    role: 'Owner',
    department: '',
  };
  const outside = [auditor, consultant];
  const users = JSON.parse(entraUsers(people)) as { value: object[] };
  users.value.push(
    ...outside.map(({ id, name, email }) => ({
      id,
      displayName: name,
      userPrincipalName: `${email.replace('@', '_')}#EXT#@teasel.onmicrosoft.com`,
      mail: email,
      proxyAddresses: [],
      otherMails: [email],
      accountEnabled: true,
      userType: 'Guest',
      employeeId: null,
      assignedLicenses: [],
    })),
  );
  return outsideCase('guests-contractors-and-an-intern')(
    {
      'members.csv': membersCsv([...people, ...outside]),
      'people.csv': csv([
        ['Full name', 'Work email', 'Employment type', 'Status', 'Start date', 'Last day', 'Contract end'],
        ...people.map(
          (one) =>
            cells`${one.name}|${one.email}|${one === contractor ? 'Contractor' : one === intern ? 'Intern' : 'Employee'}|Active|2025-02-03||${one === contractor ? '2026-10-15' : ''}`,
        ),
      ]),
      'users.json': JSON.stringify(users),
      'groups.json': entraGroups(),
      'apps.json': applications({ assignment: false }),
      'grants.json': grants('User.Read Mail.Read Mail.Send'),
      'ca.json': policies([
        policy({
          users: {
            excludeGuestsOrExternalUsers: {
              guestOrExternalUserTypes: 'b2bCollaborationGuest,b2bCollaborationMember,otherExternalUser',
              externalTenants: {
                '@odata.type': '#microsoft.graph.conditionalAccessAllExternalTenants',
                membershipKind: 'all',
              },
            },
          },
        }),
        policy({
          name: 'Devices (pilot)',
          users: { includeUsers: [], includeGroups: ['5ea5e100-0000-4000-8000-00000000abcd'] },
          grant: { builtInControls: ['compliantDevice'] },
        }),
      ]),
      'acknowledgements.csv': acknowledgementTable([
        ...people.map(({ name, email }) => [name, email, 'Claude policy v3', '2026-09-20']),
      ]),
      'charter.yaml': charter(people, { people: { guests: [auditor.email] } }),
      'journal.yaml': journal(people, {
        trainings: [{ on: '2026-09-18', topic: 'Claude', attended: people.map(({ email }) => email) }],
      }),
    },
    [
      counts('members', 16, 'fourteen and two from outside'),
      ...reported('ACC-09', 'fail', 'nobody decided on the consultant', /Omar Haddad|haddad-consulting/),
      ...reported('ACC-05', 'fail', 'an Owner is from outside', /Omar Haddad|haddad-consulting/),
      is('ACC-04', 'fail', 'the charter approves another Owner'),
      is('ACC-02', 'fail', 'three owners in all'),
      noPass('ACC-06', 'two seats are on other domains'),
      says('ACC-06', 'haddad-consulting.example', 'the domain is named'),
      ...noPasses('a contract ended on 15 October', 'ACC-07 OPS-05'),
      noPass('M365-17', 'a contract ended on 15 October, and the account is on'),
      unlisted('leavers', intern.email, 'the intern is here'),
      is('M365-04', 'fail', 'anyone in the tenant may use the applications'),
      ...reported('M365-06', 'fail', 'mail can be sent', 'Mail.Send'),
      noPass('M365-09', 'guests with a seat are left out'),
      noPass('M365-10', 'a pilot group is not everyone'),
      noPass('M365-12', 'no policy looks at risk'),
      noPass('SHA-05', 'all may link their mailbox'),
      ...reported('POL-03', 'fail', 'both from outside have not acknowledged', /Greta Lindqvist|audit-firm/),
      noPass('OPS-12', 'both from outside were not trained'),
      ...noPasses('two have not acknowledged', 'POL-06 SHA-07'),
      is('M365-13', 'pass', 'emergency access is left out of both'),
      is('M365-05', 'pass', 'nothing imitates Claude'),
      is('ACC-18', 'pass', '16 of 60'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
    ],
    { profile: profile({ staffCount: 14 }) },
  );
}

/** Montréal: payroll, acknowledgments and connectors in French, as a spreadsheet saves them there. */
function montreal() {
  const people = staff(16);
  const gone = at(people, 11);
  const later = at(people, 12);
  const away = at(people, 13);
  const silentOne = at(people, 7);
  const table = (rows: readonly (readonly (string | number)[])[]) =>
    latin(csv(rows, { separator: ';', end: '\r\n' }));
  return outsideCase('montreal-in-french')(
    {
      'membres.csv': membersCsv(people),
      'Employeur D.csv': table([
        cells`Nom complet|Courriel professionnel|Service|Statut|${'Date d’embauche'.replace('’', "'")}|Date de départ`,
        ...people.map((one) => [
          one.name,
          one.email,
          one.department,
          one === gone ? 'Parti' : one === away ? 'En congé' : 'Actif',
          '04/03/2024',
          one === gone
            ? written('2026-11-05', 'slashes')
            : one === later
              ? written('2026-12-11', 'slashes')
              : '',
        ]),
      ]),
      'accusés de réception.csv': table([
        ['Nom', 'Courriel', 'Document', 'Date de signature'],
        ...people
          .filter((one) => one !== silentOne)
          .map(({ name, email }) => [name, email, 'Claude policy v3', '20/09/2026']),
      ]),
      'connecteurs.csv': table([
        ['Connecteur', 'Action', 'Autorisation'],
        ['Microsoft 365 (Outlook)', 'Search email', 'Toujours autoriser'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Toujours autoriser'],
        ['Microsoft 365 (Outlook)', 'Delete', 'Approbation requise'],
        ['Google Drive', 'Search files', 'Toujours autoriser'],
      ]),
      'utilisateurs.json': entraUsers(people, []),
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
    },
    [
      counts('members', 16, 'sixteen seats'),
      counts('staff', 15, 'one has left, one leaves in December'),
      ...reported('ACC-07', 'fail', 'one has left', new RegExp(`${gone.name}|${gone.email}`)),
      lists('leavers', [gone.email], 'one has left on 5 November'),
      unlisted('leavers', later.email, 'who leaves in December is here'),
      unlisted('leavers', away.email, 'on leave is not gone'),
      is('M365-17', 'fail', 'the account of the leaver is on'),
      ...noPasses('nothing was done for the leaver', 'OPS-05 OPS-10 M365-18 CON-26'),
      is('POL-03', 'fail', 'one has not acknowledged'),
      says('POL-03', new RegExp(`${silentOne.name}|${silentOne.email}`), 'who it is'),
      ...noPasses('sending is always allowed', 'CON-09 CON-10'),
      noPass('CON-04', 'Google Drive is not in the charter'),
      noPass('CON-12', 'Google Drive reads without a reason'),
      noPass('CON-06', 'reading mail has no state'),
      noPass('POL-06', 'one has not acknowledged'),
      ...noPasses('no policies were given', 'M365-09 M365-13'),
      is('ACC-18', 'pass', '16 of 60'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('CON-07', 'pass', 'the charter is in force'),
    ],
    { profile: profile({ staffCount: 15, timezone: 'America/Toronto' }) },
  );
}

export const outsideGuests = [guests(), montreal()];
