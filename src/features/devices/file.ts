import { type DevicePlan, serversOf, settingsOf } from '#domain/devices/plan.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import type { Download } from '../shared/download.ts';
import { intuneProfile } from '../shared/policy-files/intune.ts';
import { regFile } from '../shared/policy-files/reg.ts';
import { type DevicesInput, planFor } from './show.ts';
import { namedSettings } from './values.ts';

const DESKTOP = { app: 'ClaudeDesktop', category: 'Claude', key: 'SOFTWARE\\Policies\\Claude' };

/** A settings file for the chosen charter. Created completely or not at all. */
export async function deviceFile(
  context: HandlerContext,
  { file: id, ...input }: DevicesInput & { readonly file: string },
): Promise<Download> {
  const { plans, charterWords, shown } = await planFor(context, input);
  const plan = plans.find(({ files }) => files.some(({ file }) => file.id === id));
  const planned = plan?.files.find(({ file }) => file.id === id);
  if (plan === undefined || planned === undefined)
    throw notFound(
      `There is no file “${id}”. There are: ${plans.flatMap(({ files }) => files.map(({ file }) => file.id)).join(', ')}.`,
    );
  if (shown.value === null)
    throw unprocessable(
      'There is no charter in force, so there is nothing to apply to devices. Name a draft.',
    );
  const [lack] = planned.lacks;
  if (lack !== undefined) throw unprocessable(`${planned.file.name} cannot be made. ${lack}`);
  const about = [`${context.client.name}: ${charterWords}`, `Made by Bylaw on ${dayWords(shown.today)}`];
  return { name: planned.file.name, ...(await content(context, plan, planned.file.format, about)) };
}

async function content(
  { client }: HandlerContext,
  plan: DevicePlan,
  format: DevicePlan['files'][number]['file']['format'],
  about: readonly string[],
): Promise<Omit<Download, 'name'>> {
  const text = (type: string, words: string) => ({ type, bytes: new TextEncoder().encode(words) });
  const json = (value: unknown) => text('application/json', `${JSON.stringify(value, null, 2)}\n`);
  switch (format) {
    case 'reg':
      return { type: 'text/plain; charset=utf-16', bytes: regFile(DESKTOP.key, namedSettings(plan), about) };
    case 'intune':
      return text(
        'application/json',
        intuneProfile(DESKTOP, namedSettings(plan), { name: 'Claude Desktop', about: about.join('. ') }),
      );
    case 'mobileconfig': {
      const { mobileconfig } = await import('../shared/policy-files/mobileconfig.ts');
      return text(
        'application/x-apple-aspen-config',
        mobileconfig(Object.fromEntries(namedSettings(plan).map(({ name, value }) => [name, value])), {
          clientId: client.id,
          clientName: client.name,
          about: about.join('. '),
          name: 'Claude Desktop',
          slug: 'claude-desktop',
          domain: 'com.anthropic.claudefordesktop',
        }),
      );
    }
    case 'settings_json':
      return json({ $schema: 'https://json.schemastore.org/claude-code-settings.json', ...settingsOf(plan) });
    case 'mcp_json':
      return json(serversOf(plan));
  }
}
