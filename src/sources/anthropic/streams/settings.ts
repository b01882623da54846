import { z } from 'zod';
import { changed, lastStoredSchema, stamp } from '../../last-stored.ts';
import { SourceProblem } from '../../problem.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import type { AnthropicClient } from '../client.ts';
import { linkedOrganizations } from '../organizations.ts';
import { recordingNow } from '../test-key.ts';

const SETTINGS = 'effective_organization_settings';
const placeSchema = z.object({ settings: lastStoredSchema });

/**
 * The effective settings and the API keys of every linked organization, as one answer: the client is only as well
 * configured as the worst of them. Stored when something changed, and once a day.
 */
export const settings: SourceStream<AnthropicClient> = {
  id: 'settings',
  title: 'Settings in force and API keys',
  kinds: ['settings', 'api_keys'],
  keyKinds: ['access'],
  scopes: ['read:compliance_org_data'],
  everyMinutes: 60,
  ledger: null,
  async *read(context) {
    const { client, place, clock } = context;
    const answers = await answersOf(context);
    const now = clock();
    const bytes = Buffer.from(`${JSON.stringify(answers, null, 1)}\n`);
    const before = placeSchema.safeParse(place).data?.settings ?? null;
    const kept = changed(before, bytes, now);
    const recording = await recordingNow(client);
    const unread = answers.filter((answer) => 'unreadable' in answer).length;
    yield {
      files: kept === null || answers.length === 0 ? [] : [{ name: `settings-${stamp(now)}.json`, bytes }],
      place: { settings: kept ?? before },
      ...(recording === null ? {} : { recording: { on: recording, at: now.toISOString() } }),
      ...(unread > 0
        ? {
            says: `The settings of ${unread} of ${answers.length} linked organizations could not be read, so no control passes by what settings say.`,
          }
        : {}),
    };
  },
};

/** One answer per organization, in order of id, so that the same settings give the same bytes. */
async function answersOf({ client }: StreamContext<AnthropicClient>) {
  // Read again, to include organizations linked since the key was tested.
  const organizations = await linkedOrganizations(client);
  const answers: Record<string, unknown>[] = [];
  let problem: SourceProblem | null = null;
  for (const { id, name } of organizations) {
    const whose = { organization_id: id, ...(name === null ? {} : { organization_name: name }) };
    try {
      const path = `/v1/compliance/organizations/${encodeURIComponent(id)}/settings`;
      const answer = await client.get(path);
      answers.push(
        Array.isArray(answer.settings) && answer.settings.length > 0
          ? { ...answer, ...whose, type: SETTINGS }
          : { ...answer, ...whose, type: SETTINGS, settings: [], unreadable: 'The answer lists no setting.' },
      );
    } catch (error) {
      // An error for one organization does not affect the others; an invalid key or an unreachable host affects all.
      if (!(error instanceof SourceProblem) || !['not_found', 'missing_permission'].includes(error.code))
        throw error;
      problem = error;
      answers.push({
        type: SETTINGS,
        ...whose,
        settings: [],
        // Without the request id, which would make it different each time.
        unreadable:
          error.code === 'not_found' ? 'Anthropic does not offer them.' : 'The key may not read them.',
      });
    }
  }
  if (problem !== null && answers.every((answer) => 'unreadable' in answer)) throw problem;
  return answers;
}
// Guide: G1.1-08
