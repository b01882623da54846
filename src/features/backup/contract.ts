import { z } from 'zod';
import { operationsOf } from '../operation.ts';

const { download } = operationsOf({ feature: 'Backup', scope: 'workspace' });

export const backupContract = {
  make: download('/backup', {
    method: 'POST',
    title: 'Make a backup',
    description:
      'Everything that is stored, of all clients, in one file: all rows as they are at one moment, and all evidence. The key that opens sealed secrets is never in it. "bylaw restore" brings it back. In the browser it needs a fresh proof of who asks; a program needs a token that was made for backups.',
    permission: 'workspace.settings',
    audit: 'backup.make',
    proof: 'fresh',
    cli: null,
    why: '"bylaw backup" asks for it, checks what came, and works without a server too.',
    backupToken: true,
  }).input(z.object({})),
};
