import { domainToASCII } from 'node:url';
import { BUSINESS_PREMIUM, DOMAIN, type Person, profile, staff } from '../client.ts';
import { account, charter, entraUsers, journal, membersCsv, memberships } from '../documents.ts';
import { sku } from '../microsoft.ts';
import { counts, file, is, lists, noPass, nowhere, reported, says, silent, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { memberTable } from '../tables.ts';
import { cells, csv, graph, latin, utf16Reversed } from '../text.ts';

const semicolons = { separator: ';' };

/**
 * Four countries: a Dutch roster of the morning and one of the evening, empty files, Italian signatures, French states.
 */
function fourCountries() {
  const people = staff(20);
  const [gone, disputed, unsigned] = [at(people, 14), at(people, 5), at(people, 16)];
  const afas = (hour: string, left: readonly Person[]) =>
    utf16Reversed(
      `Medewerkersoverzicht;;;;\r\nGeëxporteerd op: 23-11-2026 ${hour};;;;\r\n${csv(
        [
          ['Medewerker', 'E-mail werk', 'Afdeling', 'Datum in dienst', 'Datum uit dienst'],
          ...people.map(
            (one) =>
              cells`${one.name}|${one.email}|${one.department}|01-03-2020|${left.includes(one) ? '06-11-2026' : ''}`,
          ),
        ],
        { separator: ';', end: '\r\n' },
      )}`,
    );
  return outsideCase('four-countries-one-day')(
    {
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'users.json': entraUsers(people),
      'members.csv': membersCsv(people),
      'medewerkers ochtend.csv': afas('08:55', [gone]),
      'medewerkers middag.csv': afas('16:40', [gone, disputed]),
      'leeg.csv': '',
      'nieuw.csv': 'Name,Email,Role,Seat Tier,Status\n',
      'firme.csv': csv(
        [
          ['Cognome e nome', 'Indirizzo e-mail', 'Versione informativa', 'Data di accettazione'],
          ...people
            .filter((one) => one !== unsigned)
            .map(({ name, email }) => [name.split(' ').toReversed().join(' '), email, 'v3', '16/09/2026']),
        ],
        semicolons,
      ),
      'connecteurs.csv': latin(
        csv(
          [
            ['Connecteur', 'Action', 'Autorisation'],
            ['Microsoft 365 (Outlook)', 'Search email', 'Toujours autoriser'],
            ['Microsoft 365 (Outlook)', 'Send email', 'Bloqué'],
            ['Microsoft 365 (Outlook)', 'Delete', ''],
            ['Microsoft 365 (Outlook)', 'Toutes les autres actions', 'Bloqué'],
          ],
          semicolons,
        ),
      ),
    },
    [
      is('ACC-07', ['fail', 'cannot_read'], 'both lists say that one has left'),
      noPass('ACC-07', 'one has left by both lists'),
      says(
        'ACC-07',
        new RegExp(`${disputed.name}|${disputed.email}|ochtend|middag|same day`),
        'that the two lists differ, or who, is said',
      ),
      is('OPS-05', ['fail', 'cannot_read'], 'one has left by both lists'),
      noPass('M365-17', 'the account of the leaver is enabled'),
      noPass('CON-26', 'the connectors of the leaver were not removed'),
      file('medewerkers ochtend.csv', ['taken', 'replaced'], 'a roster in Dutch, in UTF-16'),
      file('medewerkers middag.csv', ['taken', 'replaced'], 'a roster in Dutch, in UTF-16'),
      file('leeg.csv', ['not_placed', 'malformed', 'ignored'], 'an empty file is said to be empty', /empty/i),
      file(
        'nieuw.csv',
        ['not_placed', 'malformed', 'ignored'],
        'a heading without lines is said to have none',
        /no (?:rows|lines|people|members)|empty|nobody|only a heading|below the heading/i,
      ),
      counts('members', 20, 'the list with people counts, not the one without'),
      is('ACC-02', 'pass', 'a Primary Owner and an Owner'),
      is('ACC-04', 'pass', 'owners and admin are those of the charter'),
      ...reported('POL-03', 'fail', 'one has not signed', new RegExp(`${unsigned.name}|${unsigned.email}`)),
      silent('POL-03', at(people, 4).email, 'who has is not accused'),
      noPass('CON-10', 'the state of deleting is empty'),
      noPass('CON-06', 'an action has no state'),
      says('CON-06', /Delete/, 'the action without a state is named'),
      is('CON-04', 'pass', 'only the connector of the charter is there'),
      noPass('ACC-14', 'nothing shows single sign-on'),
      nowhere(/\uFFFD|Ã«|Ã©/, 'nothing is garbled'),
    ],
    { profile: profile({ timezone: 'Europe/Amsterdam' }) },
  );
}

/** A domain with an umlaut in both spellings, one person with two seats, look-alikes, free licenses. */
function umlaut() {
  const WRITTEN = 'müller-verband.example';
  const CODED = domainToASCII(WRITTEN);
  const people = staff(16, WRITTEN);
  const coded = (email: string) => email.replace(WRITTEN, CODED);
  const [twice, outsider, gone] = [at(people, 11), at(people, 6), at(people, 8)];
  const second = `r.rossi@${WRITTEN}`;
  return outsideCase('a-domain-with-an-umlaut')(
    {
      'charter.yaml': charter(people, {
        inviteDomains: [CODED],
        policy: {
          version: 'v3',
          published: '2026-09-12',
          approvedBy: people[0]?.name,
          contact: `hilfe@${WRITTEN}`,
          clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
          noticeCovers: ['usage', 'connectors', 'sign-ins'],
        },
      }),
      'journal.yaml': journal(people),
      'users.json': entraUsers(people.map((one) => ({ ...one, email: coded(one.email) }))).replaceAll(
        DOMAIN,
        CODED,
      ),
      'members.csv': memberTable([
        ...people.map((one) => [one.name, one.email, one.role, 'Standard', 'Active']),
        [twice.name, second, 'User', 'Standard', 'Active'],
        ['Max Muster', `max.muster@muller-verband.example`, 'User', 'Standard', 'Active'],
      ]),
      'personal.csv': csv(
        [
          ['Name', 'E-Mail', 'Abteilung', 'Status', 'Letzter Arbeitstag'],
          ...people.map(
            (one) =>
              cells`${one.name}|${coded(one.email)}|${one.department}|${one === gone ? 'Ausgeschieden' : 'Aktiv'}|${one === gone ? '07.11.2026' : ''}`,
          ),
        ],
        semicolons,
      ),
      'memberships.json': memberships(
        [
          account(coded(outsider.email), outsider.name),
          account(`eva@${domainToASCII('mülller-verband.example')}`, 'Eva'),
          account(`otto@${domainToASCII('muller-verbänd.example')}`, 'Otto'),
        ],
        people,
      ).replaceAll(DOMAIN, CODED),
      'skus.json': graph('subscribedSkus', [
        sku('SPB', BUSINESS_PREMIUM, [['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d']]),
        sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', [
          ['FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'],
        ]),
        sku('CCIBOTS_PRIVPREV_VIRAL', '606b54a9-78d8-4298-ad8b-df6ef4481c80', [
          ['CCIBOTS_PRIVPREV_VIRAL', 'ce312d15-8fdf-44c0-9974-a25a177125ee'],
        ]),
        sku('FORMS_PRO', 'e2ae107b-a571-426f-9367-6d4c8f1390ba', [
          ['FORMS_PRO', '17efdd9f-c22c-4ad8-b48e-3b1f3ee1dc9a'],
        ]),
      ]),
    },
    [
      counts('staff', 15, 'one has left'),
      lists('leavers', [gone.email], 'one has left; both writings of the domain are one'),
      is('ACC-07', ['fail'], 'one has left'),
      is('ACC-06', 'fail', 'one seat is on a domain that only looks like ours'),
      says('ACC-06', 'muller-verband.example', 'that domain is named'),
      silent('ACC-06', people[4]?.email ?? '', 'a seat on our domain is not accused'),
      is('ACC-13', ['fail', 'cannot_read'], 'whether two seats of one name are one person is to be asked'),
      lists('toConfirm', [second], 'that the second account may be of the same person is asked'),
      unlisted('notOnRoster', second, 'the second account is no stranger'),
      is('SHA-03', 'fail', 'one account of ours is outside'),
      lists('personalAccounts', [outsider.email], 'the one account; the look-alikes are not ours'),
      silent('SHA-04', /eva@|otto@/, 'nobody may write to strangers'),
      is('M365-01', 'pass', 'Business Premium brings Conditional Access'),
      silent('M365-01', /FLOW_FREE|CCIBOTS|FORMS_PRO/, 'free licenses are no question'),
      is('M365-17', 'fail', 'the account of the leaver is enabled'),
      is('ACC-02', 'pass', 'a Primary Owner and an Owner'),
      is('ACC-04', 'pass', 'owners and admin are those of the charter'),
      is('ACC-21', 'pass', 'all staff have an address on our domain in one writing or the other'),
      is('OPS-05', 'fail', 'nothing was done for the leaver'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      noPass('SHA-04', 'nobody was written to'),
    ],
    {
      profile: profile({
        domains: [CODED],
        timezone: 'Europe/Berlin',
        m365: 'business_premium',
        staffCount: 15,
      }),
    },
  );
}

export const outsideCountries = [fourCountries(), umlaut()];
