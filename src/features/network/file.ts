import { ownValue } from '#domain/model/own-value.ts';
import { BROWSER_POLICY, browserRules } from '#domain/network/makers/browser.ts';
import { MAKERS } from '#domain/network/makers/index.ts';
import type { MakerInput } from '#domain/network/makers/maker.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import type { Download } from '../shared/download.ts';
import { intuneProfile } from '../shared/policy-files/intune.ts';
import { oneLine } from '../shared/policy-files/one-line.ts';
import { regFile } from '../shared/policy-files/reg.ts';
import { type NetworkInput, networkPlan } from './show.ts';
import { lackWords } from './words.ts';

/** Where each browser reads its policies. */
const BROWSERS: Readonly<Record<string, { app: string; category: string; key: string; domain: string }>> = {
  edge: {
    app: 'ClaudeEdge',
    category: 'Edge',
    key: 'SOFTWARE\\Policies\\Microsoft\\Edge',
    domain: 'com.microsoft.Edge',
  },
  chrome: {
    app: 'ClaudeChrome',
    category: 'Chrome',
    key: 'SOFTWARE\\Policies\\Google\\Chrome',
    domain: 'com.google.Chrome',
  },
};

/** A file of a way, filled in with the client's values. Created completely or not at all. */
export async function networkFile(
  context: HandlerContext,
  { way: id, file: fileId, ...input }: NetworkInput & { readonly way: string; readonly file: string },
): Promise<Download> {
  const { ways, charterWords, shown, forbidden } = await networkPlan(context, input);
  const planned = ways.find(({ way }) => way.id === id);
  if (planned === undefined)
    throw notFound(`There is no way “${id}”. There are: ${ways.map(({ way }) => way.id).join(', ')}.`);
  const { way, lack, headers } = planned;
  const file = way.files.find((one) => one.id === fileId);
  if (file === undefined)
    throw notFound(
      way.files.length === 0
        ? `${way.title} does not use a file; network show gives the steps.`
        : `There is no file “${fileId}” for ${way.title}. There are: ${way.files.map((one) => one.id).join(', ')}.`,
    );
  if (lack !== null) throw unprocessable(`${file.name} cannot be made. ${lackWords(lack)}`);
  const about = [
    `${oneLine(context.client.name)}: ${charterWords}`,
    `Made by Bylaw on ${dayWords(shown.today)}`,
  ];
  const made = {
    restriction: context.services.catalogue.network.restriction,
    headers: headers ?? [],
    forbidden,
    about,
    report: { server: context.services.config.origin, client: context.client.slug },
  };
  return { name: file.name, ...(await content(context, id, fileId, made)) };
}

async function content(
  { client }: HandlerContext,
  way: string,
  file: string,
  input: MakerInput,
): Promise<Omit<Download, 'name'>> {
  const text = (type: string, words: string) => ({ type, bytes: new TextEncoder().encode(words) });
  const make = ownValue(ownValue(MAKERS, way) ?? {}, file);
  if (make !== undefined) {
    const words = make(input);
    return text(words.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8', words);
  }
  const browser = ownValue(BROWSERS, way);
  if (browser === undefined) throw notFound();
  const about = input.about.join('. ');
  const setting = {
    name: BROWSER_POLICY,
    label: 'Claude: our organization only',
    says: about,
    value: JSON.stringify(browserRules(input)),
  };
  switch (file) {
    case 'reg':
      return { type: 'text/plain; charset=utf-16', bytes: regFile(browser.key, [setting], input.about) };
    case 'intune':
      return text(
        'application/json',
        intuneProfile(browser, [setting], { name: `Claude in ${browser.category}`, about }),
      );
    default: {
      const { mobileconfig } = await import('../shared/policy-files/mobileconfig.ts');
      return text(
        'application/x-apple-aspen-config',
        mobileconfig(
          { [BROWSER_POLICY]: browserRules(input) },
          {
            clientId: client.id,
            clientName: client.name,
            about,
            name: `Claude in ${browser.category}`,
            slug: `claude-${way}`,
            domain: browser.domain,
          },
        ),
      );
    }
  }
}
