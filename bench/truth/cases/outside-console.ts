import { membersCsv } from '../documents.ts';
import { counts, file, is, lists, never, noPass, noPasses, nowhere, silent, unlisted } from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { acknowledgementTable, memberTable, usageTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const DOMAIN = 'campion.example.org';
const client = association('Campion Institute', DOMAIN, 10);
const { people } = client;
const DEVELOPERS = ['pipeline', 'webmaster', 'nora.dev'].map((one) => `${one}@${DOMAIN}`);

export const outsideConsole = [
  // A Claude Console organization for programs in addition to the Team organization for staff. Its files are not the
  // Team's.
  outsideCase('a-claude-console-organization-beside-team')(
    client.files({
      'console members.csv': csv([
        ['Name', 'Email', 'Role', 'Added'],
        ['Pipeline', DEVELOPERS[0] ?? '', 'Developer', '2026-02-03'],
        ['Webmaster', DEVELOPERS[1] ?? '', 'Admin', '2026-02-03'],
        ['Nora Dev', DEVELOPERS[2] ?? '', 'Claude Code User', '2026-05-11'],
        [at(people, 4).name, at(people, 4).email, 'Billing', '2026-02-03'],
      ]),
      'claude_api_cost_2026_10_01_to_2026_10_31.csv': csv([
        ['usage_date_utc', 'model', 'workspace', 'api_key', 'usage_type', 'token_type', 'cost_usd'],
        ['2026-10-05', 'Claude Sonnet 5', 'Default', 'pipeline-prod', 'message', 'input_no_cache', '12.40'],
        ['2026-10-06', 'Claude Sonnet 5', 'Default', 'pipeline-prod', 'message', 'output', '31.15'],
        ['2026-10-07', 'Claude Haiku 5', 'Website', 'search-box', 'message', 'output', '2.02'],
      ]),
      'claude_api_tokens_2026_10.csv': csv([
        cells`usage_date_utc|model_version|api_key|workspace|usage_input_tokens_no_cache|usage_output_tokens|web_search_count`,
        ['2026-10-05', 'claude-sonnet-5', 'pipeline-prod', 'Default', 90210, 40123, 0],
        ['2026-10-07', 'claude-haiku-5', 'search-box', 'Website', 1200, 400, 3],
      ]),
    }),
    [
      counts('members', 10, 'ten seats of the Team organization'),
      counts('staff', 10, 'ten of staff'),
      lists('leavers', [], 'nobody left'),
      is('ACC-02', ['pass', 'cannot_read'], 'the Team organization has one Primary Owner and one Owner'),
      is('ACC-04', ['pass', 'cannot_read'], 'the administrator of the Console is none of the Team'),
      is('ACC-07', ['pass', 'cannot_read'], 'each seat of the Team is one of staff'),
      is('ACC-18', ['pass', 'cannot_read'], 'ten of sixty seats'),
      is('VIS-04', 'not_licensed', 'Team has no Compliance API'),
      is('VIS-17', ['not_licensed', 'cannot_read'], 'keys of the Console are not those of Compliance'),
      file('claude_api_tokens_2026_10.csv', ['not_placed', 'malformed', 'ignored'], 'no use by people'),
      noPasses('programs are no use by people', 'VIS-01 VIS-03 VIS-09 CON-30'),
      noPass('VIS-08', 'the cost of programs is not the spend of the Team'),
      noPass('VIS-17', 'keys of the Console were not looked at'),
      never('ACC-04', ['fail'], 'an administrator of the Console approves nothing in the Team'),
      never('ACC-07', ['fail'], 'accounts of the Console are no seats'),
      never('ACC-08', ['fail'], 'accounts of the Console are no seats'),
      never('ACC-13', ['fail'], 'accounts of the Console are no seats'),
      never('ACC-02', ['fail'], 'one Primary Owner and one Owner'),
      never('VIS-03', ['fail'], 'a program that runs all day is nobody who does the work of ten'),
      DEVELOPERS.flatMap((email) => [
        unlisted('notOnRoster', email, 'no seat'),
        unlisted('owners', email, 'no seat'),
        unlisted('shared', email, 'no seat'),
        unlisted('service', email, 'no seat'),
        unlisted('guests', email, 'no seat'),
        silent('ACC-04', email, 'no Admin of the Team'),
        silent('ACC-07', email, 'no seat'),
        silent('ACC-08', email, 'no seat'),
      ]),
      silent('VIS-03', /pipeline|search-box/, 'keys are nobody'),
      nowhere(/pipeline-prod (has|used|sent)/i, 'a key is nobody'),
      onlyGiven('members', 'use', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile() },
  ),
  beforeThePlan(),
];

/** The plan changed on November 12; members, usage and acknowledgments are of October 20. */
function beforeThePlan() {
  const saved = '2026-10-20';
  return outsideCase('members-of-before-the-change-of-plan')(
    client.files({
      'members.csv': memberTable(
        people.slice(0, 8).map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
      ),
      'use.csv': usageTable(
        people
          .slice(0, 8)
          .map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 40, '2026-09-01', '2026-09-30']),
      ),
      'acknowledged.csv': acknowledgementTable(
        people.slice(0, 8).map(({ name, email }) => [name, email, 'Claude policy v3', '2026-09-20']),
      ),
      'old members.csv': membersCsv(people.slice(0, 6)),
    }),
    [
      is('ACC-02', 'cannot_read', 'the members are 35 days old'),
      is('ACC-04', 'cannot_read', 'the members are 35 days old'),
      is('ACC-06', 'cannot_read', 'the members are 35 days old'),
      is('ACC-07', 'cannot_read', 'the members are 35 days old'),
      is('ACC-14', 'cannot_read', 'Enterprise has single sign-on, and nothing shows it'),
      is('ACC-15', 'cannot_read', 'Enterprise has directory sync, and nothing shows it'),
      is('VIS-04', 'cannot_read', 'Enterprise has the feed, and nothing shows it'),
      is('CON-07', 'pass', 'the charter does not age by the plan'),
      is('POL-04', 'pass', 'the policy names a contact'),
      file('old members.csv', ['replaced', 'taken'], 'an older list'),
      never('ACC-14', ['not_licensed', 'pass'], 'Enterprise includes it'),
      never('VIS-05', ['not_licensed', 'pass'], 'Enterprise includes it'),
      never('CON-27', ['not_licensed', 'pass'], 'Enterprise includes it'),
      never('ACC-20', ['fail', 'pass'], 'who has a seat now is not known'),
      never('OPS-11', ['fail', 'pass'], 'who has a seat now is not known'),
      noPasses(
        'the members are 35 days old',
        'ACC-01 ACC-03 ACC-05 ACC-08 ACC-09 ACC-13 ACC-18 POL-03 VIS-03',
      ),
      noPasses('the use is of September', 'VIS-01 VIS-08 CON-30 VIS-09'),
      onlyGiven('members', 'use', 'acknowledgments', 'journal', 'charter'),
    ].flat(),
    {
      profile: client.profile({ claudePlan: 'enterprise' }),
      saved: {
        'members.csv': saved,
        'use.csv': saved,
        'acknowledged.csv': saved,
        'old members.csv': '2026-09-30',
      },
    },
  );
}
