import { z } from 'zod';
import { clientParam, instant, operationsOf } from '../operation.ts';

const { download, get } = operationsOf({
  feature: 'Evidence room',
  scope: 'client',
  permission: 'audit.read',
});

export const evidenceRoomContract = {
  show: get('/clients/{client}/evidence-room', {
    title: 'Show what an evidence room would contain',
    cli: 'evidence room show',
    mcp: true,
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        records: z.number().int().describe('Number of audit log records'),
        files: z.number().int().describe('Number of evidence files'),
        bytes: z.number().int().describe('Total size of the evidence files, in bytes'),
        controls: z.number().int(),
        charters: z.number().int().describe('Number of versions of the charter'),
        reviews: z.number().int().describe('Number of signed reviews'),
        incidents: z.number().int().describe('Number of incidents, not counting drills'),
        policies: z.number().int().describe('Number of policy versions'),
        acknowledgements: z.number().int(),
        certificate: z
          .string()
          .nullable()
          .describe('SHA-256 of the certificate this server signs with; null: none made yet'),
        last: z
          .object({ by: z.string(), at: instant, certificate: z.string() })
          .nullable()
          .describe('Most recent one; null: none'),
        may: z.boolean().describe('Whether the signed-in person may read everything it contains'),
      }),
    ),
  make: download('/clients/{client}/evidence-room', {
    method: 'POST',
    title: 'Create an evidence room',
    description:
      'For an auditor: one signed ZIP archive with the verdicts, their evidence, OSCAL assessment results, charters, minutes of reviews, reports of incidents, the policy register and the audit log. `bylaw audit verify` verifies it on any machine, without the server. In the browser, the person has to confirm their identity first.',
    audit: 'evidence.room',
    proof: 'fresh',
    cli: 'evidence room make',
    auditorMay: 'reads; the record says that it was made',
  }).input(z.object({ client: clientParam })),
};
