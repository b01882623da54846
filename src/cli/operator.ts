import type { Command } from 'commander';
import type { BackupFlags } from './commands/backup.ts';
import type { RecoverFlags } from './commands/recover.ts';
import type { RestoreFlags } from './commands/restore.ts';
import type { PlaceFlags } from './place.ts';
import type { Terminal } from './terminal.ts';

/** Heading in the help. */
const OPERATOR = 'For server administrators:';
const EXIT =
  '\nExit code: 0 done, 1 something differs or the server refused, 3 it could not be done as given.';

/** Commands for operators of a server. They work on its data directly, and load the database only when run. */
export function addOperatorCommands(program: Command, terminal: Terminal): void {
  const command = (parent: Command, name: string, description: string) =>
    parent
      .command(name)
      .description(description)
      .addHelpText('after', EXIT)
      .option(
        '--data <folder>',
        'the server’s data directory (default: BYLAW_DATA, otherwise .bylaw next to the program)',
      )
      .option('--database-url <url>', 'PostgreSQL database of the server (default: DATABASE_URL)');

  command(program, 'backup', 'Writes everything that a server keeps to one file')
    .helpGroup(OPERATOR)
    .argument('<file>', 'where to write it; a file that is there stays')
    .option('--with-key', 'also put the key that opens sealed secrets into the file')
    .action(async (file: string, flags: BackupFlags) => {
      const { backupCommand } = await import('./commands/backup.ts');
      process.exitCode = await backupCommand(file, flags, terminal);
    });
  command(program, 'restore', 'Checks a backup and restores all of it into an empty directory')
    .helpGroup(OPERATOR)
    .argument('<file>', 'the backup')
    .option(
      '--accept-unproven',
      'also restore a backup that is not signed, or whose signature cannot be verified here',
    )
    .action(async (file: string, flags: RestoreFlags) => {
      const { restoreCommand } = await import('./commands/restore.ts');
      process.exitCode = await restoreCommand(file, flags, terminal);
    });
  command(program, 'recover', 'Creates a link for setting a new password, for when no Owner can sign in')
    .helpGroup(OPERATOR)
    .argument('<mail>', 'email address of the person')
    .option('--without-app', 'also remove the authenticator app from the account')
    .action(async (email: string, flags: RecoverFlags) => {
      const { recoverCommand } = await import('./commands/recover.ts');
      process.exitCode = await recoverCommand(email, flags, terminal);
    });
  const keys = program
    .command('keys')
    .helpGroup(OPERATOR)
    .description('The key that seals secrets in the database');
  command(keys, 'rotate', 'Seals everything with a new key and removes the old one').action(
    async (flags: PlaceFlags) => {
      const { rotateKeysCommand } = await import('./commands/keys.ts');
      process.exitCode = await rotateKeysCommand(flags, terminal);
    },
  );
  command(
    keys,
    'replace-lost',
    'For a key that is permanently lost: creates a new one and discards what the old one sealed',
  ).action(async (flags: PlaceFlags) => {
    const { replaceLostKeyCommand } = await import('./commands/keys.ts');
    process.exitCode = await replaceLostKeyCommand(flags, terminal);
  });
}
