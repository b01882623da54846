import { DOMAIN, type Person, staff } from '../client.ts';
import { charter, journal, peopleFiles } from '../documents.ts';
import { ENTERPRISE, event, feed, ORGANIZATION, settings } from '../enterprise.ts';
import { is, noPass, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { cells, csv } from '../text.ts';

const people = staff(14);
const base = peopleFiles(people);
const STRANGE = '99999999-2222-4333-8444-555555555555';

/** Two of our feed pages and one of another organization in one folder; nothing says which are ours. */
function feedOfAnotherClient() {
  const theirs = (id: string, day: string, type: string, more: object) =>
    ({ ...event(id, day, type, more, 'boss@clinic.example'), organization_uuid: STRANGE }) as object;
  return outsideCase('a-feed-of-another-client-among-ours')(
    {
      ...base,
      'compliance/settings.json': settings({ sso_enabled: true, sso_claude_ai_enforced: true }),
      'compliance/page.json': feed([
        event('Guard', '2026-10-02', 'org_connector_domain_guard_updated', { enforced: false }),
        event('Drop', '2026-10-03', 'mcp_server_created', {
          mcp_server_id: 'm2',
          mcp_server_name: 'Dropbox',
        }),
        event('Today', '2026-11-24', 'claude_chat_created', { claude_chat_id: 'c1' }),
      ]),
      'compliance/page of another tenant.json': feed([
        theirs('Guard2', '2026-11-20', 'org_connector_domain_guard_updated', { enforced: true }),
        theirs('Evil', '2026-11-21', 'mcp_server_created', {
          mcp_server_id: 'm9',
          mcp_server_name: 'EvilDrive',
        }),
        theirs('Verified', '2026-11-21', 'org_domain_verified', { domain: DOMAIN }),
      ]),
    },
    [
      noPass('CON-20', 'the guard that is on is that of another client'),
      says('CON-04', /dropbox/i, 'ours is on and nobody approved it'),
      silent('CON-04', /EvilDrive/, 'a connector of another client'),
      noPass('VIS-04', 'which organization is ours is not written down'),
      ...reported('VIS-04', 'cannot_read', 'asked which organization is ours', /claudeOrganization/),
      noPass('ACC-10', 'another organization verified the domain'),
    ],
    ENTERPRISE,
  );
}

/** The same with our organization's id in the charter: the other organization's page is set aside and reported. */
function feedWithOurId() {
  return outsideCase('a-feed-of-another-client-and-our-id-in-the-charter')(
    {
      ...base,
      'charter.yaml': charter(people, { claudeOrganization: ORGANIZATION }),
      'compliance/settings.json': settings({ sso_enabled: true, sso_claude_ai_enforced: true }),
      'compliance/page.json': feed([
        event('Old', '2026-10-02', 'claude_chat_created', { claude_chat_id: 'c0' }),
        event('Today', '2026-11-24', 'claude_chat_created', { claude_chat_id: 'c1' }),
      ]),
      'compliance/other.json': feed([
        {
          ...event('Evil', '2026-11-21', 'mcp_server_created', { mcp_server_name: 'EvilDrive' }),
          organization_uuid: STRANGE,
        },
      ]),
    },
    [
      silent('CON-04', /EvilDrive/, 'a connector of another client'),
      ...reported(
        'VIS-04',
        'pass',
        'ours records, and the other file is said to be left aside',
        /other\.json/,
      ),
    ],
    ENTERPRISE,
  );
}

/** An envelope report of an e-signature service with the version in the subject, as "v2026-1". */
function envelopes() {
  const [refused, old] = [at(people, 4), at(people, 6)];
  const line = (one: Person, n: number) => {
    const subject = `Claude Acceptable Use Policy ${one === old ? 'v2026-1' : 'v2026-2'}`;
    const status = one === refused ? 'Declined' : 'Completed';
    return cells`e${n}|${subject}|${one.name}|${one.email}|${status}|2026-09-18 9:00 AM|${one === refused ? '' : '2026-09-20 1:20 PM'}`;
  };
  const policy = {
    version: 'v2026-2',
    published: '2026-09-15',
    approvedBy: 'Board',
    contact: `it@${DOMAIN}`,
  };
  return outsideCase('envelopes-with-the-year-in-the-version')(
    {
      ...base,
      'charter.yaml': charter(people, { policy }),
      'envelopes.csv': csv([
        cells`Envelope ID|Subject|Recipient Name|Recipient Email|Status|Sent On|Completed On`,
        ...people.map(line),
      ]),
    },
    [
      ...reported('POL-03', 'fail', 'one refused, one signed the version before', refused.name, old.name),
      says('POL-03', /\b2 of 14\b/, 'twelve have signed the version in force'),
      silent('POL-03', at(people, 8).name, 'signed the version in force'),
    ],
  );
}

/**
 * A board member approves exports: the charter names her as the approver of opening content, and no roster lists her.
 */
function approvedByTheBoard() {
  const exported = event('Export', '2026-11-12', 'org_members_exported', {}, at(people, 2).email);
  const approved = (by: string) => [
    { on: '2026-11-12', by, email: at(people, 2).email, of: 'members', reason: 'Review' },
  ];
  const board = (name: string, by: string, ...statements: Parameters<ReturnType<typeof outsideCase>>[1]) =>
    outsideCase(name)(
      {
        ...base,
        'charter.yaml': charter(people, {
          contentAccess: { allowed: true, approvers: ['Iris Holm', 'Rex Poole'] },
        }),
        'journal.yaml': journal(people, { approvedExports: approved(by) }),
        'feed.json': feed([
          event('Early', '2026-09-01', 'claude_chat_created', { claude_chat_id: 'c0' }),
          exported,
          event('Today', '2026-11-24', 'claude_chat_created', { claude_chat_id: 'c1' }),
        ]),
      },
      statements,
      ENTERPRISE,
    );
  return [
    board(
      'export-approved-by-a-board-member-of-the-charter',
      'Iris Holm',
      is('VIS-16', 'pass', 'she is an approver by the charter'),
    ),
    board(
      'export-approved-by-nobody-known',
      'Mallory Stranger',
      ...reported('VIS-16', 'fail', 'no one knows who approved it', /Mallory Stranger/),
    ),
  ];
}

/** An account that is closed according to the journal, and still in a report three weeks later. */
function wronglyClosed() {
  const holder = at(people, 5);
  return outsideCase('closed-by-word-and-listed-since')(
    {
      ...base,
      'journal.yaml': journal(people, {
        personalAccounts: [{ email: holder.email, state: 'closed', on: '2026-11-01' }],
      }),
      'domain-memberships-2026-11-22.csv': csv([
        cells`Email|Account type|Organization|Created|Last active`,
        ...people.map((one) => cells`${one.email}|Team|Teasel Guild|2026-03-01|2026-11-20`),
        cells`${holder.email}|Max|Personal|2025-08-02|2026-11-21`,
      ]),
    },
    [
      is('SHA-03', 'fail', 'it is open'),
      noPass('SHA-04', 'that it was closed is refuted, and nobody is known to have written to its holder'),
      says('SHA-04', holder.email, 'whose account it is'),
    ],
  );
}

/** Calls recorded by a collector: one of an action that the charter blocks, one of another organization. */
function calls() {
  const [mara, jon] = [at(people, 3), at(people, 7)];
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const line = (organization: string, email: string, server: string, tool: string) =>
    JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [text('service.name', 'cowork')] },
          scopeLogs: [
            {
              scope: { name: 'com.anthropic.claude_code' },
              logRecords: [
                {
                  body: { stringValue: 'tool_result' },
                  attributes: [
                    text('event.name', 'tool_result'),
                    text('event.timestamp', '2026-11-20T14:00:00.000Z'),
                    text('organization.id', organization),
                    text('user.email', email),
                    text('tool_name', `mcp__${server.toLowerCase().replaceAll(' ', '_')}__${tool}`),
                    text('success', 'true'),
                    text('tool_parameters', JSON.stringify({ mcp_server_name: server, mcp_tool_name: tool })),
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  return outsideCase('calls-at-a-blocked-action-and-of-another-organization')(
    {
      ...base,
      'charter.yaml': charter(people, {
        connectors: [
          {
            name: 'Microsoft 365',
            kind: 'directory',
            sensitivity: 'high',
            actions: { read: 'allow', outlook_delete_filter: 'blocked', '*': 'ask' },
          },
        ],
      }),
      'settings.json': settings({ sso_enabled: true }),
      'cowork.jsonl': [
        line(ORGANIZATION, mara.email, 'Microsoft 365', 'outlook_delete_filter'),
        line(STRANGE, jon.email, 'Obsidian Vault', 'append_note'),
      ].join('\n'),
    },
    [
      ...reported(
        'VIS-09',
        'fail',
        'an action that the charter blocks ran',
        /outlook_delete_filter/,
        mara.email,
      ),
      silent('CON-30', /obsidian/i, 'used in another organization'),
    ],
    ENTERPRISE,
  );
}

/** Cases with exports of several dates, tools and clients in one folder. */
export const outsideMixedExports = [
  feedOfAnotherClient(),
  feedWithOurId(),
  envelopes(),
  ...approvedByTheBoard(),
  wronglyClosed(),
  calls(),
];
