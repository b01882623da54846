import { DOMAIN, type Person, profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraGroups,
  entraUsers,
  journal,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { apiKey, connectorUse, ENTERPRISE, event, feed, ORGANIZATION, settings } from '../enterprise.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import { counts, is, never, noPass, noPasses, reported, says, unlisted } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { accountTable, memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const WREN = 'wren.example.net';
const CHAPTER = 'c3d4e5f6-0718-4789-9abc-def012345678';

/** Two associations that merged on October 1; most evidence is of the older one only. */
function merged() {
  const guild = staff(12);
  const institute = staff(24, WREN)
    .slice(12)
    .map((one) => ({ ...one, role: 'User' }) as Person);
  const gone = at(guild, 9);
  const away = at(guild, 10);
  const without = at(institute, 11);
  const twice: Person = { ...at(guild, 5), email: at(guild, 5).email.replace(DOMAIN, WREN), role: 'User' };
  const seats = [...guild, ...institute.filter((one) => one !== without), twice];
  return outsideCase('two-associations-merged')(
    {
      'members.csv': membersCsv(seats),
      'ADP.csv': csv([
        ['Payroll Name', 'Work Contact: Work Email', 'Position Status', 'Hire Date', 'Termination Date'],
        ...guild.map(
          (one) =>
            cells`${last(one)}, ${first(one)}|${one.email}|${one === gone ? 'Terminated' : one === away ? 'Leave' : 'Active'}|03/04/2024|${one === gone ? '11/06/2026' : ''}`,
        ),
      ]),
      'Rippling.csv': csv([
        ['Employee', 'Work email', 'Employment status', 'Start date', 'End date'],
        ...institute.map((one) => [one.name, one.email, 'Active', '10/01/2026', '']),
      ]),
      'users.json': entraUsers(guild),
      'groups.json': entraGroups(),
      'apps.json': applications(),
      'grants.json': grants('User.Read Mail.Read'),
      'ca.json': policies([policy()]),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 7\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x=4f2a"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'domain-memberships.csv': accountTable([
        ...guild.map(({ email }) => [email, 'Team', 'Yes', '2026-09-15']),
      ]),
      'acknowledgements.csv': acknowledgementsCsv(guild),
      'charter.yaml': charter(guild, { seatsFor: 'everyone', inviteDomains: [DOMAIN, WREN] }),
      'journal.yaml': journal(guild, {
        trainings: [{ on: '2026-09-18', topic: 'Claude', attended: guild.map(({ email }) => email) }],
      }),
    },
    [
      counts('members', 24, 'twelve, eleven, and one twice'),
      counts('staff', null, 'two rosters of one day, and nobody said that each is of a part'),
      ...reported(
        'ACC-07',
        'cannot_read',
        'which roster is meant is to be asked',
        /ADP\.csv and Rippling\.csv/,
      ),
      unlisted('leavers', away.email, 'on leave is not gone'),
      unlisted('withoutSeat', away.email, 'who is on leave holds a seat'),
      noPass('ACC-20', 'one of the Institute has no seat'),
      noPass('ACC-13', 'one name holds two seats'),
      noPass('M365-17', 'the leaver can still sign in'),
      is('POL-03', 'fail', 'nobody of the Institute has acknowledged'),
      says(
        'POL-03',
        new RegExp(`${at(institute, 3).name}|${at(institute, 3).email}`),
        'one of them is named',
      ),
      noPass('ACC-10', 'the second domain was not asked'),
      says('ACC-10', WREN, 'the domain is named'),
      noPass('SHA-01', 'nothing shows that creation is restricted'),
      ...noPasses('of the second domain there is no report', 'SHA-02 SHA-03 SHA-04'),
      noPass('SHA-11', 'twelve were told, and none of the Institute'),
      noPass('OPS-11', 'twelve began on 1 October and nothing was written of them'),
      noPass('OPS-12', 'twelve people were trained, and none of the Institute'),
      ...noPasses('nothing was done for the leaver', 'OPS-05 OPS-10 M365-18 CON-26'),
      noPass('M365-09', 'half of the members sign in at a tenant that was not given'),
      noPass('M365-10', 'no policy asks for a device'),
      noPass('M365-12', 'no policy looks at risk'),
      ...noPasses(
        'the states of actions were not given',
        'CON-04 CON-06 CON-09 CON-10 CON-11 CON-12 CON-13 CON-14',
      ),
      ...noPasses('half of the people have not acknowledged', 'POL-06 SHA-07'),
      is('ACC-06', 'pass', 'every seat is on one of both domains'),
      is('ACC-18', 'pass', '24 of 60'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('M365-05', 'pass', 'nothing imitates Claude in the tenant'),
      is('M365-06', 'pass', 'nothing but reading mail was granted'),
    ],
    { profile: profile({ domains: [DOMAIN, WREN], staffCount: 23 }) },
  );
}

