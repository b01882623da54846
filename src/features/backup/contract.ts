import { z } from 'zod';
import { operationsOf } from '../operation.ts';

const { download } = operationsOf({ feature: 'Backup', scope: 'workspace' });

export const backupContract = {
  make: download('/backup', {
    method: 'POST',
    title: 'Make a backup',
    description:
      'Everything that is stored for all clients, in one file: all rows as of one moment, and all evidence. The key that opens sealed secrets is never in it. “bylaw restore” restores it. In the browser, the person has to confirm their identity first; a program needs a token made for backups.',
    permission: 'workspace.settings',
    audit: 'backup.make',
    proof: 'fresh',
    cli: null,
    why: '“bylaw backup” asks for it, checks what came, and works without a server too.',
    backupToken: true,
  }).input(z.object({})),
};
