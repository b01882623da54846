import { Command, CommanderError, Option } from 'commander';
import { visible } from '#domain/text/unsafe-text.ts';
import { SettingProblem } from '#features/setting-problem.ts';
import { version } from '#features/version.ts';
import { CatalogueError } from '#sources/catalogue/problem.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import type { AssessFlags } from './commands/assess.ts';
import type { AuditVerifyFlags } from './commands/audit.ts';
import type { DnsFlags } from './commands/dns.ts';
import type { ProbeFlags } from './commands/probe.ts';
import type { RecordVerifyFlags } from './commands/record.ts';
import { addOperatorCommands } from './operator.ts';
import { Problem } from './problem.ts';
import { aboutGroup, HERE, SERVER } from './remote/groups.ts';
import { Refusal } from './remote/request.ts';
import { terminal as makeTerminal, safe, type Terminal } from './terminal.ts';

/** Exit code for invalid input; 0, 1 and 2 are about verdicts. */
const UNUSABLE = 3;
/** Exit code if a server refused. */
const REFUSED = 1;

const collect = (value: string, list: string[] = []) => [...list, value];

/** Runs the command given by these words (those after `bylaw`) and sets the process's exit code. */
export async function run(words: readonly string[]): Promise<void> {
  const terminal = makeTerminal({ stdout: process.stdout, stderr: process.stderr });

  const program = new Command('bylaw')
    .description(
      'Governs the use of Claude in an association: truthful verdicts from the files that its consoles export.',
    )
    .version(version)
    .exitOverride()
    .commandsGroup(HERE)
    .configureOutput({ outputError: (text, write) => write(visible(text, true)) });

  program
    .command('assess')
    .description('Evaluates every control from a folder of files and writes reports')
    .argument('<folder>', 'folder with the client’s files, including subfolders, under any names')
    .requiredOption(
      '--profile <file>',
      'what the client is and has bought (YAML or JSON); “bylaw init” writes one',
    )
    .option('--as-of <date>', 'day to evaluate, YYYY-MM-DD (default: the profile’s asOf, else today)')
    .option(
      '--report <file>',
      'write the board’s report (.html or .pdf) or the whole record (.xlsx or .json); may be given several times',
      collect,
    )
    .option(
      '--appendix <file>',
      'write the technician’s appendix, .html or .pdf, from the same record; may be given several times',
      collect,
    )
    .option(
      '--map <kind=file>',
      'state what a file is, or with kind.field=column what one of its columns contains; may be given several times',
      collect,
    )
    .option(
      '--period <file=days>',
      'the days a file with figures covers, 2026-10-01..2026-10-31 or a single day, if it does not say; may be given several times',
      collect,
    )
    .option('--charter <file>', 'the charter, if it is not in the folder')
    .option('--journal <file>', 'the journal, if it is not in the folder')
    .option('--dns', 'look the client’s domains up in DNS now')
    .option(
      '--resolver <address>',
      'DNS server to ask instead of this machine’s, implies --dns; may be given several times',
      collect,
    )
    .option('--since <file>', 'an earlier report.json of this client, to show what has changed')
    .option('--logo <file>', 'logo for the report (PNG, JPEG or SVG)')
    .option('--prepared-by <name>', 'who prepared the report')
    .addOption(
      new Option('--paper <size>', 'paper of the PDF (default: letter for American time zones)').choices([
        'a4',
        'letter',
      ]),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 nothing fails and everything could be read, 1 a control fails, 2 a control could not be read, 3 a file is malformed or an option is invalid.',
    )
    .action(async (folder: string, flags: AssessFlags) => {
      const { assessCommand } = await import('./commands/assess.ts');
      process.exitCode = await assessCommand(folder, flags, terminal);
    });

  program
    .command('init')
    .description(
      'Writes commented templates of client.yaml, charter.yaml, journal.yaml and attestations.yaml',
    )
    .argument('[folder]', 'where to write them', '.')
    .action(async (folder: string) => {
      const { initCommand } = await import('./commands/init.ts');
      process.exitCode = await initCommand(folder, terminal);
    });

  const catalogue = program.command('catalogue').description(aboutGroup('catalogue'));
  catalogue
    .command('lint')
    .description('Checks the catalogue and names file and line of each problem')
    .argument('[folder]', 'another catalogue folder')
    .action(async (folder: string | undefined) => {
      const { catalogueLintCommand } = await import('./commands/catalogue.ts');
      process.exitCode = catalogueLintCommand(folder, terminal);
    });
  catalogue
    .command('show')
    .description('Shows one entry, or the list of controls')
    .argument('[id]', 'for example CLA-ACC-07, claude.sso, asana')
    .action(async (id: string | undefined) => {
      const { catalogueShowCommand } = await import('./commands/catalogue.ts');
      process.exitCode = catalogueShowCommand(id, terminal);
    });

  program
    .command('audit')
    .description(aboutGroup('audit'))
    .helpGroup(SERVER)
    .command('verify')
    .description('Proves an export of the audit log or an evidence room on this machine; needs no server')
    .argument('<export>', 'the .tar or .zip file as the console exported it')
    .option('--head <hash>', 'a hash of the chain that was noted elsewhere, for example from the console')
    .option(
      '--heads <file>',
      'heads that left the server: an emailed file, the file named in BYLAW_AUDIT_HEADS_FILE, or what a sink received; may be given several times',
      collect,
    )
    .option('--key <hex>', 'the public key that must have signed the heads, from Settings or a mail')
    .option(
      '--certificate <sha256>',
      'SHA-256 of the certificate that must have signed an evidence room, from the audit log or the page',
    )
    .option(
      '--authority <file>',
      'certificates (PEM), one of which must have issued those of the time stamps in the export or the heads',
    )
    .addHelpText('after', '\nExit code: 0 proved, 1 something differs, 3 the file or an option is unusable.')
    .action(async (path: string, flags: AuditVerifyFlags) => {
      const { auditVerifyCommand } = await import('./commands/audit.ts');
      process.exitCode = await auditVerifyCommand(path, flags, terminal);
    });

  program
    .command('deployment')
    .description(aboutGroup('deployment'))
    .helpGroup(SERVER)
    .command('verify')
    .description('Proves on this machine that a deployment record is as it was signed; needs no server')
    .argument('<record>', 'the PDF as it was downloaded')
    .option(
      '--certificate <sha256>',
      'SHA-256 of the certificate that must have signed it, from the audit log',
    )
    .addHelpText('after', '\nExit code: 0 proved, 1 something differs, 3 the file or an option is unusable.')
    .action(async (path: string, flags: RecordVerifyFlags) => {
      const { recordVerifyCommand } = await import('./commands/record.ts');
      process.exitCode = await recordVerifyCommand(path, flags, terminal);
    });

  program
    .command('dns')
    .description('Looks up domains in DNS')
    .command('check')
    .description('Looks up the TXT records of domains and says whether Claude’s verification record is there')
    .argument('[domains...]', 'domains; or give --profile')
    .option('--profile <file>', 'use the domains in this profile')
    .option(
      '--resolver <address>',
      'DNS server to ask, for example 1.1.1.1 or 127.0.0.1:5353; may be given several times',
      collect,
    )
    .option('--timeout <seconds>', 'seconds to wait for each answer', '5')
    .option('--out <file>', 'save the answer, for the client’s folder')
    .action(async (domains: string[], flags: DnsFlags) => {
      const { dnsCheckCommand } = await import('./commands/dns.ts');
      process.exitCode = await dnsCheckCommand(domains, flags, terminal);
    });

  program
    .command('probe')
    .description(
      'Tests from this device whether the network refuses other Claude organizations, and records the result',
    )
    .argument('<client>', 'the client to record the result for')
    .option('--place <words>', 'the network and device, in a few words')
    .option(
      '--enroll <name>',
      'enroll this device under a name: it creates its own key, which signs its tests from then on',
    )
    .addOption(
      new Option('--block <side>', 'test a block of Claude instead, from this side').choices([
        'guest',
        'managed',
      ]),
    )
    .option(
      '--neutral <url>',
      'with --block: an https address outside Claude that this network allows; by default Microsoft’s connection test',
    )
    .option(
      '--echo <url>',
      'an address outside Claude that answers with the headers it received, to see whether the header also goes to other hosts; if it does, that host learns your organization’s id',
    )
    .option('--no-record', 'only try it')
    .addHelpText(
      'after',
      '\nBYLAW_PROBE_KEY holds an API key of your organization and BYLAW_PROBE_OTHER_KEY one of another; they are sent only to Claude. Exit code: 0 the restriction works, 1 it does not, 2 the test did not show enough.',
    )
    .action(async (client: string, flags: ProbeFlags) => {
      const { probeCommand } = await import('./commands/probe.ts');
      process.exitCode = await probeCommand(client, flags, terminal);
    });

  program
    .command('login')
    .description('Saves the address of a server and a token for the commands that use it')
    .helpGroup(SERVER)
    .argument('<server>', 'address of the console, for example http://127.0.0.1:7700')
    .addHelpText(
      'after',
      '\nThe token is read from BYLAW_TOKEN, else asked for, else taken from standard input: bylaw login SERVER < token.txt',
    )
    .action(async (server: string) => {
      const { loginCommand } = await import('./commands/login.ts');
      process.exitCode = await loginCommand(server, terminal);
    });
  program
    .command('logout')
    .helpGroup(SERVER)
    .description('Deletes the saved server and token')
    .action(async () => {
      const { logoutCommand } = await import('./commands/login.ts');
      process.exitCode = logoutCommand(terminal);
    });
  addOperatorCommands(program, terminal);
  if (!isLocal(program, words)) {
    const { addRemoteCommands } = await import('./remote/commands.ts');
    addRemoteCommands(program, terminal, words);
  }

  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, terminal);
  }
}

/**
 * Whether these words start with a local command. Then the commands of a server's operations need not be added, whose
 * contracts take half a second to load.
 */
function isLocal(program: Command, words: readonly string[]): boolean {
  let group = program;
  for (const word of words) {
    const found = group.commands.find((command) => command.name() === word);
    if (found === undefined) return false;
    if (found.commands.length === 0) return true;
    group = found;
  }
  return false;
}

function report(error: unknown, terminal: Terminal): number {
  terminal.progress('');
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNUSABLE;
  if (
    error instanceof Problem ||
    error instanceof ImportProblem ||
    error instanceof CatalogueError ||
    error instanceof SettingProblem ||
    error instanceof StoreProblem
  ) {
    terminal.error(error.message.split('\n').map(safe).join('\n'));
    return UNUSABLE;
  }
  if (error instanceof Refusal) {
    terminal.error(error.message.split('\n').map(safe).join('\n'));
    return REFUSED;
  }
  terminal.error(
    `Bylaw stopped because of an internal error; nothing was written. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return UNUSABLE;
}
