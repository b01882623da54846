import { z } from 'zod';
import { isExactKey } from '#domain/dlp/exact.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { memberCounts, memberListSchema, versionShown } from './schemas.ts';

const { del, get, put } = operationsOf({
  feature: 'Data loss prevention',
  scope: 'client',
  permission: 'charter.read',
});

export const memberListContract = {
  show: get('/clients/{client}/dlp/member-list', {
    title: 'Show the index of the member list',
    description:
      'How many members and values it has, since when, and how likely it is that someone else’s value is mistaken for one of them. The list itself is not stored anywhere.',
    cli: 'dlp member-list',
    mcp: true,
    guide: ['G8-08'],
  }).output(memberListSchema),
  set: put('/clients/{client}/dlp/member-list', {
    title: 'Store the index of the member list',
    description:
      'Made on the computer that has the list, from normalized addresses, phone numbers, member numbers and names with a date of birth, with a key that is sealed. Guards look for its values from the next check on. A different index in place of the stored one waits until someone else approves it, if someone else could, since nothing shows what it does not find.',
    permission: 'detections.edit',
    audit: 'dlp.member_list.set',
    proof: 'fresh',
    cli: 'dlp set-member-list',
    guide: ['G8-08'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionShown,
        key: z
          .string()
          .length(32, 'A key is 32 hexadecimal digits.')
          .refine(isExactKey, 'A key is 32 hexadecimal digits.')
          .describe('Key used for the hashes; sealed and never shown again'),
        hashes: z
          .base64()
          .min(8)
          .max(1_800_000)
          .describe('Hashes in ascending order, six bytes each, in Base64; at most 220,000'),
        counts: memberCounts,
      }),
    )
    .output(memberListSchema),
  remove: del('/clients/{client}/dlp/member-list', {
    title: 'Remove the index of the member list',
    description: 'This waits until someone else approves it, if someone else could.',
    permission: 'detections.edit',
    audit: 'dlp.member_list.remove',
    proof: 'fresh',
    cli: 'dlp remove-member-list',
  })
    .input(z.strictObject({ client: clientParam, version: versionShown }))
    .output(memberListSchema),
};
