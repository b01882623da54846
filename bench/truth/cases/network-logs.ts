import { clientsOf, staff } from '../client.ts';
import { charter, peopleFiles } from '../documents.ts';
import { file, noPass, nowhere, reported, says, silent } from '../model.ts';

/** Network logs that show which AI tools are in use, in the formats of the programs. */

const client = clientsOf('network logs');
const people = staff(12);
const base = peopleFiles(people);

/** Lines of Squid's access.log, one per working day, at 15:00 in New York. */
const squid = (days: readonly number[], ...targets: readonly string[]): string =>
  days
    .flatMap((day) =>
      targets.map((target, at) => {
        const seconds = Date.UTC(2026, 10, day, 20, 0, at) / 1000;
        const [code, url] = target.startsWith('!')
          ? ['TCP_DENIED/403', target.slice(1)]
          : ['TCP_TUNNEL/200', target];
        return `${seconds}.031     93 10.4.0.${at + 7} ${code} 4312 CONNECT ${url}:443 - HIER_DIRECT/198.51.100.7 -\n`;
      }),
    )
    .join('');

const TWO_WEEKS = Array.from({ length: 14 }, (_, at) => at + 9);
const decided = (...aiTools: readonly object[]) => ({ 'charter.yaml': charter(people, { aiTools }) });
const forbidden = { tool: 'ChatGPT', decision: 'forbidden', reason: 'No agreement on data' };
const approved = { tool: 'ChatGPT', decision: 'approved', reason: 'Under contract' };

export const networkLogCases = [
  client('tool-without-decision')(
    { ...base, ...decided(), 'access.log': squid(TWO_WEEKS, 'claude.ai', 'chatgpt.com', 'news.example') },
    [
      ...reported('SHA-13', 'fail', 'nobody decided on ChatGPT', /ChatGPT/),
      file('access.log', 'taken', 'the log of Squid is known by its lines'),
      nowhere('news.example', 'what else people read is dropped'),
    ],
  ),
  client('tool-forbidden-and-refused')(
    { ...base, ...decided(forbidden), 'access.log': squid(TWO_WEEKS, 'claude.ai', '!chatgpt.com') },
    [
      ...reported('SHA-13', 'pass', 'each try was refused', /14 days/),
      says('SHA-13', /other networks/, 'the pass speaks for the log alone'),
    ],
  ),
  client('tool-forbidden-and-let-through-once')(
    {
      ...base,
      ...decided(forbidden),
      'access.log': squid(TWO_WEEKS, 'claude.ai', '!chatgpt.com') + squid([22], 'cdn.chatgpt.com'),
    },
    [...reported('SHA-13', 'fail', 'once it got through', /ChatGPT/)],
  ),
  client('name-that-only-looks-like-a-tool')(
    {
      ...base,
      ...decided(),
      'access.log': squid(TWO_WEEKS, 'claude.ai', 'notchatgpt.com', 'chatgpt.com.example.net'),
    },
    [silent('SHA-13', /ChatGPT/, 'neither host is ChatGPT’s')],
  ),
  client('log-that-sees-no-tool')(
    { ...base, ...decided(), 'access.log': squid(TWO_WEEKS, 'news.example', 'update.example') },
    [noPass('SHA-13', 'a log without even Claude may be that of a network without staff')],
  ),
  client('log-of-two-days')({ ...base, ...decided(), 'access.log': squid([21, 22], 'claude.ai') }, [
    noPass('SHA-13', 'two days say nothing of a month'),
  ]),
  client('log-of-last-summer')(
    {
      ...base,
      ...decided(),
      'access.log': squid(TWO_WEEKS, 'claude.ai').replaceAll(/^17\d{8}/gm, '1783000000'),
    },
    [noPass('SHA-13', 'the log is months old')],
  ),
  client('log-cut-off')(
    {
      ...base,
      ...decided(approved),
      'access.log': squid(TWO_WEEKS, 'claude.ai', 'chatgpt.com').slice(0, -60),
    },
    [noPass('SHA-13', 'the rest of the log may show another tool')],
  ),
  client('tolerated-until-yesterday')(
    {
      ...base,
      ...decided({ ...approved, decision: 'tolerated', until: '2026-11-23' }),
      'access.log': squid(TWO_WEEKS, 'claude.ai', 'chatgpt.com'),
    },
    [...reported('SHA-13', 'fail', 'the time for it is over', /ChatGPT/)],
  ),
];
