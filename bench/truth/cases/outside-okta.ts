import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { counts, file, is, lists, noPass, reported, says, silent } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const role = (one: Person) => one.role;

/** An identity provider, an HR system and its signature report; Team plan with single sign-on. */
function oktaAndBamboo() {
  const people = staff(28);
  const [gone, alsoGone, noSeat] = [at(people, 24), at(people, 25), at(people, 27)];
  const [thirdOwner, unsigned] = [at(people, 5), at(people, 10)];
  const stranger = `ivo.lindqvist@${DOMAIN}`;
  const { 'staff.csv': _, ...rest } = peopleFiles(people);
  return outsideCase('okta-and-bamboohr')(
    {
      ...rest,
      'users.json': '',
      'Employees Active and Terminated.csv': csv([
        cells`Employee #|Last Name, First Name|Status|Work Email|Department|Division|Hire Date|Termination Date|Reporting to`,
        ...people.map((one, n) => [
          1001 + n,
          `${last(one)}, ${first(one)}`,
          one === gone || one === alsoGone ? 'Inactive' : 'Active',
          one.email,
          one.department,
          'National office',
          '2019-03-14',
          one === gone ? '2026-10-30' : one === alsoGone ? '2026-11-06' : '0000-00-00',
          people[0]?.name ?? '',
        ]),
      ]),
      'members.csv': memberTable([
        ...people
          .filter((one) => one !== noSeat)
          .map(
            (one) =>
              cells`${one.name}|${one.email}|${one === thirdOwner ? 'Owner' : role(one)}|Standard|Active`,
          ),
        ['Ivo Lindqvist', stranger, 'User', 'Standard', 'Active'],
      ]),
      'okta people.csv': csv([
        cells`User Id|First name|Last name|Username|Email|Status|Created|Activated|Last login`,
        ...people.map(
          (one, n) =>
            cells`00u1a2b3c4D5e6F7g8h${n}|${first(one)}|${last(one)}|${one.email}|${one.email}|${one === gone ? 'Deactivated' : 'Active'}|2021-02-03T14:00:00.000Z|2021-02-03T14:05:00.000Z|2026-11-20T13:11:09.000Z`,
        ),
        cells`00u1a2b3c4D5e6F7g8svc|svc|backup|svc-backup@${DOMAIN}|svc-backup@${DOMAIN}|Active|2021-02-03T14:00:00.000Z|2021-02-03T14:05:00.000Z|`,
      ]),
      'okta system log.csv': csv([
        cells`timestamp|display_message|event_type|outcome.result|actor.alternate_id|actor.display_name|client.ip_address|client.geographical_context.country|target0.display_name`,
        ...people.map(
          (one, n) =>
            cells`2026-11-2${n % 3}T13:0${n % 10}:00.000Z|User single sign on to app|user.authentication.sso|SUCCESS|${one.email}|${one.name}|203.0.113.9|United States|Claude`,
        ),
      ]),
      'signature status.csv': csv([
        ['Employee', 'Document', 'Sent', 'Signed'],
        ...people
          .filter((one) => one !== gone && one !== alsoGone)
          .map(
            ({ name }) =>
              cells`${name}|Claude acceptable use policy v3.pdf|2026-09-12|${name === unsigned.name ? 'Not signed' : '2026-09-16'}`,
          ),
      ]),
    },
    [
      counts('staff', 26, 'two of 28 are inactive'),
      lists('leavers', [gone.email, alsoGone.email], 'two hold a seat after their last day'),
      lists('notOnRoster', [stranger], 'one seat belongs to nobody on the roster'),
      ...reported('ACC-07', 'fail', 'leavers hold seats', new RegExp(`${gone.name}|${gone.email}`)),
      says('ACC-07', new RegExp(`${alsoGone.name}|${alsoGone.email}`), 'the second leaver is named'),
      silent('ACC-07', at(people, 12).email, 'an active person is not accused'),
      is('ACC-02', 'fail', 'there are three owners'),
      is('ACC-04', 'fail', 'an owner is not in the charter'),
      says('ACC-04', new RegExp(`${thirdOwner.name}|${thirdOwner.email}`), 'that owner is named'),
      ...reported('ACC-18', 'fail', '28 seats are held, 25 were bought', /\b28\b/),
      ...reported('POL-03', 'fail', 'one has not signed', unsigned.name),
      silent('POL-03', at(people, 11).name, 'who has signed is not accused'),
      ...reported(
        'OPS-05',
        'fail',
        'nothing was done for two leavers',
        new RegExp(`${gone.name}|${gone.email}`),
      ),
      is('M365-09', 'not_licensed', 'Business Basic has no Conditional Access'),
      is('M365-12', 'not_licensed', 'Business Basic has no risk policies'),
      is('VIS-04', 'not_licensed', 'Team has no Compliance API'),
      is('VIS-05', 'not_licensed', 'Team has no audit log export'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      noPass('ACC-14', 'no file says that single sign-on is required'),
      noPass('ACC-15', 'no file shows directory sync'),
      noPass('VIS-10', 'a log of the identity provider is not one of Entra'),
      noPass('M365-17', 'Entra users were not given'),
      noPass('M365-16', 'Entra sign-ins were not given'),
      file(
        'okta people.csv',
        ['not_placed', 'malformed', 'ignored'],
        'Okta’s people are no roster and no members',
      ),
      file('okta system log.csv', ['not_placed', 'malformed'], 'Okta’s log is nothing that is read'),
      file(
        'users.json',
        ['not_placed', 'malformed', 'ignored'],
        'an empty file is said to be empty',
        /empty/i,
      ),
    ],
    { profile: profile({ claudeSeats: 25, m365: 'business_basic_standard', staffCount: 26 }) },
  );
}

export const outsideOkta = [oktaAndBamboo()];