/** The national office and a chapter each have an organization; the good evidence is the chapter's. */
function chapter() {
  const people = staff(15);
  const key = apiKey('apikey_01Chapter', 'Chapter export');
  const of = (organization: string, events: readonly object[]) =>
    feed(events).replaceAll(ORGANIZATION, organization);
  return outsideCase('good-news-of-the-chapter')(
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, {
        claudeOrganization: ORGANIZATION,
        chatRetentionDays: 180,
        provisioning: 'scim',
      }),
      'national/settings.json': settings({
        directory_sync_enabled: true,
        sso_enabled: true,
        sso_claude_ai_enforced: true,
        sso_provisioning_mode: 'scim_advanced',
        allowed_invite_domains: [DOMAIN],
        connector_tools_default_always_allow: false,
        data_retention_periods: { all: { type: 'indefinite' } },
      }),
      'national/feed.json': of(ORGANIZATION, [
        event('Late', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' }),
        event('Mid', '2026-11-12', 'claude_chat_created', { claude_chat_id: 'c2' }, at(people, 3).email),
        event('First', '2026-11-02', 'claude_chat_viewed', { claude_chat_id: 'c3' }, at(people, 4).email),
      ]),
      'chapter/feed.json': of(CHAPTER, [
        event('C9', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'd1' }),
        event('C8', '2026-10-02', 'org_connector_domain_guard_updated', { enforced: true }),
        event('C7', '2026-09-12', 'org_invite_link_disabled', {}),
        event('C6', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'd2' }),
      ]),
      'chapter/keys.json': JSON.stringify({ data: [key], has_more: false }),
      'chapter/roles.json': JSON.stringify({
        data: [
          {
            id: 'rbac_role_01chapter',
            name: 'Finance connectors',
            organization_uuid: CHAPTER,
            permissions: [{ type: 'connector', id: 'microsoft_365' }],
          },
        ],
        has_more: false,
      }),
      'connector analytics.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 40, 0, 7, { connector_display_name: 'Microsoft 365 (Outlook)' }),
          connectorUse('notion', 3, 0, 0, { connector_display_name: 'Notion' }),
        ],
        date: '2026-11-20',
        has_more: false,
        next_page: null,
      }),
    },
    [
      is('ACC-14', 'pass', 'the national office requires single sign-on'),
      is('ACC-11', 'pass', 'only our domain can be invited'),
      is('CON-17', 'pass', 'tools do not start at Always allow'),
      is('VIS-14', 'fail', 'chats are kept for ever, the charter says 180 days'),
      ...reported('CON-30', 'fail', 'Notion is used and not approved', 'Notion'),
      noPass('VIS-09', 'seven calls are of unknown kind'),
      noPass('CON-20', 'the domain guard is the chapter’s'),
      says('VIS-04', 'chapter/feed.json', 'what is not counted is named'),
      noPass('ACC-12', 'the link of the chapter was switched off'),
      noPass('CON-27', 'the roles are the chapter’s'),
      noPass('VIS-16', 'the feed begins on 2 November'),
      noPass('VIS-05', 'no audit log was given'),
      noPass('VIS-06', 'nothing shows a collector'),
      noPass('VIS-18', 'nothing shows a decision'),
      noPass('CON-14', 'the feed begins on 2 November'),
      noPass('CON-15', 'nothing shows an allowlist'),
      noPass('CON-18', 'nothing shows Cowork'),
      noPass('ACC-10', 'nothing shows the domain'),
      noPass('CON-06', 'no states were given'),
      noPass('SHA-05', 'no grants were given'),
      noPass('SHA-06', 'nobody tried it'),
      never('VIS-04', ['fail', 'not_licensed'], 'the feed is read until yesterday'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
    ],
    ENTERPRISE,
  );
}

/** Two employers and two Claude organizations merged into one client; each exported its lists on different days. */
function listsOfSeveralDays() {
  const guild = staff(10);
  const house = staff(18, WREN).slice(10);
  const [left, owner] = [at(house, 2), at(house, 0)];
  const gone = at(guild, 6);
  return outsideCase('two-employers-lists-of-several-days')(
    {
      'guild members 2026-11-22.csv': membersCsv(guild),
      'house members 2026-11-10.csv': memberTable([
        [owner.name, owner.email, 'Primary Owner', 'Standard', 'Active'],
        ['Wren Office', 'wren.office@aol.com', 'Owner', 'Standard', 'Active'],
        ...house.slice(1).map(({ name, email }) => [name, email, 'User', 'Standard', 'Active']),
      ]),
      'guild staff 2026-11-21.csv': rosterCsv(guild, { [gone.email]: '2026-10-30' }),
      'house staff 2026-11-17.csv': rosterCsv(house, { [left.email]: '2026-10-23' }),
      'charter.yaml': charter(guild),
    },
    [
      counts('staff', null, 'which of two rosters counts, nobody said'),
      ...reported('ACC-05', 'cannot_read', 'an owner of the other list is at AOL', /house members/),
      says('ACC-21', 'house staff', 'the other roster is named'),
      ...noPasses(
        'the lists of the house are as good as those of the guild',
        'ACC-02 ACC-05 ACC-06 ACC-07 ACC-08 ACC-09 ACC-13 ACC-18 ACC-20 ACC-21 OPS-05 OPS-11',
      ),
      never('ACC-02', ['fail'], 'each organization has one Primary Owner'),
      unlisted('notOnRoster', at(house, 4).email, 'on the other roster'),
    ],
    { profile: profile({ domains: [DOMAIN, WREN] }) },
  );
}

export const outsideMerged = [merged(), chapter(), listsOfSeveralDays()];
