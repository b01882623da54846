import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PurviewAnswer } from '#domain/dlp/decision.ts';
import { body } from './body.ts';
import type { GraphClient } from './client.ts';

/** A prompt for Purview to evaluate. */
export interface Prompt {
  /** Object id of the person in Entra. */
  readonly user: string;
  readonly text: string;
  /** Reference for the prompt, which reveals nothing about its content. */
  readonly reference: string;
  /** Conversation of the prompt; null: not known. */
  readonly session: string | null;
  readonly at: Date;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An inference hook does not receive information about the person's system. */
const UNKNOWN = 'Unknown';

/**
 * Whether the tenant's Purview policies block a prompt
 * (learn.microsoft.com/graph/api/userdatasecurityandgovernance-processcontent, read 2026-11-30). The calling
 * application is the location that those policies refer to. Throws a GraphProblem.
 */
export async function processPrompt(
  graph: GraphClient,
  application: string,
  { user, text, reference, session, at }: Prompt,
): Promise<Extract<PurviewAnswer, 'blocked' | 'allowed' | 'not_answered'>> {
  const answer = await graph.post(
    `/users/${encodeURIComponent(user)}/dataSecurityAndGovernance/processContent`,
    body('processContent', {
      contentToProcess: {
        contentEntries: [
          {
            '@odata.type': '#microsoft.graph.processConversationMetadata',
            identifier: reference,
            content: { '@odata.type': '#microsoft.graph.textContent', data: text },
            name: 'Prompt for Claude',
            correlationId: session !== null && GUID.test(session) ? session : randomUUID(),
            sequenceNumber: at.getTime(),
            isTruncated: false,
            createdDateTime: at.toISOString(),
            modifiedDateTime: at.toISOString(),
          },
        ],
        activityMetadata: { activity: 'uploadText' },
        deviceMetadata: {
          operatingSystemSpecifications: {
            operatingSystemPlatform: UNKNOWN,
            operatingSystemVersion: UNKNOWN,
          },
        },
        protectedAppMetadata: {
          name: 'Claude',
          version: '1.0',
          applicationLocation: {
            '@odata.type': '#microsoft.graph.policyLocationApplication',
            value: application,
          },
        },
        integratedAppMetadata: { name: 'Bylaw', version: '1.0' },
      },
    }),
  );
  const read = answerSchema.safeParse(answer);
  if (!read.success) return 'not_answered';
  if (read.data.policyActions.some(isBlocking)) return 'blocked';
  // With processing errors, the prompt was not fully evaluated and so was not allowed.
  return (read.data.processingErrors ?? []).length > 0 ? 'not_answered' : 'allowed';
}

const actionSchema = z.looseObject({
  action: z.string().nullish(),
  restrictionAction: z.string().nullish(),
});
const answerSchema = z.looseObject({
  policyActions: z.array(actionSchema),
  processingErrors: z.array(z.unknown()).nullish(),
});

const isBlocking = ({ action, restrictionAction }: z.infer<typeof actionSchema>) =>
  action === 'blockAccess' || (action === 'restrictAccess' && restrictionAction === 'block');

/** Object id of the only account with this address; null: none, or several. */
export async function accountOf(graph: GraphClient, address: string): Promise<string | null> {
  const quoted = `'${address.replaceAll("'", "''")}'`;
  const { value } = await graph.get('/users', {
    $filter: `userPrincipalName eq ${quoted} or mail eq ${quoted}`,
    $select: 'id',
    $top: '2',
  });
  const ids = z.array(z.looseObject({ id: z.string().min(1) })).parse(value);
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? only.id : null;
}
// Guide: G7.2-16
